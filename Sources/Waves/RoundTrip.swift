import Networks

/// How many ticks pass between the drive of a node and the error that comes back for it from the outputs.
///
/// RT(o) = n_o + s_o at an output, RT(u) = RT(v) + f_e + b_e + s_u along e = (u → v): one number for every path that leads
/// to an output. It is what a node's memory has to bridge, and it does not depend on anything upstream.
/// Complexity: linear in edges times the size of a set. Source: docs/theory.md, round trip.
public struct RoundTrip: Sendable {
  /// RT(v) over all paths from v to outputs, per node; empty where there is none.
  public let total: [Lags]
  /// The same for the waves that v passes on, without those that it injects itself.
  public let passedOn: [Lags]
  /// n_o + Σ b: ticks from the time of an output activity to the δ_v that it causes, over all paths.
  public let back: [Lags]

  /// - Throws: `NetworkError` naming a cycle, or saying that an open error has no output time.
  public init(_ architecture: Architecture, _ schedule: Schedule) throws(NetworkError) {
    guard schedule.errorSource == .closed else {
      throw NetworkError(
        "schedule \(schedule.name) has an open error, which is given per frame and comes from no output at no time; "
          + "choose --error closed, closed-current or closed-drive")
    }
    var total = [Lags](repeating: .none, count: architecture.nodes.count)
    var passedOn = total
    var back = total
    for node in try architecture.topologicalOrder().reversed() {
      for index in architecture.outgoing[node] {
        let later = architecture.edges[index].target
        let latency = schedule.backwardLatency[index]
        passedOn[node].formUnion(
          total[later].shifted(by: schedule.forwardLatency[index] + latency + schedule.activationDelay[node]))
        back[node].formUnion(back[later].shifted(by: latency))
      }
      total[node] = passedOn[node]
      if architecture.isOutput(node) {
        total[node].formUnion(Lags(schedule.outputMemory[node] + schedule.activationDelay[node]))
        back[node].formUnion(Lags(schedule.outputMemory[node]))
      }
    }
    self.total = total
    self.passedOn = passedOn
    self.back = back
  }
}
