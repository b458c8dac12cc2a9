extension Architecture {
  /// Node indices such that every edge leads forward.
  ///
  /// Complexity: linear in nodes and edges.
  /// - Throws: `NetworkError` naming the nodes of one cycle, in order.
  public func topologicalOrder() throws(NetworkError) -> [Int] {
    var remaining = incoming.map(\.count)
    var ready = nodes.indices.filter { remaining[$0] == 0 }
    var order: [Int] = []
    order.reserveCapacity(nodes.count)
    var next = 0
    while next < ready.count {
      let node = ready[next]
      next += 1
      order.append(node)
      for edge in outgoing[node] {
        let target = edges[edge].target
        remaining[target] -= 1
        if remaining[target] == 0 { ready.append(target) }
      }
    }
    guard order.count == nodes.count else {
      let names = cycle(among: remaining).map { nodes[$0].name }
      throw NetworkError(
        "the model has a cycle, \((names + names.prefix(1)).joined(separator: " -> ")); this command needs a DAG")
    }
    return order
  }

  /// The nodes of one cycle, in order; empty on a DAG.
  public func cycle() -> [Int] {
    var remaining = incoming.map(\.count)
    var ready = nodes.indices.filter { remaining[$0] == 0 }
    while let node = ready.popLast() {
      for edge in outgoing[node] {
        remaining[edges[edge].target] -= 1
        if remaining[edges[edge].target] == 0 { ready.append(edges[edge].target) }
      }
    }
    return cycle(among: remaining)
  }

  /// A cycle among the nodes that Kahn's algorithm could not remove: each of them has such a node before it.
  private func cycle(among remaining: [Int]) -> [Int] {
    guard var node = remaining.firstIndex(where: { $0 > 0 }) else { return [] }
    var position: [Int: Int] = [:]
    var walk: [Int] = []
    while position[node] == nil {
      position[node] = walk.count
      walk.append(node)
      guard let edge = incoming[node].first(where: { remaining[edges[$0].source] > 0 }) else { return [] }
      node = edges[edge].source
    }
    return walk[(position[node] ?? 0)...].reversed()
  }

  /// The greatest number of edges on a path from an input to each node: its layer.
  ///
  /// A node that no input reaches counts from itself as layer 0.
  /// - Throws: `NetworkError` naming a cycle.
  public func layers() throws(NetworkError) -> [Int] {
    var layer = [Int](repeating: 0, count: nodes.count)
    for node in try topologicalOrder() {
      for edge in outgoing[node] {
        layer[edges[edge].target] = max(layer[edges[edge].target], layer[node] + 1)
      }
    }
    return layer
  }

  /// The layers of a chain, input first, or `nil` when the graph is not one.
  public var chain: [Int]? {
    guard inputCount == 1, outputs.count == 1, edges.count == nodes.count - 1 else { return nil }
    var walk = [0]
    while let edge = outgoing[walk[walk.count - 1]].first {
      guard outgoing[walk[walk.count - 1]].count == 1, walk.count <= nodes.count else { return nil }
      walk.append(edges[edge].target)
    }
    return walk.count == nodes.count && walk.last == outputs[0] ? walk : nil
  }
}
