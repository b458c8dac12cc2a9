extension DifferenceConstraints {
  /// Values that satisfy every constraint, or why there are none.
  public enum Feasibility: Sendable, Hashable {
    case feasible([Int])
    /// Indices of constraints that form a cycle, each starting where the one before it ends; their bounds sum to more
    /// than 0, so that a variable would have to exceed itself.
    case positiveCycle([Int])
  }

  /// The least values with every X ≥ 0, or a cycle of constraints with a positive sum (Bellman–Ford).
  ///
  /// Complexity: constraints times the number of rounds: one or two where constraints come in an order of dependence, at
  /// most the number of variables. Exact.
  public func feasibility() -> Feasibility {
    var values = [Int](repeating: 0, count: variableCount)
    var cause = [Int](repeating: -1, count: variableCount)
    while true {
      var changed = false
      for (index, constraint) in constraints.enumerated() {
        let needed = values[constraint.from] + constraint.atLeast
        if needed > values[constraint.to] {
          values[constraint.to] = needed
          cause[constraint.to] = index
          changed = true
        }
      }
      guard changed else { return .feasible(values) }
      // A cycle among the causes is a positive cycle, and one appears as soon as values grow without end.
      if let cycle = cycle(among: cause) { return .positiveCycle(cycle) }
    }
  }

  private func cycle(among cause: [Int]) -> [Int]? {
    var visit = [Int](repeating: 0, count: variableCount)
    for start in 0..<variableCount where visit[start] == 0 {
      var variable = start
      while visit[variable] == 0, cause[variable] >= 0 {
        visit[variable] = start + 1
        variable = constraints[cause[variable]].from
      }
      if cause[variable] >= 0, visit[variable] == start + 1 {
        var cycle: [Int] = []
        var current = variable
        repeat {
          cycle.append(cause[current])
          current = constraints[cause[current]].from
        } while current != variable
        return cycle.reversed()
      }
      if visit[variable] == 0 { visit[variable] = start + 1 }
    }
    return nil
  }
}
