import ExactArithmetic
import Networks
import Waves

/// The graphs that the claim about DAGs is decided on; input `x`, the last node is the output.
struct GraphExample {
  let name: String
  let nodes: [String]
  let edges: [(from: String, to: String)]

  /// Every path has three edges.
  static let diamond = GraphExample(
    name: "balanced", nodes: ["a", "b", "c", "d", "y"],
    edges: [
      ("x", "a"), ("x", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "y"), ("d", "y"),
    ])

  /// One skip connection.
  static let skip = GraphExample(
    name: "skip", nodes: ["a", "y"], edges: [("x", "a"), ("a", "y"), ("x", "y")])

  /// Two residual blocks and an output layer.
  static let residual = GraphExample(
    name: "residual", nodes: ["a", "b", "c", "d", "y"],
    edges: [("x", "a"), ("a", "b"), ("x", "b"), ("b", "c"), ("c", "d"), ("b", "d"), ("d", "y")])

  static let all = [diamond, skip, residual]

  /// `x→a, a→y, x→y`
  var picture: String { edges.map { "\($0.from)→\($0.to)" }.joined(separator: ", ") }

  func architecture(width: Int, _ activation: Activation, weight: () -> LinearMap?) throws(NetworkError) -> Architecture
  {
    try ClaimNetworks.graph(
      name: name, nodes: nodes, edges: edges, width: width, activation: activation, weight: weight)
  }

  /// The graph under the frame-consistent open reading, by both roads.
  func roads(_ setting: ClaimSetting) throws -> BothRoads {
    try BothRoads(
      any: architecture(width: 1, .opaque("σ")) { nil },
      generic: ClaimNetworks.genericGraph(name: name, nodes: nodes, edges: edges), Reading(), setting)
  }
}
