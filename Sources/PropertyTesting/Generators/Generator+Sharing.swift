import ExactArithmetic
import Networks

extension Generator where Value == GraphPlan {
  /// The given graphs with one or two of the nodes that others read as outputs, too, where there are such nodes.
  ///
  /// Their errors have two parts, one injected and one passed on, and paths that end at them are shorter than others.
  public static func tapped(_ graphs: Generator) -> Generator {
    Generator { (source) throws(DiscardedCase) in
      var plan = try source.draw(graphs)
      let read = Set(plan.links.map(\.source)).filter { $0 >= plan.inputCount }.sorted()
      for choice in try source.draw(Generator<[Int]>.array(of: .integer(in: 0...255), count: 1...2)) where !read.isEmpty
      {
        plan.taps.insert(read[choice % read.count])
      }
      return plan
    }
  }
}

extension Generator where Value == Network {
  /// The given networks with classes of edges that share a weight, that of the first of each; all edges of a class are of
  /// one shape. A network no two edges of which are of one shape is discarded.
  public static func sharing(_ networks: Generator) -> Generator {
    Generator { (source) throws(DiscardedCase) in
      let network = try source.draw(networks)
      let architecture = network.architecture
      let shapes = Dictionary(grouping: architecture.edges.indices) { edge in
        [network.weights[edge].rows, network.weights[edge].columns]
      }
      let groups = shapes.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
      guard !groups.isEmpty else { throw DiscardedCase() }
      // Per edge, the first one of its class.
      var owners = [Int?](repeating: nil, count: architecture.edges.count)
      for (place, group) in groups.enumerated() {
        let chosen = try source.draw(Generator<[Bool]>.array(of: .boolean, count: group.count...group.count))
        var members = zip(group, chosen).filter(\.1).map(\.0)
        // One class at least.
        if members.count < 2, place == 0 { members = Array(group.prefix(2)) }
        guard members.count > 1 else { continue }
        for edge in members { owners[edge] = members[0] }
      }
      func connection(_ index: Int) -> Connection {
        let edge = architecture.edges[index]
        return Connection(
          from: architecture.nodes[edge.source].name, to: architecture.nodes[edge.target].name,
          weight: network.weights[owners[index] ?? index], delay: edge.delay,
          backwardDelay: edge.backwardDelay, shared: owners[index].map { "w\($0)" })
      }
      do {
        return try Network(
          Architecture(
            name: architecture.name,
            inputs: architecture.nodes[..<architecture.inputCount].map { (name: $0.name, width: $0.width) },
            nodes: Array(architecture.nodes[architecture.inputCount...]),
            connections: architecture.edges.indices.map(connection),
            outputs: architecture.outputs.map { architecture.nodes[$0].name }))
      } catch {
        preconditionFailure("a generated network is refused: \(error)")
      }
    }
  }
}
