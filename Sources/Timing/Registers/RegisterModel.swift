import Networks
import Waves

/// The difference program of a request: potentials of signals, ends of register chains, and their bounds.
///
/// F_v and T_v are the lags of x_v and δ_v; M_v and N_v the greatest lags at which their register chains are tapped. The
/// chain of x_v holds the pre-activation, so it serves products and slopes alike. Registers: Σ w_v (M_v − F_v) + Σ w_v
/// (N_v − T_v). Source: docs/theory.md, delay registers.
struct RegisterModel {
  /// What a variable stands for, all as lags in ticks.
  enum Signal: Hashable {
    case frame
    case activity(Int)
    case activityEnd(Int)
    case error(Int)
    case errorEnd(Int)
    /// The common lag of a class of shared weights.
    case product(Int)
  }

  let architecture: Architecture
  let latencies: Schedule
  let request: RegisterRequest
  let relevant: RelevantSignals
  var program = DifferenceProgram()
  private(set) var signals: [Signal] = []
  private(set) var reasons: [RegisterReason] = []
  /// Per node, the variable, or −1.
  private(set) var activity: [Int]
  private(set) var activityEnd: [Int]
  private(set) var error: [Int]
  private(set) var errorEnd: [Int]
  /// Per edge, the variable of its class, or −1.
  private(set) var product: [Int]
  /// The variable that is 0: an input's own lag.
  static let root = 0

  init(_ architecture: Architecture, _ latencies: Schedule, _ request: RegisterRequest) throws(NetworkError) {
    self.architecture = architecture
    self.latencies = latencies
    self.request = request
    relevant = RelevantSignals(architecture, request.completed, isClosed: latencies.errorSource == .closed)
    let none = [Int](repeating: -1, count: architecture.nodes.count)
    (activity, activityEnd, error, errorEnd) = (none, none, none, none)
    product = [Int](repeating: -1, count: architecture.edges.count)
    _ = add(.frame)
    try addVariables()
    try addActivityConstraints()
    try addErrorConstraints()
    try addProducts()
    try addCaps()
  }

  mutating func add(_ signal: Signal) -> Int {
    signals.append(signal)
    return program.addVariable()
  }

  mutating func require(_ to: Int, atLeast: Int, above from: Int, because reason: RegisterReason) {
    program.constraints.require(to, atLeast: atLeast, above: from)
    reasons.append(reason)
  }

  private mutating func addVariables() throws(NetworkError) {
    for node in architecture.nodes.indices where relevant.activity[node] {
      activity[node] = architecture.nodes[node].isInput ? Self.root : add(.activity(node))
      activityEnd[node] = add(.activityEnd(node))
      try program.add(architecture.nodes[node].width, high: activityEnd[node], low: activity[node])
    }
    for node in architecture.nodes.indices where relevant.error[node] {
      error[node] = add(.error(node))
      errorEnd[node] = add(.errorEnd(node))
      try program.add(architecture.nodes[node].width, high: errorEnd[node], low: error[node])
      if request.countsTargets, architecture.isOutput(node) {
        try program.add(architecture.nodes[node].width, high: error[node], low: Self.root)
      }
    }
  }

  /// The ticks from x_u to x_v along an edge.
  func hop(_ edge: Int) -> Int {
    latencies.forwardLatency[edge] + latencies.activationDelay[architecture.edges[edge].target]
  }

  private mutating func addActivityConstraints() throws(NetworkError) {
    for node in order() {
      guard activity[node] >= 0 else { continue }
      for index in architecture.incoming[node] where relevant.carriesActivity(architecture.edges[index]) {
        let source = architecture.edges[index].source
        require(activity[node], atLeast: hop(index), above: activity[source], because: .forward(index))
      }
    }
    for node in architecture.nodes.indices where activity[node] >= 0 {
      require(activityEnd[node], atLeast: 0, above: activity[node], because: .chain(node))
      // Where the slope's own register reaches further than every later activity, it is the one bound that counts.
      guard !slopeCoversForward(node) else { continue }
      for index in architecture.outgoing[node] where relevant.carriesActivity(architecture.edges[index]) {
        let target = architecture.edges[index].target
        require(activityEnd[node], atLeast: -hop(index), above: activity[target], because: .forwardTap(index))
      }
    }
  }

