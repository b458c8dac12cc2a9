import ExactArithmetic

extension Network {
  /// The same network with other weights, one per edge, n_to × n_from.
  ///
  /// - Throws: `NetworkError` naming the edge whose weight has the wrong shape, or that has none.
  public func replacing(weights: [LinearMap]) throws(NetworkError) -> Network {
    guard weights.count == architecture.edges.count else {
      throw NetworkError("\(weights.count) weights were given for \(architecture.edges.count) edges")
    }
    let nodes = architecture.nodes
    return try Network(
      Architecture(
        name: architecture.name,
        inputs: nodes[..<architecture.inputCount].map { (name: $0.name, width: $0.width) },
        nodes: Array(nodes[architecture.inputCount...]),
        connections: zip(architecture.edges, weights).map { edge, weight in
          Connection(
            from: nodes[edge.source].name, to: nodes[edge.target].name, weight: weight, delay: edge.delay,
            backwardDelay: edge.backwardDelay, shared: edge.shared)
        }, outputs: architecture.outputs.map { nodes[$0].name }, loss: architecture.loss))
  }
}
