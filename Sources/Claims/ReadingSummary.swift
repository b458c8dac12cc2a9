import Networks
import Timing
import Waves

/// What one reading of the paper makes of a model: which edges are exact, the window, and whether it is causal.
public struct ReadingSummary: Sendable {
  public let reading: Reading
  /// Names of synchronous edges; `nil` with a reason where the reading does not apply.
  public let synchronous: [String]
  public let window: Int
  public let fill: Int
  /// Every synchronous edge (every edge, if there is none) is causal, errors taken as given.
  public let causal: Bool
  /// The errors could be computed in time, too.
  public let errorCausal: Bool
  /// Why the reading does not apply to this model, if it does not.
  public let refusal: String?

  public init(_ architecture: Architecture, _ reading: Reading) {
    self.reading = reading
    do throws(NetworkError) {
      let timing = try TimingAnalysis(architecture, Schedule.diffusion(architecture, reading))
      let exact = timing.synchronous
      let judged = exact.isEmpty ? timing.edges : exact
      synchronous = exact.map(\.name)
      window = timing.window
      fill = timing.fill
      causal = judged.allSatisfy(\.causal)
      errorCausal = judged.allSatisfy(\.errorCausal)
      refusal = nil
    } catch {
      synchronous = []
      window = 0
      fill = 0
      causal = false
      errorCausal = false
      refusal = error.message
    }
  }

  /// Every reading of a model, in the order of `Reading.all`.
  public static func all(of architecture: Architecture) -> [ReadingSummary] {
    Reading.all.map { ReadingSummary(architecture, $0) }
  }
}
