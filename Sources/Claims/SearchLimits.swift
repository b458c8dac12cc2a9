import Foundation
import Networks
import Synchronization

/// How much a search for witnesses may do.
struct SearchLimits: Sendable {
  /// Seconds, for one parameter or one set of streams.
  let seconds: Double
  let record: DeadlineRecord
  /// The most streams tried while one witness is made small: fewer where a run is long or parameters are many.
  let shrinking: Int
  /// Whether streams for all parameters at once are so many or so long that each is better looked for by itself first.
  let isWide: Bool
  /// Whether streams as long as the largest lag are tried at all.
  let triesWhole: Bool

  /// - Parameters:
  ///   - seconds: for one parameter or one set of streams; only where they run out do results depend on the machine.
  ///   - record: where it is written down that they did.
  ///   - shrinking: the most streams that may be tried while one witness is made small.
  ///   - lags: of the updates in question, ascending.
  ///   - parameters: how many of them are looked at together.
  init(
    _ architecture: Architecture, seconds: Double, record: DeadlineRecord, shrinking most: Int, lags: [Int],
    parameters: Int
  ) {
    self.seconds = seconds
    self.record = record
    let units = architecture.nodes.reduce(0) { $0 + $1.width }
    let numbers =
      architecture.nodes[..<architecture.inputCount].reduce(0) { $0 + $1.width }
      + architecture.outputs.reduce(0) { $0 + architecture.nodes[$1].width }
    let ticks = max(lags.last ?? 0, 0) + 1 + max(-(lags.first ?? 0), 0)
    shrinking = min(most, 4_000_000 / max(1, units) / ticks / max(1, parameters))
    isWide = ticks > 64 || ticks > (1 << 16) / numbers
    triesWhole = ticks <= ShortStreams.longest / numbers
  }

  /// A clock that says when the time is over: asked where a search would go on.
  func clock() -> @Sendable () -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    return { [record] in
      guard Date() >= end else { return false }
      record.ranOut()
      return true
    }
  }
}

/// Whether a search ended because its time was over, in the place of having tried everything.
final class DeadlineRecord: Sendable {
  private let known = Mutex(false)

  var hasRunOut: Bool { known.withLock { $0 } }

  func ranOut() { known.withLock { $0 = true } }
}

/// Why something stays open after a search for witnesses.
struct OpenReason {
  let text: String

  /// - Parameters:
  ///   - difference: what would allow a witness.
  ///   - seconds: the budget, where it ran out.
  init(_ difference: String, _ architecture: Architecture, ranOutAfter seconds: Double?) {
    let isTooWide =
      !architecture.hasWeights && SmallWeights.weights(of: architecture) > SmallWeights.largestModel
    text =
      isTooWide
      ? "\(difference), but a witness would hold a model of more than \(SmallWeights.largestModel) weights, the most that "
        + "are tried; give weights, or fewer units"
      : "\(difference), but no witness was found on this model"
        + (seconds.map { " in \($0) s an edge (--budget)" } ?? "")
  }
}
