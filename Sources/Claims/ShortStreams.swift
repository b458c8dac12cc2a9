import ExactArithmetic
import Foundation
import Networks

/// The shortest streams in which one update sees two different frames: one frame for ever, then another one.
///
/// Before tick 0 every frame is that of tick 0, so that lags far apart need no stream as long as they are: a step between two
/// neighbouring lags a < b is read a + 1 ticks after it, whatever b is.
struct ShortStreams {
  let architecture: Architecture
  /// The lags of one update, ascending.
  let lags: [Int]

  /// The most numbers of a stream that is tried.
  static let longest = 1 << 20
  /// The most steps that are tried, from the least lag on.
  private static let steps = 8

  /// Calls `body` with streams, and the tick at which the update is read, until it returns false.
  func each<Failure: Error>(_ body: (FrameStream, Int) throws(Failure) -> Bool) throws(Failure) {
    let maker = StreamMaker(architecture)
    let future = max(0, -(lags.first ?? 0))
    for (base, step) in [(0, 1), (1, 2), (1, -1), (0, -1)] as [(Rational, Rational)] {
      for target in [0, 1] as [Rational] {
        for pattern in WitnessCandidates.patterns(width: maker.inputWidth) {
          for lag in lags.dropLast().filter({ $0 >= 0 }).prefix(Self.steps) {
            let tick = lag + 1
            let ticks = tick + 1 + future
            guard ticks <= Self.longest / (maker.inputWidth + maker.targetWidth) else { continue }
            let (low, high) = (pattern.map { $0 * base }, pattern.map { $0 * step })
            let targets = [Rational](repeating: target, count: maker.targetWidth)
            let stream = maker.stream(
              inputs: (0..<ticks).map { $0 == 0 ? low : high }, targets: (0..<ticks).map { _ in targets })
            guard try body(stream, tick) else { return }
          }
        }
      }
    }
  }
}

/// How much a search for witnesses may do.
struct SearchLimits: Sendable {
  /// Seconds, for one parameter or one set of streams.
  let seconds: Double
  /// The most streams tried while one witness is made small: fewer where a run is long or parameters are many.
  let shrinking: Int
  /// Whether streams for all parameters at once are so many or so long that each is better looked for by itself first.
  let isWide: Bool
  /// Whether streams as long as the largest lag are tried at all.
  let triesWhole: Bool

  init(_ decision: NetworkDecision, lags: [Int], parameters: Int) {
    seconds = decision.budget
    let architecture = decision.timing.architecture
    let units = architecture.nodes.reduce(0) { $0 + $1.width }
    let numbers =
      architecture.nodes[..<architecture.inputCount].reduce(0) { $0 + $1.width }
      + architecture.outputs.reduce(0) { $0 + architecture.nodes[$1].width }
    let ticks = max(lags.last ?? 0, 0) + 1 + max(-(lags.first ?? 0), 0)
    shrinking = min(decision.shrinkBudget, 4_000_000 / max(1, units) / max(1, parameters))
    isWide = ticks > 64 || ticks > (1 << 16) / numbers
    triesWhole = ticks <= ShortStreams.longest / numbers
  }

  /// A clock that says when the time is over.
  func clock() -> @Sendable () -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    return { Date() >= end }
  }
}
