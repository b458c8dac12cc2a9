/// Integer variables X_i and constraints X_j − X_i ≥ w: what a schedule of signals has to satisfy.
///
/// Numbers are ticks; exact. Source: docs/theory.md, delay registers.
public struct DifferenceConstraints: Sendable {
  /// X_to − X_from ≥ atLeast.
  public struct Constraint: Sendable, Hashable {
    public let from: Int
    public let to: Int
    public let atLeast: Int
  }

  /// The greatest |atLeast| and the greatest count of variables or constraints: sums of them stay far inside an `Int`.
  public static let greatestBound = 1_000_000_000

  public private(set) var variableCount = 0
  public private(set) var constraints: [Constraint] = []

  public init() {}

  /// A new variable.
  public mutating func addVariable() -> Int {
    variableCount += 1
    return variableCount - 1
  }

  /// Requires X_to − X_from ≥ atLeast.
  ///
  /// - Precondition: the variables exist and |atLeast| is at most `greatestBound`.
  public mutating func require(_ to: Int, atLeast: Int, above from: Int) {
    precondition(to < variableCount && from < variableCount && abs(atLeast) <= Self.greatestBound)
    constraints.append(Constraint(from: from, to: to, atLeast: atLeast))
  }

  /// Whether every constraint holds.
  public func areSatisfied(by values: [Int]) -> Bool {
    constraints.allSatisfy { values[$0.to] - values[$0.from] >= $0.atLeast }
  }
}
