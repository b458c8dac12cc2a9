import Networks

/// All graphs with one input and one output in which every node lies on a path from the one to the other.
enum SmallGraphs {
  /// Graphs of `count` nodes `0` … `count − 1`, every edge towards a higher number; at most 5 nodes.
  static func all(nodes count: Int) -> [GraphExample] {
    precondition((2...5).contains(count), "from 2 to 5 nodes")
    let pairs = (0..<count).flatMap { from in ((from + 1)..<count).map { (from, $0) } }
    return (0..<(1 << pairs.count)).compactMap { bits -> GraphExample? in
      let edges = pairs.indices.filter { bits >> $0 & 1 == 1 }.map { pairs[$0] }
      guard (0..<count - 1).allSatisfy({ node in edges.contains { $0.0 == node } }),
        (1..<count).allSatisfy({ node in edges.contains { $0.1 == node } })
      else { return nil }
      func name(_ node: Int) -> String { node == 0 ? "x" : String(node) }
      return GraphExample(
        name: "graph of \(count) nodes", nodes: (1..<count).map(name),
        edges: edges.map { (from: name($0.0), to: name($0.1)) })
    }.sorted { ($0.edges.count, $0.picture) < ($1.edges.count, $1.picture) }
  }
}
