import ErrorBounds
import ExactArithmetic
import Networks
import Timing

/// Streams whose frames come again after a period, simplest first, and where updates of them are read.
///
/// A stream starts early enough that what is read reaches no frame before its first, where frames would stand still.
struct PeriodicStreams {
  private let architecture: Architecture
  private let period: Int
  private let future: Int
  /// The first tick at which an update reads frames of the stream alone, and not before the fill.
  let start: Int

  /// `nil` where streams would be too long.
  init?(_ timing: TimingAnalysis, _ parameters: [SharedClass], period: Int) {
    architecture = timing.architecture
    self.period = period
    let lags = parameters.map { SharedTiming(timing, $0).allLags }
    start = lags.reduce(max(timing.fill, period - 1)) { max($0, $1.maximum ?? 0) }
    future = lags.reduce(0) { max($0, -($1.minimum ?? 0)) }
    guard start + period + future <= DelaySpan.longestStream else { return nil }
  }

  /// The ticks of one period at which updates are read.
  var reads: ClosedRange<Int> { start...(start + period - 1) }

  /// One period, again and again, as long as updates of `reads` need it.
  func repeated(_ frames: FrameStream) -> FrameStream {
    func rows(_ series: [[Vector<Rational>]]) -> [[Vector<Rational>]] {
      series.map { rows in (0..<(start + period + future)).map { rows[$0 % period] } }
    }
    return FrameStream(uncheckedInputs: rows(frames.inputs), targets: rows(frames.targets))
  }

  /// Calls `body` with one period after the other until it returns false: one frame that differs, then random frames.
  func forEach<Failure: Error>(random: Int, seed: UInt64, _ body: (FrameStream) throws(Failure) -> Bool) throws(Failure)
  {
    let maker = StreamMaker(architecture)
    for (base, pulse) in [(0, 1), (1, 2), (1, -1)] as [(Rational, Rational)] {
      for target in [0, 1] as [Rational] {
        for pattern in WitnessCandidates.patterns(width: maker.inputWidth) {
          let (low, high) = (pattern.map { $0 * base }, pattern.map { $0 * pulse })
          let targets = [Rational](repeating: target, count: maker.targetWidth)
          let frames = maker.stream(
            inputs: (0..<period).map { $0 == 0 ? high : low }, targets: (0..<period).map { _ in targets })
          guard try body(frames) else { return }
        }
      }
    }
    var generator = SplitMix(state: seed)
    for _ in 0..<random {
      guard try body(maker.stream(ticks: period) { Rational(Int(generator.next() % 5) - 2) }) else { return }
    }
  }
}
