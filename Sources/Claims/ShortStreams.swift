import ExactArithmetic
import Foundation
import Networks

/// The shortest streams in which one update sees two different frames: one frame for ever, then another one.
///
/// Before tick 0 every frame is that of tick 0, so that lags far apart need no stream as long as they are: a step between two
/// neighbouring lags a < b is read a + 1 ticks after it, whatever b is.
struct ShortStreams {
  /// The ticks at which one update is read, and how far it reads ahead.
  struct Reads {
    let ticks: [Int]
    let future: Int

    /// - Parameter lags: of one update, ascending.
    init(_ lags: [Int]) {
      ticks = lags.dropLast().filter { $0 >= 0 }.prefix(ShortStreams.steps).map { $0 + 1 }
      future = max(0, -(lags.first ?? 0))
    }
  }

  private let architecture: Architecture
  private let length: Int

  /// The most numbers of a stream that is tried.
  static let longest = 1 << 20
  /// The most steps that are tried, from the least lag on.
  private static let steps = 8

  init(_ architecture: Architecture, reads: [Reads]) {
    self.architecture = architecture
    let maker = StreamMaker(architecture)
    let most = Self.longest / max(1, maker.inputWidth + maker.targetWidth)
    length = reads.flatMap { reads in reads.ticks.map { $0 + 1 + reads.future } }.filter { $0 <= most }.max() ?? 0
  }

  /// Zeros, a one at one unit where there are many, ones.
  private static func targets(width: Int) -> [[Rational]] {
    let one = width > 8 ? [(0..<width).map { $0 == 0 ? 1 : 0 } as [Rational]] : []
    return [[Rational](repeating: 0, count: width)] + one + [[Rational](repeating: 1, count: width)]
  }

  /// Calls `body` with streams until it returns false.
  func each<Failure: Error>(_ body: (FrameStream) throws(Failure) -> Bool) throws(Failure) {
    guard length > 0 else { return }
    let maker = StreamMaker(architecture)
    for pattern in WitnessCandidates.patterns(width: maker.inputWidth) {
      for (base, step) in [(0, 1), (1, 2), (1, -1), (0, -1)] as [(Rational, Rational)] {
        for targets in Self.targets(width: maker.targetWidth) {
          let (low, high) = (pattern.map { $0 * base }, pattern.map { $0 * step })
          let stream = maker.stream(
            inputs: (0..<length).map { $0 == 0 ? low : high }, targets: (0..<length).map { _ in targets })
          guard try body(stream) else { return }
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
    shrinking = min(decision.shrinkBudget, 4_000_000 / max(1, units) / ticks / max(1, parameters))
    isWide = ticks > 64 || ticks > (1 << 16) / numbers
    triesWhole = ticks <= ShortStreams.longest / numbers
  }

  /// A clock that says when the time is over.
  func clock() -> @Sendable () -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    return { Date() >= end }
  }
}
