import Networks
import Timing
import Waves

/// Tries every assignment of registers to a graph whose σ are not constant, up to a count, and asks the lag calculus
/// whether it makes all edges exact and causal: the long way to the least count.
///
/// The assignments are the taps themselves. Every edge delays x and δ by every number of ticks from 0 to the count, every
/// residual waits as long; a node whose incoming activities (outgoing errors) then differ in lag is dropped, since all
/// edges are asked about. Products and slopes read as shallow as those lags let them. A tap at depth k needs a chain of
/// at least k ticks at its node, at its width; partial assignments that need more than the count are dropped, too.
struct TapEnumeration {
  let architecture: Architecture
  let base: Schedule
  /// Assignments with more registers are not looked at.
  let count: Int
  private(set) var least: Int?
  private(set) var tried = 0
  private var forward: [Int]
  private var backward: [Int]
  private var activityChain: [Int]
  private var errorChain: [Int]
  private var activity: [Int]
  private var error: [Int]
  private let order: [Int]

  init(_ architecture: Architecture, _ base: Schedule, upTo count: Int) throws {
    self.architecture = architecture
    self.base = base
    self.count = count
    forward = [Int](repeating: 0, count: architecture.edges.count)
    backward = forward
    activityChain = [Int](repeating: 0, count: architecture.nodes.count)
    (errorChain, activity, error) = (activityChain, activityChain, activityChain)
    order = try architecture.topologicalOrder()
    try placeActivity(0)
  }

  private var spent: Int {
    architecture.nodes.indices.reduce(0) {
      $0 + architecture.nodes[$1].width * (activityChain[$1] + errorChain[$1])
    }
  }

  /// All delays of the edges into the node at this position of the order.
  private mutating func placeActivity(_ position: Int) throws {
    guard position < order.count else { return try placeError(order.count - 1) }
    let node = order[position]
    guard !architecture.nodes[node].isInput else { return try placeActivity(position + 1) }
    try delayActivity(architecture.incoming[node][...], into: node, position, arrival: nil)
  }

  private mutating func delayActivity(_ edges: ArraySlice<Int>, into node: Int, _ position: Int, arrival: Int?) throws {
    guard let edge = edges.first else {
      activity[node] = (arrival ?? 0) + base.activationDelay[node]
      return try placeActivity(position + 1)
    }
    let source = architecture.edges[edge].source
    let kept = activityChain[source]
    for delay in 0...count {
      let lag = activity[source] + base.forwardLatency[edge] + delay
      if let arrival, arrival != lag { continue }
      activityChain[source] = max(kept, delay)
      guard spent <= count else { break }
      forward[edge] = delay
      try delayActivity(edges.dropFirst(), into: node, position, arrival: lag)
    }
    activityChain[source] = kept
  }

  /// All delays of the errors into the node at this position, and the taps that follow from its lag.
  private mutating func placeError(_ position: Int) throws {
    guard position >= 0 else { return try finish() }
    let node = order[position]
    let kept = (activityChain, errorChain)
    defer { (activityChain, errorChain) = kept }
    guard !architecture.nodes[node].isInput else { return try placeError(position - 1) }
    if architecture.isOutput(node) {
      // Outputs here have no successors: the error may wait any number of ticks.
      for wait in 0...count {
        (activityChain, errorChain) = kept
        error[node] = (base.errorSource == .closed ? activity[node] : 0) + wait
        if base.errorSource == .closed { activityChain[node] = max(activityChain[node], wait) }
        try tapProducts(node, position)
        if base.errorSource == .closed, spent > count { break }
      }
      return
    }
    try delayErrors(architecture.outgoing[node][...], from: node, position, arrival: nil)
  }

  private mutating func delayErrors(_ edges: ArraySlice<Int>, from node: Int, _ position: Int, arrival: Int?) throws {
    guard let edge = edges.first else {
      let kept = activityChain
      error[node] = arrival ?? 0
      let memory = error[node] - (activity[node] - base.activationDelay[node])
      guard memory >= 0 else { return }
      activityChain[node] = max(kept[node], memory - base.activationDelay[node])
      try tapProducts(node, position)
      activityChain = kept
      return
    }
    let target = architecture.edges[edge].target
    let kept = errorChain[target]
    for delay in 0...count {
      let lag = error[target] + base.backwardLatency[edge] + delay
      if let arrival, arrival != lag { continue }
      errorChain[target] = max(kept, delay)
      guard spent <= count else { break }
      backward[edge] = delay
      try delayErrors(edges.dropFirst(), from: node, position, arrival: lag)
    }
    errorChain[target] = kept
  }

  /// The products of the edges into a node: one of the two signals waits for the other.
  private mutating func tapProducts(_ node: Int, _ position: Int) throws {
    let kept = (activityChain, errorChain)
    defer { (activityChain, errorChain) = kept }
    for edge in architecture.incoming[node] {
      let source = architecture.edges[edge].source
      let gap = error[node] - activity[source]
      activityChain[source] = max(activityChain[source], gap)
      errorChain[node] = max(errorChain[node], -gap)
    }
    guard spent <= count else { return }
    try placeError(position - 1)
  }

  private mutating func finish() throws {
    tried += 1
    guard spent < least ?? Int.max else { return }
    var schedule = base
    var memory = [Int](repeating: 0, count: architecture.nodes.count)
    for (index, edge) in architecture.edges.enumerated() {
      schedule.forwardLatency[index] += forward[index]
      schedule.backwardLatency[index] += backward[index]
      schedule.inputMemory[index] = max(error[edge.target] - activity[edge.source], 0)
      schedule.errorMemory[index] = max(activity[edge.source] - error[edge.target], 0)
    }
    for (index, node) in architecture.nodes.enumerated() where !node.isInput {
      memory[index] = max(error[index] - activity[index] + base.activationDelay[index], 0)
      schedule.outputMemory[index] = error[index] - activity[index]
      schedule.residualSlopeMemory[index] = error[index] - activity[index] + base.activationDelay[index]
      schedule.targetLag[index] = error[index]
    }
    schedule.slopeSource = .memory(memory)
    let timing = try TimingAnalysis(architecture, schedule)
    guard timing.edges.allSatisfy({ $0.isSynchronous && $0.causal }) else { return }
    least = spent
  }
}
