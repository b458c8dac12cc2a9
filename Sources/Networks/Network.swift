import ExactArithmetic

/// A DAG whose every weight is known and whose every activation has a value: what can be run.
public struct Network: Sendable, Hashable {
  public let architecture: Architecture
  /// Per edge, n_to × n_from.
  public let weights: [LinearMap]
  /// Node indices such that every edge leads forward.
  public let order: [Int]

  /// - Throws: `NetworkError` naming a cycle, an edge without weight, or an operator without values.
  public init(_ architecture: Architecture) throws(NetworkError) {
    try self.init(architecture, order: architecture.topologicalOrder())
  }

  /// A network on any graph: only what asks for no order may run it.
  package init(anyGraph architecture: Architecture) throws(NetworkError) {
    try self.init(architecture, order: Array(architecture.nodes.indices))
  }

  private init(_ architecture: Architecture, order: [Int]) throws(NetworkError) {
    self.order = order
    var weights: [LinearMap] = []
    weights.reserveCapacity(architecture.edges.count)
    for edge in architecture.edges {
      guard let weight = edge.weight else {
        throw NetworkError(
          "edge \(edge.name) has no weight: this question needs weights; timing is answered without them")
      }
      weights.append(weight)
    }
    for node in architecture.nodes where node.activation.isOpaque {
      throw NetworkError("node \"\(node.name)\" is an \(node.activation): only timing can treat it")
    }
    self.architecture = architecture
    self.weights = weights
  }

  /// Every σ takes rationals to rationals, so that runs need no enclosures.
  public var isExactlyRational: Bool { architecture.nodes.allSatisfy(\.activation.isExactlyRational) }
}
