import ExactArithmetic
import Networks

/// Networks with small weights on an architecture that has none: what a refutation for all weights is shown on.
enum SmallWeights {
  /// First one unit a node and weight 1 on every edge, then a few small whole weights.
  ///
  /// Empty when an operator without values keeps the architecture from being run.
  static func networks(on architecture: Architecture, seed: UInt64) -> [Network] {
    var generator = SplitMix(state: seed)
    let weights = [{ 1 as Rational }] + [1, 2, 3].map { _ in { Rational(Integer(Int(generator.next() % 4) + 1), over: 1) } }
    return weights.compactMap { weight in try? network(on: architecture, weight: weight) }
  }

  private static func network(on architecture: Architecture, weight: () -> Rational) throws(NetworkError) -> Network {
    var connections: [Connection] = []
    for edge in architecture.edges {
      let rows = architecture.nodes[edge.target].width
      let columns = architecture.nodes[edge.source].width
      connections.append(
        Connection(
          from: architecture.nodes[edge.source].name, to: architecture.nodes[edge.target].name,
          weight: LinearMap(rows: rows, columns: columns, entries: [(row: 0, column: 0, value: weight())]),
          delay: edge.delay, backwardDelay: edge.backwardDelay))
    }
    let inputs = architecture.nodes[..<architecture.inputCount].map { (name: $0.name, width: $0.width) }
    return try Network(
      Architecture(
        name: architecture.name, inputs: inputs, nodes: Array(architecture.nodes[architecture.inputCount...]),
        connections: connections, outputs: architecture.outputs.map { architecture.nodes[$0].name }))
  }
}