  /// M_u ≥ T_u ≥ T_v + b and T_v ≥ F_v − s for every edge (u, v) that carries both waves: then M_u ≥ F_v − s − f.
  private func slopeCoversForward(_ node: Int) -> Bool {
    guard request.countsSlopes, request.tolerance == 0, relevant.slope[node] else { return false }
    return architecture.outgoing[node].allSatisfy { index in
      let edge = architecture.edges[index]
      guard relevant.carriesActivity(edge) else { return true }
      return relevant.carriesError(edge) && errorFollowsDrive(edge.target)
    }
  }

  /// T_v ≥ F_v − s_v is among the constraints.
  func errorFollowsDrive(_ node: Int) -> Bool {
    guard activity[node] >= 0, error[node] >= 0, request.tolerance == 0 else { return false }
    return relevant.slope[node] || (latencies.errorSource == .closed && architecture.isOutput(node))
  }

  private mutating func addErrorConstraints() throws(NetworkError) {
    for node in order().reversed() where error[node] >= 0 {
      for index in architecture.outgoing[node] where relevant.carriesError(architecture.edges[index]) {
        let target = architecture.edges[index].target
        require(error[node], atLeast: latencies.backwardLatency[index], above: error[target], because: .backward(index))
        require(
          errorEnd[target], atLeast: -latencies.backwardLatency[index], above: error[node], because: .backwardTap(index)
        )
      }
      require(errorEnd[node], atLeast: 0, above: error[node], because: .chain(node))
      if architecture.isOutput(node) { addInjection(node) }
      guard relevant.slope[node], activity[node] >= 0 else { continue }
      require(
        error[node], atLeast: -latencies.activationDelay[node] - request.tolerance, above: activity[node],
        because: .slopeExists(node))
      if request.countsSlopes {
        require(activityEnd[node], atLeast: -request.tolerance, above: error[node], because: .slopeTap(node))
      }
    }
  }

  private mutating func addInjection(_ output: Int) {
    guard latencies.errorSource == .closed else {
      require(error[output], atLeast: latencies.targetLag[output], above: Self.root, because: .exogenous(output))
      return
    }
    guard activity[output] >= 0 else { return }
    let least = max(latencies.outputMemory[output], -latencies.activationDelay[output])
    require(error[output], atLeast: least, above: activity[output], because: .residual(output))
    require(activityEnd[output], atLeast: 0, above: error[output], because: .residualTap(output))
  }

  private mutating func addProducts() throws(NetworkError) {
    for (index, members) in request.shared.enumerated() {
      let live = members.filter { relevant.isLive[$0] }
      guard live.count > 1 else { continue }
      let common = add(.product(index))
      for edge in live { addSharedProduct(edge, common) }
    }
    for edge in relevant.live where product[edge] < 0 {
      let (u, v) = (architecture.edges[edge].source, architecture.edges[edge].target)
      guard activity[u] >= 0 else { continue }
      // T_u ≥ T_v + b already binds the chain of x_u, and T_v ≥ F_v − s ≥ F_u the chain of δ_v.
      if !(request.countsSlopes && request.tolerance == 0 && relevant.slope[u]) {
        require(activityEnd[u], atLeast: -request.tolerance, above: error[v], because: .inputTap(edge))
      }
      if !errorFollowsDrive(v) {
        require(errorEnd[v], atLeast: -request.tolerance, above: activity[u], because: .errorTap(edge))
      }
    }
  }

  private mutating func addSharedProduct(_ edge: Int, _ common: Int) {
    let (u, v) = (architecture.edges[edge].source, architecture.edges[edge].target)
    product[edge] = common
    require(common, atLeast: 0, above: error[v], because: .product(edge))
    require(errorEnd[v], atLeast: 0, above: common, because: .errorTap(edge))
    guard activity[u] >= 0 else { return }
    require(common, atLeast: -request.tolerance, above: activity[u], because: .product(edge))
    require(activityEnd[u], atLeast: -request.tolerance, above: common, because: .inputTap(edge))
  }

  /// A topological order where there is one: rounds of relaxation are then few.
  private func order() -> [Int] { (try? architecture.topologicalOrder()) ?? Array(architecture.nodes.indices) }
}
