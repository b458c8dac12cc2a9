import Networks

/// Small architectures by their edges.
enum ExampleGraphs {
  /// A chain; widths are those of all its nodes, input first.
  static func chain(_ widths: [Int], _ activation: Activation = .tanh) throws -> Architecture {
    try Architecture(
      name: "chain", inputs: [(name: "x0", width: widths[0])],
      nodes: (1..<widths.count).map { Node(name: "x\($0)", width: widths[$0], activation: activation) },
      connections: (1..<widths.count).map { Connection(from: "x\($0 - 1)", to: "x\($0)") },
      outputs: ["x\(widths.count - 1)"])
  }

  /// Node 0 is the input; every node without successors is an output.
  static func graph(
    _ count: Int, _ edges: [(Int, Int)], widths: [Int]? = nil, _ activation: Activation = .tanh
  ) throws -> Architecture {
    let sources = Set(edges.map(\.0))
    return try Architecture(
      name: "graph", inputs: [(name: "x0", width: widths?[0] ?? 1)],
      nodes: (1..<count).map { Node(name: "x\($0)", width: widths?[$0] ?? 1, activation: activation) },
      connections: edges.map { Connection(from: "x\($0.0)", to: "x\($0.1)") },
      outputs: (1..<count).filter { !sources.contains($0) }.map { "x\($0)" })
  }

  /// Every DAG of `count` nodes numbered in an order of its own, in which node 0 alone reads nothing: Π (2^v − 1) graphs.
  static func all(_ count: Int) -> [[(Int, Int)]] {
    var graphs: [[(Int, Int)]] = [[]]
    for node in 1..<count {
      graphs = graphs.flatMap { graph in
        (1..<(1 << node)).map { subset in
          graph + (0..<node).filter { subset >> $0 & 1 == 1 }.map { ($0, node) }
        }
      }
    }
    return graphs
  }
}
