import Networks
import Waves

/// The least delay registers that make edges exact and causal.
///
/// Latencies f, s, b, the kind of error and the least n and q come from the schedule; its p, d, m are chosen anew.
/// Difference constraints, solved through the dual flow; the count is exact and carries its proof.
/// Complexity: a network simplex on four variables a node and three to six constraints an edge.
/// Source: docs/theory.md, delay registers.
public enum RegisterSynthesis {
  /// - Parameter latencies: the schedule to repair.
  /// - Throws: `NetworkError` for latencies that read the future or numbers that are too large; `RegisterFault` where the
  ///   result fails its own proof.
  public static func solve(
    _ architecture: Architecture, _ latencies: Schedule, _ request: RegisterRequest
  ) throws -> RegisterResult {
    try checkLatencies(architecture, latencies)
    let model = try RegisterModel(architecture, latencies, request)
    switch try model.program.minimum(root: RegisterModel.root) {
    case .positiveCycle(let cycle): return .impossible(model.obstacle(cycle))
    case .minimum(let minimum): return .plan(model.plan(minimum))
    }
  }

  private static func checkLatencies(_ architecture: Architecture, _ schedule: Schedule) throws(NetworkError) {
    for (index, edge) in architecture.edges.enumerated() {
      guard schedule.forwardLatency[index] >= 0, schedule.backwardLatency[index] >= 0 else {
        throw NetworkError("edge \(edge.name): a negative latency reads the future; no register can make it causal")
      }
    }
    for (index, node) in architecture.nodes.enumerated() where schedule.activationDelay[index] < 0 {
      throw NetworkError("node \"\(node.name)\": a negative delay s reads the future; no register can make it causal")
    }
  }
}

extension RegisterModel {
  func obstacle(_ cycle: [Int]) -> RegisterObstacle {
    RegisterObstacle(
      steps: cycle.map { index in
        let constraint = program.constraints.constraints[index]
        return .init(
          from: name(signals[constraint.from]), to: name(signals[constraint.to]), ticks: constraint.atLeast,
          because: reasons[index].text(in: architecture))
      })
  }

  private func name(_ signal: Signal) -> String {
    func node(_ index: Int) -> String { architecture.nodes[index].name }
    switch signal {
    case .frame: return "frame"
    case .activity(let index): return "x(\(node(index)))"
    case .activityEnd(let index): return "end of the chain of x(\(node(index)))"
    case .error(let index): return "δ(\(node(index)))"
    case .errorEnd(let index): return "end of the chain of δ(\(node(index)))"
    case .product(let index): return "product of shared weight \(index + 1)"
    }
  }
}
