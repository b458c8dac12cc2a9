import Timing

/// The verdict on one edge, what decided it, and the witness of a refutation.
public struct EdgeDecision: Sendable {
  public let timing: EdgeTiming
  public let verdict: Verdict
  /// The theorem or computation that decided, in words.
  public let decidedBy: String
  /// Present exactly when the verdict is `refuted`.
  public let witness: Witness?
}
