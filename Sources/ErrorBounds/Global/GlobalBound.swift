import ExactArithmetic
import Networks
import Timing

/// The constant of theorem 8: a bound of the error in the sup norm by norms of weights and slopes alone, with the numbers
/// that it is made of.
///
/// Never below the true supremum, and never sharp: each layer loses a factor. Its worth is that it is a formula. On a chain
/// it is the closed form, on other graphs the same telescoping along all paths (docs/theory.md, theorem 8).
/// Exact in its constants; X and R are enclosed from above where the reference frame is not one rational point, and s1 and
/// s2 where they are irrational.
public struct GlobalBound: Sendable {
  public let edge: Int
  public let name: String
  /// The lag of the reference frame, in ticks; of the worst one where several were asked for.
  public let reference: Int
  /// The formula's value; `nil` where there is none.
  public let upper: Rational?
  /// The right-hand side, in the names of `constants`.
  public let formula: String
  /// Each an exact number, or `∞`.
  public let constants: [(name: String, value: String)]
  /// Why there is no value: the slope that jumps, or drives that are too large.
  public let obstacle: String?

  /// The formula, its constants and its value, for reading.
  public var lines: [String] {
    var lines = ["|g − ∇| ≤ \(formula)"]
    lines.append(constants.map { "\($0.name) = \($0.value)" }.joined(separator: ", "))
    if let upper {
      lines.append("= \(upper), at most \(NumberText.upper(upper, digits: 6))")
    } else if let obstacle {
      lines.append(obstacle)
    }
    return lines
  }
}

extension ErrorAnalysis {
  /// The constant of theorem 8 for an edge; under the Frobenius norm times √(n_to · n_from), rounded up.
  ///
  /// - Complexity: linear in the weights, once for all edges; then the number of signals that the update reads.
  /// - Throws: `NetworkError` naming a lag that reads the future.
  public func globalBound(_ edge: Int) throws(NetworkError) -> GlobalBound {
    var worst: (bound: GlobalBound, value: Magnitude)?
    for problem in try problems(edge) {
      let constants = NetworkConstants(problem, ladder, isExact: isExact)
      let (bound, value) = globalBound(problem, constants)
      if worst.map({ value > $0.value }) ?? true { worst = (bound, value) }
    }
    guard let worst else { throw NetworkError("no frame to compare \(timing.edges[edge].name) with") }
    return worst.bound
  }

  /// The same number as a rung of the ladder; `nil` where there is none, or where norms would cost more than they are worth.
  func globalValue(_ problem: BoundProblem) -> Rational? {
    guard problem.edges.count == 1, network.architecture.nodes.count <= 256, problem.cost <= 1 << 22 else { return nil }
    return globalBound(problem, NetworkConstants(problem, ladder, isExact: isExact)).1.value
  }

  private func globalBound(_ problem: BoundProblem, _ known: NetworkConstants) -> (GlobalBound, Magnitude) {
    var (formula, constants, value) = parts(problem, known)
    if norm == .frobenius {
      let ends = network.architecture.edges[problem.edge]
      let entries = network.architecture.nodes[ends.target].width * network.architecture.nodes[ends.source].width
      let root = Magnitude(Root.above(Rational(entries))).tidied
      (formula, value) = ("F · \(formula)", root * value)
      constants.append(("F", root.description))
    }
    let bound = GlobalBound(
      edge: problem.edge, name: problem.name, reference: problem.reference, upper: value.value,
      formula: formula, constants: constants, obstacle: value.value == nil ? obstacle(problem, known) : nil)
    return (bound, value)
  }

  private func parts(
    _ problem: BoundProblem, _ known: NetworkConstants
  ) -> (formula: String, constants: [(name: String, value: String)], value: Magnitude) {
    // The formula is that of one edge.
    guard problem.edges.count == 1 else { return ("", [], .infinite) }
    if let chain = ChainFormula(known, timing) { return (chain.formula, chain.constants, chain.value) }
    var recursion = GlobalRecursion(known)
    let (moved, wave) = recursion.factors()
    let size = known.activities[network.architecture.edges[problem.edge].source]
    var constants: [(name: String, value: String)] = []
    for (node, entry) in network.architecture.nodes.enumerated() where !entry.activation.isAffine {
      constants.append(("s1(\(entry.name))", known.slopes[node].slope.description))
      constants.append(("s2(\(entry.name))", known.slopes[node].change.description))
    }
    constants += [
      ("S", wave.size.description), ("D", wave.distance.description), ("E", moved.description),
      ("X", size.description),
    ]
    return ("S E + D X", constants, wave.size * moved + wave.distance * size)
  }

  /// Names the first node on the way whose slope has no Lipschitz constant over its drives.
  private func obstacle(_ problem: BoundProblem, _ known: NetworkConstants) -> String {
    let nodes = network.architecture.nodes
    let order = network.order
    if let node = order.first(where: { known.slopes[$0].slope.value == nil || known.activities[$0].value == nil }) {
      return "no constant: the drives of \(nodes[node].name) exceed what floats hold (1.8e308)"
    }
    let jumping = order.filter { known.slopes[$0].change.value == nil }.map { nodes[$0] }
    let names = jumping.prefix(3).map { "\($0.name) (\($0.activation))" }.joined(separator: ", ")
    return "no constant exists: σ′ jumps inside the drives of \(names)\(jumping.count > 3 ? ", …" : ""), so s2 = ∞; "
      + "the error need not vanish with the variation"
  }
}
