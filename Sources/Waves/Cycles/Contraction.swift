import ExactArithmetic
import Networks

/// A proof that a recurrent network forgets: weights in which every tick shrinks every difference by a factor below 1.
///
/// Forward, with s_v ≥ sup |σ′| and one more state for each tick that an activity waits: z > 0 with
/// s_v Σ |W| z ≤ ρ z. Backward the same for the transposed weights, y > 0. All numbers are exact.
/// Source: docs/theory.md, cyclic graphs.
public struct Contraction: Sendable {
  public let network: RecurrentNetwork
  /// ρ < 1, for both directions.
  public let rate: Rational
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
    let ahead = try Self.weights(network, bounds, forward: true)
    let back = try Self.weights(network, bounds, forward: false)
    self.network = network
    slopeBounds = bounds
    forward = ahead.weights
    backward = back.weights
    rate = max(ahead.rate, back.rate)
  }

  private static func weights(
    _ network: RecurrentNetwork, _ bounds: [Rational], forward: Bool
  ) throws(NetworkError) -> (weights: [[[Rational]]], rate: Rational) {
    let architecture = network.architecture
    var ages = [Int](repeating: 1, count: architecture.nodes.count)
    for edge in architecture.edges {
      let sender = forward ? edge.source : edge.target
      ages[sender] = max(ages[sender], forward ? edge.delay : edge.backwardDelay)
    }
    var starts: [Int] = []
    var count = 0
    for (node, entry) in architecture.nodes.enumerated() {
      starts.append(count)
      if !entry.isInput { count += ages[node] * entry.width }
    }
    func place(_ node: Int, _ age: Int, _ unit: Int) -> Int {
      starts[node] + age * architecture.nodes[node].width + unit
    }
    var matrix = NonnegativeMatrix(count: count)
    for (node, entry) in architecture.nodes.enumerated() where !entry.isInput {
      for age in 1..<max(ages[node], 1) {
        for unit in 0..<entry.width { matrix.add(1, row: place(node, age, unit), column: place(node, age - 1, unit)) }
      }
    }
    for (index, edge) in architecture.edges.enumerated() where !architecture.nodes[edge.source].isInput {
      network.network.weights[index].forEachNonzero { row, column, value in
        if forward {
          matrix.add(
            bounds[edge.target] * value.magnitude, row: place(edge.target, 0, row),
            column: place(edge.source, edge.delay - 1, column))
        } else {
          matrix.add(
            bounds[edge.source] * value.magnitude, row: place(edge.source, 0, column),
            column: place(edge.target, edge.backwardDelay - 1, row))
        }
      }
    }
    let certificate = matrix.certificate()
    guard case .contracts(let weights, let rate) = certificate else {
      throw NetworkError(reason(certificate, network))
    }
    return (
      architecture.nodes.enumerated().map { node, entry in
        entry.isInput
          ? [[Rational](repeating: 1, count: entry.width)]
          : (0..<ages[node]).map { age in (0..<entry.width).map { weights[place(node, age, $0)] } }
      }, rate
    )
  }

  private static func reason(_ certificate: GrowthCertificate, _ network: RecurrentNetwork) -> String {
    let cycle = network.cycle.joined(separator: " -> ")
    let head = "no contraction: along the cycle \(cycle), with every slope at its bound, "
    switch certificate {
    case .contracts: return "a contraction"
    case .grows(let vector):
      let largest = vector.max() ?? 0
      return head
        + "some differences do not shrink (a vector v ≥ 0 with M v ≥ v was found, M = sup |σ′| · |W|, its largest "
        + "entry \(largest)); rho is at least 1, so that convergence is not certified: use smaller weights"
    case .singular:
      return head
        + "(I − M) z = 1 has no positive solution, M = sup |σ′| · |W|; rho is at least 1, so that convergence is "
        + "not certified: use smaller weights"
    case .unknown:
      return head + "no weights were found in which every tick shrinks differences, and none were excluded"
    }
  }
}
