extension DifferenceProgram {
  /// Checks that the values satisfy every constraint, that the flow is one, and that both give the same number.
  ///
  /// By weak duality Σ c X ≥ Σ w y for every solution X and flow y, so equality proves that both are best.
  /// - Throws: `RegisterFault` saying which of these fails.
  func check(_ minimum: Minimum) throws(RegisterFault) {
    guard constraints.areSatisfied(by: minimum.values) else { throw RegisterFault("a constraint is violated") }
    var balance = [Int](repeating: 0, count: coefficients.count)
    var dual = 0
    for (constraint, flow) in zip(constraints.constraints, minimum.flow) {
      guard flow >= 0 else { throw RegisterFault("the dual flow is negative") }
      balance[constraint.to] += flow
      balance[constraint.from] -= flow
      dual += flow * constraint.atLeast
    }
    guard balance == coefficients else { throw RegisterFault("the dual flow is not conserved") }
    guard dual == minimum.objective, objective(minimum.values) == dual else {
      throw RegisterFault("the least count \(minimum.objective) is not that of the dual flow, \(dual)")
    }
  }

  /// The least of all best solutions: it does not depend on the way the solver went.
  ///
  /// A solution is best exactly where every constraint that carries dual flow is tight. Those solutions have a least
  /// one, the longest paths from the root; slacks are non-negative, so Dijkstra finds it.
  func earliest(_ values: [Int], _ flows: [Int], root: Int) -> [Int] {
    let arcs = constraints.constraints
    var starts = [Int](repeating: 0, count: values.count + 1)
    func forEachArc(_ body: (_ from: Int, _ to: Int, _ slack: Int) -> Void) {
      for (index, arc) in arcs.enumerated() {
        body(arc.from, arc.to, values[arc.to] - values[arc.from] - arc.atLeast)
        if flows[index] > 0 { body(arc.to, arc.from, 0) }
      }
    }
    forEachArc { from, _, _ in starts[from + 1] += 1 }
    for node in values.indices { starts[node + 1] += starts[node] }
    var fill = starts
    var targets = [(node: Int, slack: Int)](repeating: (0, 0), count: starts[values.count])
    forEachArc { from, to, slack in
      targets[fill[from]] = (to, slack)
      fill[from] += 1
    }
    var distance = [Int](repeating: Int.max, count: values.count)
    var heap = MinimumHeap()
    distance[root] = 0
    heap.insert(key: 0, value: root)
    while let (known, node) = heap.removeMinimum() {
      guard known == distance[node] else { continue }
      for (next, slack) in targets[starts[node]..<starts[node + 1]] where known + slack < distance[next] {
        distance[next] = known + slack
        heap.insert(key: known + slack, value: next)
      }
    }
    return values.indices.map { distance[$0] == Int.max ? values[$0] : values[$0] - distance[$0] }
  }
}

/// A binary heap of keyed values, least key first.
private struct MinimumHeap {
  private var entries: [(key: Int, value: Int)] = []

  mutating func insert(key: Int, value: Int) {
    entries.append((key, value))
    var index = entries.count - 1
    while index > 0, entries[(index - 1) / 2].key > entries[index].key {
      entries.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func removeMinimum() -> (Int, Int)? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    guard !entries.isEmpty else { return (first.key, first.value) }
    entries[0] = last
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < entries.count {
        if entries[child].key < entries[least].key { least = child }
      }
      if least == index { return (first.key, first.value) }
      entries.swapAt(index, least)
      index = least
    }
  }
}
