import Networks
import Waves

/// Whether delays on edges, on inputs and on injected errors alone make a set of edges synchronous at once, with no
/// memory at products: in an open loop, σ′ constant.
///
/// Decided by difference constraints with x_u and δ_v of one lag at each chosen edge (u, v): possible exactly where the
/// graph of arrivals, x_u before x_v and δ_v before δ_u on every edge, x_u with δ_v on the chosen ones, has no cycle
/// (docs/registers.md). On a chain that is one layer at a time.
public enum EdgeDelayRepair: Sendable, Hashable {
  case possible
  case impossible(RegisterObstacle)

  /// - Complexity: that of a longest path where the answer is yes on an acyclic graph; edges times nodes at worst.
  public init(_ architecture: Architecture, _ latencies: Schedule, edges chosen: [Int]) {
    let relevant = RelevantSignals(architecture, chosen, isClosed: false)
    var constraints = DifferenceConstraints()
    var reasons: [RegisterReason] = []
    let activity = architecture.nodes.indices.map { _ in constraints.addVariable() }
    let error = architecture.nodes.indices.map { _ in constraints.addVariable() }
    func require(_ to: Int, _ ticks: Int, _ from: Int, _ reason: RegisterReason) {
      constraints.require(to, atLeast: ticks, above: from)
      reasons.append(reason)
    }
    let order = (try? architecture.topologicalOrder()) ?? Array(architecture.nodes.indices)
    for node in order {
      for index in architecture.incoming[node] where relevant.carriesActivity(architecture.edges[index]) {
        let hop = latencies.forwardLatency[index] + latencies.activationDelay[node]
        require(activity[node], hop, activity[architecture.edges[index].source], .forward(index))
      }
    }
    for node in order.reversed() {
      for index in architecture.outgoing[node] where relevant.carriesError(architecture.edges[index]) {
        require(
          error[node], latencies.backwardLatency[index], error[architecture.edges[index].target], .backward(index))
      }
    }
    for index in relevant.live where relevant.varies[architecture.edges[index].source] {
      let edge = architecture.edges[index]
      require(error[edge.target], 0, activity[edge.source], .meeting(index))
      require(activity[edge.source], 0, error[edge.target], .meeting(index))
    }
    guard case .positiveCycle(let cycle) = constraints.feasibility() else {
      self = .possible
      return
    }
    let nodes = architecture.nodes.count
    func name(_ variable: Int) -> String {
      variable < nodes ? "x(\(architecture.nodes[variable].name))" : "δ(\(architecture.nodes[variable - nodes].name))"
    }
    self = .impossible(
      RegisterObstacle(
        steps: cycle.map { index in
          let constraint = constraints.constraints[index]
          return .init(
            from: name(constraint.from), to: name(constraint.to), ticks: constraint.atLeast,
            because: reasons[index].text(in: architecture))
        }))
  }
}
