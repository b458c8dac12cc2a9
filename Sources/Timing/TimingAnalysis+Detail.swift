import Networks
import Waves

extension TimingAnalysis {
  /// The lags at which each node's slope is read by the waves that reach an edge, over every node that passes them on.
  ///
  /// Affine activations are listed too; their slopes are constants and do not count elsewhere. An output's own slope is
  /// listed where the schedule reads it at another lag than the residual that it multiplies.
  /// Complexity: linear in the edges below `edge`.
  public func slopeLags(of edge: Int) -> [(node: Int, lags: Lags)] {
    let start = architecture.edges[edge].target
    var reached = [Int: Lags]()
    reached[start] = Lags(schedule.errorMemory[edge])
    var found: [(node: Int, lags: Lags)] = []
    for node in forward.order[positions[start]...] {
      guard let waves = reached[node], backward.reachesOutput[node] else { continue }
      for index in architecture.outgoing[node] {
        reached[architecture.edges[index].target, default: .none]
          .formUnion(waves.shifted(by: schedule.backwardLatency[index]))
      }
      var lags = Lags.none
      if !backward.passedOn[node].isEmpty {
        switch schedule.slopeSource {
        case .memory(let memory): lags = Self.sum(waves, forward.drive[node].shifted(by: memory[node]))
        case .frameConsistent: lags = Self.sum(waves, backward.passedOn[node])
        }
      }
      if architecture.isOutput(node), schedule.errorSource == .closed,
        schedule.residualSlopeMemory[node] != schedule.outputMemory[node] + schedule.activationDelay[node]
      {
        lags.formUnion(Self.sum(waves, forward.drive[node].shifted(by: schedule.residualSlopeMemory[node])))
      }
      if !lags.isEmpty { found.append((node, lags)) }
    }
    return found
  }

  /// Some node below an edge has an edge out of it that leads to no output: no wave comes back over that one.
  public func passesDeadEnd(_ edge: Int) -> Bool {
    var seen = Set<Int>()
    var open = [architecture.edges[edge].target]
    while let node = open.popLast() {
      guard seen.insert(node).inserted else { continue }
      for index in architecture.outgoing[node] {
        guard backward.reachesOutput[architecture.edges[index].target] else { return true }
        open.append(architecture.edges[index].target)
      }
    }
    return false
  }

  /// What would have to be true for an edge's update to be computable: one sentence for each thing read too early.
  public func needs(of edge: Int) -> [String] {
    var needs: [String] = []
    let target = architecture.edges[edge].target
    for (node, ticks) in Causality.missingSlopes(below: target, architecture, schedule, forward, backward) {
      let name = architecture.nodes[node].name
      if let ticks {
        needs.append("needs σ′ of \(name) \(Self.count(ticks)) before its drive exists")
      } else {
        needs.append("needs σ′ of \(name) at one frame, but its drive always mixes frames")
      }
    }
    if !edges[edge].errorCausal {
      for output in architecture.outputs where reaches(output, from: target) {
        guard let arrival = forward.drive[output].maximum else { continue }
        let name = architecture.nodes[output].name
        let early = arrival - schedule.targetLag[output]
        needs.append(
          forward.drive[output].single == nil
            ? "needs the error of \(name) at one frame, but its drive always mixes frames"
            : "needs the error of \(name) \(Self.count(early)) before its drive exists")
      }
    }
    return needs
  }

  private func reaches(_ output: Int, from start: Int) -> Bool {
    var seen = Set<Int>()
    var open = [start]
    while let node = open.popLast() {
      if node == output { return true }
      guard seen.insert(node).inserted else { continue }
      open.append(contentsOf: architecture.outgoing[node].map { architecture.edges[$0].target })
    }
    return false
  }

  private static func sum(_ left: Lags, _ right: Lags) -> Lags {
    var result = Lags.none
    for lag in left.values { result.formUnion(right.shifted(by: lag)) }
    return result
  }

  private static func count(_ ticks: Int) -> String { ticks == 1 ? "1 tick" : "\(ticks) ticks" }
}
