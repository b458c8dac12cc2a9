import ExactArithmetic

/// A DAG whose every weight is known and whose every activation has a value: what can be run.
public struct Network: Sendable, Hashable {
  public let architecture: Architecture
  /// Per edge, n_to × n_from.
  public let weights: [LinearMap]
  /// Per node, the bias as a map of one column, which keeps its entries in floats; `nil` where there is none.
  package let biases: [LinearMap?]
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
    biases = architecture.nodes.map { node in
      node.bias.map { LinearMap(Matrix(rows: $0.count, columns: 1, storage: $0.storage)) }
    }
  }

  /// Every σ takes rationals to rationals, so that runs need no enclosures.
  public var isExactlyRational: Bool { architecture.nodes.allSatisfy(\.activation.isExactlyRational) }
}
