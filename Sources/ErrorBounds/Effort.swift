import ExactArithmetic

/// How hard a bound is worked on before it is good enough.
public struct BoundEffort: Sendable, Hashable {
  /// Work goes on until upper ≤ ratio · lower; the first rungs alone where this is nil.
  public var ratio: Rational?
  /// Seconds after which no more work is begun beyond the first rungs, which are always done; all frames that one edge is
  /// compared with share them.
  public var budget: Double

  public init(ratio: Rational? = nil, budget: Double = 10) {
    self.ratio = ratio
    self.budget = budget
  }
}
