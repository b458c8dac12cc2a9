import ExactArithmetic

/// How hard a bound is worked on before it is good enough.
public struct BoundEffort: Sendable, Hashable {
  /// Work goes on until upper ≤ ratio · lower; the first rungs alone where this is nil.
  public var ratio: Rational?
  /// Seconds that may be spent on one edge beyond the first rungs.
  public var budget: Double

  public init(ratio: Rational? = nil, budget: Double = 10) {
    self.ratio = ratio
    self.budget = budget
  }
}
