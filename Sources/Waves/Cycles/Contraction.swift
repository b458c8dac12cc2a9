import ExactArithmetic
import Networks

/// A proof that a recurrent network forgets: norms in which every tick shrinks every difference by a factor below 1.
///
/// One more state stands for each tick that an activity or error waits. With s_v ≥ sup |σ′|, M = s W as a map of states: by
/// weights z > 0 with |M| z ≤ ρ z where the magnitudes shrink, or in a weighted Euclidean norm where only signs make them;
/// component by component of the graph of states. Backward the same for the transposed weights, y > 0. All numbers are
/// exact. Source: docs/theory.md, cyclic graphs.
public struct Contraction: Sendable {
  public let network: RecurrentNetwork
  /// ρ < 1, for both directions.
  public let rate: Rational
  let forwardNorm: StateNorm
  let backwardNorm: StateNorm
  let forwardStates: StateLayout
  let backwardStates: StateLayout
  /// z per node, unit and age in ticks: `forward[v][age][unit]`.
  let forward: [[[Rational]]]
  /// y per node, age and unit.
  let backward: [[[Rational]]]

  /// sup |σ′| per node.
  let slopeBounds: [Rational]

  /// z of the activities themselves, per node.
  public var forwardWeights: [[Rational]] { forward.map { $0[0] } }
  /// y of the errors themselves, per node.
  public var backwardWeights: [[Rational]] { backward.map { $0[0] } }
  /// How many states of either direction are measured by a Euclidean norm; the others by a maximum.
  public var euclideanStates: (forward: Int, backward: Int) {
    func count(_ norm: StateNorm) -> Int { norm.groups.reduce(0) { $0 + ($1.count > 1 ? $1.count : 0) } }
    return (count(forwardNorm), count(backwardNorm))
  }

  /// - Throws: `NetworkError` with the reason where no contraction is certified.
  public init(_ network: RecurrentNetwork) throws(NetworkError) {
    let architecture = network.architecture
    var bounds: [Rational] = []
    for node in architecture.nodes {
      guard let bound = node.activation.slopeBound else {
        throw NetworkError(
          "node \"\(node.name)\": the slope of \(node.activation) is unbounded, so that no weights make every tick a "
            + "contraction; use an activation of bounded slope")
      }
      bounds.append(bound)
    }
    forwardStates = try StateLayout(architecture, forward: true)
    backwardStates = try StateLayout(architecture, forward: false)
    forwardNorm = try Self.norm(network, bounds, forwardStates, forward: true)
    backwardNorm = try Self.norm(network, bounds, backwardStates, forward: false)
    forward = forwardStates.table(forwardNorm.weights)
    backward = backwardStates.table(backwardNorm.weights)
    rate = max(forwardNorm.rate, backwardNorm.rate)
    self.network = network
    slopeBounds = bounds
  }

  private static func norm(
    _ network: RecurrentNetwork, _ bounds: [Rational], _ states: StateLayout, forward: Bool
  ) throws(NetworkError) -> StateNorm {
    let architecture = network.architecture
    var matrix = StateMatrix(count: states.count)
    for (node, entry) in architecture.nodes.enumerated() where !entry.isInput {
      for age in 1..<max(states.ages[node], 1) {
        for unit in 0..<entry.width {
          matrix.add(1, row: states.place(node, age, unit), column: states.place(node, age - 1, unit))
        }
      }
    }
    for (index, edge) in architecture.edges.enumerated() where !architecture.nodes[edge.source].isInput {
      network.network.weights[index].forEachNonzero { row, column, value in
        if forward {
          matrix.add(
            bounds[edge.target] * value, row: states.place(edge.target, 0, row),
            column: states.place(edge.source, edge.delay - 1, column))
        } else {
          matrix.add(
            bounds[edge.source] * value, row: states.place(edge.source, 0, column),
            column: states.place(edge.target, edge.backwardDelay - 1, row))
        }
      }
    }
    do throws(GrowthObstacle) {
      return try matrix.contraction()
    } catch {
      throw NetworkError(reason(error, network))
    }
  }

  /// What was tried and what is known; that a network grows is not said, for it was not proved.
  private static func reason(_ obstacle: GrowthObstacle, _ network: RecurrentNetwork) -> String {
    let cycle = network.cycle.joined(separator: " -> ")
    let head = "no contraction is certified along the cycle \(cycle): with M = sup |σ′| · W, "
    let maximum =
      obstacle.excludesMaximumNorms
      ? "rho of |M| is at least 1, so that no weighted maximum norm shrinks every tick"
      : "no weights were found in which every tick shrinks a maximum norm"
    return head + maximum + ", and no weighted Euclidean norm was found that does; whether the network settles is not "
      + "known: smaller weights make it certain"
  }
}

/// Where each state stands: activities (or errors) of the nodes that are no inputs, by node, age in ticks and unit.
struct StateLayout: Sendable {
  /// How many ticks of each node are remembered.
  let ages: [Int]
  let count: Int
  private let starts: [Int]
  private let nodes: [Node]
  /// The most states that a contraction is looked for among.
  static let greatestCount = 100_000

  /// - Throws: `NetworkError` where delays and widths make too many states.
  init(_ architecture: Architecture, forward: Bool) throws(NetworkError) {
    var ages = [Int](repeating: 1, count: architecture.nodes.count)
    for edge in architecture.edges {
      let sender = forward ? edge.source : edge.target
      ages[sender] = max(ages[sender], forward ? edge.delay : edge.backwardDelay)
    }
    var starts: [Int] = []
    var count = 0
    for (node, entry) in architecture.nodes.enumerated() {
      starts.append(count)
      // Ages are at most 10⁶, widths at most 10⁹.
      if !entry.isInput { count += ages[node] * entry.width }
      guard count <= Self.greatestCount else {
        throw NetworkError(
          "with one state for each unit and tick of delay there are more than \(Self.greatestCount) states, too many to "
            + "look for a contraction; use smaller delays or widths")
      }
    }
    self.ages = ages
    self.starts = starts
    self.count = count
    nodes = architecture.nodes
  }

  func place(_ node: Int, _ age: Int, _ unit: Int) -> Int { starts[node] + age * nodes[node].width + unit }

  /// Values of all states by node, age and unit; 1 at inputs.
  func table(_ values: [Rational]) -> [[[Rational]]] {
    nodes.enumerated().map { node, entry in
      entry.isInput
        ? [[Rational](repeating: 1, count: entry.width)]
        : (0..<ages[node]).map { age in (0..<entry.width).map { values[place(node, age, $0)] } }
    }
  }

  /// A value for each state, from one per node, age and unit.
  func states<Failure: Error>(
    _ value: (_ node: Int, _ age: Int, _ unit: Int) throws(Failure) -> Rational
  ) throws(Failure) -> [Rational] {
    var values: [Rational] = []
    for (node, entry) in nodes.enumerated() where !entry.isInput {
      for age in 0..<ages[node] {
        for unit in 0..<entry.width { values.append(try value(node, age, unit)) }
      }
    }
    return values
  }
}
