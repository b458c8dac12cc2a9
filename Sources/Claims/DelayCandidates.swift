import ErrorBounds
import ExactArithmetic
import Networks

/// Streams to try as witnesses by delay: random frames of small numbers, a little longer than the fill.
///
/// Where no one tick refutes (a chain of relu without biases: where a slope is 0, some frame's whole gradient is 0), two ticks
/// at which different frames fit do.
struct DelayCandidates {
  let architecture: Architecture
  let leastTicks: Int

  /// Calls `body` with one stream after the other until it returns false.
  func forEach<Failure: Error>(
    _ count: Int, seed: UInt64, _ body: (FrameStream) throws(Failure) -> Bool
  ) throws(Failure) {
    var generator = SplitMix(state: seed)
    let maker = StreamMaker(architecture)
    for index in 0..<count {
      let stream = maker.stream(ticks: leastTicks + index % 7) { Rational(Int(generator.next() % 5) - 2) }
      guard try body(stream) else { return }
    }
  }
}
