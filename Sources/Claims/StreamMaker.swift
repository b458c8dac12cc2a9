import ErrorBounds
import ExactArithmetic
import Networks

/// Makes streams out of rows over all input units and all output units of an architecture.
struct StreamMaker {
  private let inputs: [Node]
  private let outputs: [Node]
  let inputWidth: Int
  let targetWidth: Int

  init(_ architecture: Architecture) {
    inputs = Array(architecture.nodes[..<architecture.inputCount])
    outputs = architecture.outputs.map { architecture.nodes[$0] }
    inputWidth = inputs.reduce(0) { $0 + $1.width }
    targetWidth = outputs.reduce(0) { $0 + $1.width }
  }

  /// One row per tick; an absent row is zero.
  func stream(inputs rows: [[Rational]?], targets: [[Rational]?]) -> FrameStream {
    func split(_ rows: [[Rational]?], _ nodes: [Node]) -> [[Vector<Rational>]] {
      var start = 0
      return nodes.map { node in
        defer { start += node.width }
        return rows.map { row in
          Vector(row.map { Array($0[start..<(start + node.width)]) } ?? [Rational](repeating: 0, count: node.width))
        }
      }
    }
    return FrameStream(uncheckedInputs: split(rows, inputs), targets: split(targets, outputs))
  }

  /// Every number drawn by itself, inputs first.
  func stream(ticks: Int, _ draw: () -> Rational) -> FrameStream {
    func rows(_ width: Int) -> [[Rational]?] { (0..<ticks).map { _ in (0..<width).map { _ in draw() } } }
    let inputs = rows(inputWidth)
    return stream(inputs: inputs, targets: rows(targetWidth))
  }
}

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
