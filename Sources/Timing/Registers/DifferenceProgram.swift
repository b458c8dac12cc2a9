import Networks

/// Minimise Σ c_i X_i subject to X_j − X_i ≥ w_ij, over the integers.
///
/// The dual is a flow of greatest Σ w y with inflow − outflow = c_i at every i: a flow of least cost. The matrix is
/// totally unimodular, so that the least integer value is the least value. What comes out carries both sides of the
/// duality, and both are checked: nothing rests on the solver. Source: docs/theory.md, delay registers.
public struct DifferenceProgram: Sendable {
  public var constraints = DifferenceConstraints()
  /// c_i, per variable; they sum to 0, as only differences of variables have a meaning.
  public private(set) var coefficients: [Int] = []

  public init() {}

  public mutating func addVariable() -> Int {
    coefficients.append(0)
    return constraints.addVariable()
  }

  /// Adds `weight` · (X_high − X_low) to what is minimised.
  ///
  /// - Throws: `NetworkError` when the numbers grow beyond 2⁶².
  public mutating func add(_ weight: Int, high: Int, low: Int) throws(NetworkError) {
    let (up, upOverflows) = coefficients[high].addingReportingOverflow(weight)
    let (down, downOverflows) = coefficients[low].subtractingReportingOverflow(weight)
    guard !upOverflows, !downOverflows else { throw Self.tooLarge }
    coefficients[high] = up
    coefficients[low] = down
  }

  /// A solution with its proof.
  public struct Minimum: Sendable {
    /// The least solution of all that are best: every variable as early as the optimum allows.
    public let values: [Int]
    public let objective: Int
    /// The dual flow, per constraint: y ≥ 0 with inflow − outflow = c and Σ w y = objective, which proves that no
    /// solution is better.
    public let flow: [Int]
  }

  public enum Outcome: Sendable {
    case minimum(Minimum)
    case positiveCycle([Int])
  }

  /// Solves the program and checks the proof of optimality.
  ///
  /// - Parameter root: the variable that is 0.
  /// - Throws: `NetworkError` when numbers could leave the machine integers; `RegisterFault` when the two sides of the
  ///   duality disagree, which is a fault of this library.
  public func minimum(root: Int) throws -> Outcome {
    try checkMagnitudes()
    if case .positiveCycle(let cycle) = constraints.feasibility() { return .positiveCycle(cycle) }
    var simplex = NetworkSimplex(
      supplies: coefficients.map { -$0 },
      arcs: constraints.constraints.map { (tail: $0.from, head: $0.to, cost: -$0.atLeast) })
    simplex.run()
    guard !simplex.isInfeasible else { throw RegisterFault("the objective has no least value") }
    let potentials = simplex.nodePotentials
    let optimal = potentials.map { potentials[root] - $0 }
    let minimum = Minimum(
      values: earliest(optimal, simplex.flows, root: root), objective: objective(optimal), flow: simplex.flows)
    try check(minimum)
    return .minimum(minimum)
  }

  func objective(_ values: [Int]) -> Int { zip(coefficients, values).reduce(0) { $0 + $1.0 * $1.1 } }

  static let tooLarge = NetworkError(
    "widths and delays multiply to more than 2^62 registers; this count needs smaller ones")

  /// Refuses programs whose sums could leave an `Int`, by bounds that no intermediate result exceeds.
  private func checkMagnitudes() throws(NetworkError) {
    let bound = constraints.constraints.reduce(1) { max($0, abs($1.atLeast)) }
    let (span, spanOverflows) = (bound + 1).multipliedReportingOverflow(by: 4 * (coefficients.count + 2))
    var supply = 0
    for coefficient in coefficients {
      let (sum, overflows) = supply.addingReportingOverflow(Int(clamping: coefficient.magnitude))
      guard !overflows else { throw Self.tooLarge }
      supply = sum
    }
    let (total, totalOverflows) = span.multipliedReportingOverflow(by: max(supply, 1))
    guard !spanOverflows, !totalOverflows, total < Int.max / 2 else { throw Self.tooLarge }
  }
}

/// The library contradicts itself: an answer failed its own proof.
public struct RegisterFault: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
