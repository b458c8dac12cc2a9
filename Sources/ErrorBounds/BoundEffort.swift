import ExactArithmetic

/// How much work a bound may take, and when it is good enough.
///
/// Nothing here changes what is proved: a bound that stops early is wider, never wrong.
public struct BoundEffort: Sendable, Hashable {
  /// Stop once upper / lower is at most this; above 1. `nil`: the first rungs of the ladder, no refinement.
  public var ratio: Rational?
  /// Seconds that the refinement of one edge may take. `nil`: no limit.
  public var budget: Double?

  public init(ratio: Rational? = nil, budget: Double? = nil) {
    self.ratio = ratio
    self.budget = budget
  }
}
