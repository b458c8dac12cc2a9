import ExactArithmetic

/// A graph of nodes and edges: inputs first, with or without weights.
///
/// Timing needs nothing more; what computes values asks for a `Network`. Cycles and parallel edges are allowed here; a
/// command that needs a DAG asks for `topologicalOrder()`, which names the cycle.
public struct Architecture: Sendable, Hashable {
  public let name: String
  /// Inputs first, then the other nodes, in the order of the file.
  public let nodes: [Node]
  public let edges: [Edge]
  /// Indices of the output nodes, each once.
  public let outputs: [Int]
  public let loss: Loss
  /// Edge indices that end at each node.
  public let incoming: [[Int]]
  /// Edge indices that start at each node.
  public let outgoing: [[Int]]
  public let inputCount: Int

  /// The most units of one node.
  public static let maximumWidth = 1_000_000_000
  /// The most entries that the weights of all edges may have together, stated or not: sums over them are integers.
  public static let maximumWeights = 1_000_000_000_000_000_000

  /// Checks names, shapes and delays.
  ///
  /// - Throws: `NetworkError` naming the node or connection that is wrong.
  public init(
    name: String, inputs: [(name: String, width: Int)], nodes: [Node], connections: [Connection], outputs: [String],
    loss: Loss = .quadratic
  ) throws(NetworkError) {
    self.name = name
    self.nodes = inputs.map { Node.input(name: $0.name, width: $0.width) } + nodes
    self.loss = loss
    inputCount = inputs.count
    let indices = try Self.indices(of: self.nodes)
    edges = try Self.edges(from: connections, indices: indices, nodes: self.nodes, inputCount: inputs.count)
    self.outputs = try Self.outputs(named: outputs, indices: indices, inputCount: inputs.count)
    try Self.checkSharedWeights(edges, nodes: self.nodes)
    try Self.checkSize(edges, nodes: self.nodes)
    var incoming = [[Int]](repeating: [], count: self.nodes.count)
    var outgoing = incoming
    for (index, edge) in edges.enumerated() {
      incoming[edge.target].append(index)
      outgoing[edge.source].append(index)
    }
    self.incoming = incoming
    self.outgoing = outgoing
  }

  /// Whether every edge has a weight.
  public var hasWeights: Bool { edges.allSatisfy { $0.weight != nil } }

  public func isOutput(_ node: Int) -> Bool { outputs.contains(node) }

  public func nodeIndex(named name: String) -> Int? { nodes.firstIndex { $0.name.isSpelled(name) } }

  public func edgeIndex(named name: String) -> Int? { edges.firstIndex { $0.name.isSpelled(name) } }
}

extension Architecture {
  private static func indices(of nodes: [Node]) throws(NetworkError) -> [Name: Int] {
    var indices: [Name: Int] = [:]
    for (index, node) in nodes.enumerated() {
      guard !node.name.isEmpty else { throw NetworkError("a node has an empty name; give every node a name") }
      guard !Name(node.name).endsLikeAParallelEdge else {
        throw NetworkError(
          "node \"\(node.name)\": a name does not end in # and digits, which mark a parallel edge; rename it")
      }
      guard indices.updateValue(index, forKey: Name(node.name)) == nil else {
        throw NetworkError("two nodes are named \"\(node.name)\"; names must differ")
      }
      guard (1...maximumWidth).contains(node.width) else {
        throw NetworkError("node \"\(node.name)\" has width \(node.width); a width is from 1 to \(maximumWidth)")
      }
      if case .prelu(let slopes) = node.activation, slopes.count != node.width {
        throw NetworkError(
          "node \"\(node.name)\" has width \(node.width) but \(slopes.count) slopes of prelu, one per unit")
      }
      if let bias = node.bias, bias.count != node.width {
        throw NetworkError("node \"\(node.name)\" has width \(node.width) but a bias of \(bias.count) numbers")
      }
    }
    return indices
  }

  private static func edges(
    from connections: [Connection], indices: [Name: Int], nodes: [Node], inputCount: Int
  ) throws(NetworkError) -> [Edge] {
    var used: [Name: Int] = [:]
    var edges: [Edge] = []
    edges.reserveCapacity(connections.count)
    for connection in connections {
      let plain = "\(connection.from)->\(connection.to)"
      guard let source = indices[Name(connection.from)] else {
        throw NetworkError("edge \(plain): there is no node named \"\(connection.from)\"")
      }
      guard let target = indices[Name(connection.to)] else {
        throw NetworkError("edge \(plain): there is no node named \"\(connection.to)\"")
      }
      guard target >= inputCount else {
        throw NetworkError("edge \(plain) ends at the input \"\(connection.to)\"; an input is given from outside")
      }
      guard (1...1_000_000).contains(connection.delay), (1...1_000_000).contains(connection.backwardDelay) else {
        throw NetworkError("edge \(plain): delay and backwardDelay are whole numbers of ticks from 1 to 1000000")
      }
      if let weight = connection.weight, weight.rows != nodes[target].width || weight.columns != nodes[source].width {
        throw NetworkError(
          "edge \(plain): the weight is \(weight.rows) × \(weight.columns), but n_to × n_from is "
            + "\(nodes[target].width) × \(nodes[source].width)")
      }
      let count = used[Name(plain), default: 0] + 1
      used[Name(plain)] = count
      edges.append(
        Edge(
          name: count == 1 ? plain : "\(plain)#\(count)", source: source, target: target, weight: connection.weight,
          delay: connection.delay, backwardDelay: connection.backwardDelay, shared: connection.shared))
    }
    return edges
  }

  private static func checkSize(_ edges: [Edge], nodes: [Node]) throws(NetworkError) {
    var remaining = maximumWeights
    for edge in edges {
      let entries = nodes[edge.target].width * nodes[edge.source].width
      guard entries <= remaining else {
        throw NetworkError(
          "edge \(edge.name): with its \(nodes[edge.target].width) × \(nodes[edge.source].width) weights the model has "
            + "more than \(maximumWeights); use smaller widths")
      }
      remaining -= entries
    }
  }

  private static func outputs(
    named names: [String], indices: [Name: Int], inputCount: Int
  ) throws(NetworkError) -> [Int] {
    guard !names.isEmpty else { throw NetworkError("the model names no output; list at least one in \"outputs\"") }
    var outputs: [Int] = []
    for name in names {
      guard let index = indices[Name(name)] else { throw NetworkError("output \"\(name)\" is not a node of the model") }
      guard index >= inputCount else { throw NetworkError("output \"\(name)\" is an input; an output is a node") }
      guard !outputs.contains(index) else { throw NetworkError("output \"\(name)\" is listed twice") }
      outputs.append(index)
    }
    return outputs
  }
}
