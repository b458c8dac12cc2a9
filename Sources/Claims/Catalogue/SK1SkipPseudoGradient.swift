import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let skipPseudoGradient = PublishedClaim(
    id: "SK1", paper: "Malinowski et al., Gradient Forward-Propagation (Skip-Sideways, arXiv 2106.08318)",
    source: "its skip connections, as a schedule",
    statement:
      "With registers on x and σ′, the updates of a skip network add up to the gradient of what it computes, a "
      + "function of several frames.",
    hypotheses: ["DAG of unit latencies f = b = 1 with skips, weights frozen", "signals of finite length", "σ any"]
  ) { setting in
    var parts: [ClaimPart] = []
    var repaired: ClaimPart?
    for count in 2...4 {
      let graphs = SmallGraphs.all(nodes: count)
      var failing: [(GraphExample, String)] = []
      for example in graphs {
        let run = try SkipRun(example, setting)
        guard let edge = try run.unrepairable() else { continue }
        failing.append((example, edge))
        if repaired == nil { repaired = try run.withBackwardBuffers() }
      }
      parts.append(
        ClaimPart(
          "\(count) nodes", failing.isEmpty ? .proved : .refuted,
          "\(graphs.count - failing.count) of \(graphs.count) graphs have such registers",
          witness: failing.first.map { example, edge in
            ClaimWitness(
              text: "\(example.picture): for no p is \(edge) exact, p = 0…\(SkipRun.most) tried by exact runs")
          }))
    }
    if let repaired { parts.append(repaired) }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "round trips of all graphs of up to 4 nodes; exact runs of a finite signal against backpropagation through "
          + "time on the unrolled network agree, edge by edge"
      ], witness: failed?.witness, parts: parts)
  }
}

/// One small graph under Sideways latencies, with the registers p and m that its round trips ask for.
private struct SkipRun {
  static let most = 8
  let example: GraphExample
  let network: Network
  var schedule: Schedule
  let executed: Schedule

  init(_ example: GraphExample, _ setting: ClaimSetting) throws {
    self.example = example
    network = try ClaimNetworks.genericGraph(name: example.name, nodes: example.nodes, edges: example.edges, width: 1)
    schedule = try setting.siblingCalculus(.sideways, network.architecture)
    executed = try setting.siblingMachine(.sideways, network.architecture)
  }

  /// An edge that no p makes exact, by round trips and by exact runs; `nil` where every edge can be had.
  func unrepairable() throws -> String? {
    let (edges, schedule) = (network.architecture.edges, try repaired(schedule))
    let conditions = try SenseConditions(network.architecture, schedule)
    let failing = edges.indices.filter { !conditions.failures(of: $0, in: .accumulated).isEmpty }
    let wrong = try inexact(with: schedule)
    guard wrong == failing else {
      throw ReadingSurvey.Disagreement(
        description: "\(example.picture): round trips refuse \(failing.map { edges[$0].name }), exact runs "
          + "\(wrong.map { edges[$0].name })")
    }
    guard let edge = failing.first else { return nil }
    var other = schedule
    for memory in 0...Self.most {
      other.inputMemory[edge] = memory
      if try !inexact(with: other).contains(edge) { return nil }
    }
    return edges[edge].name
  }

  /// The same graph with waves held back until all paths from a node return together.
  func withBackwardBuffers() throws -> ClaimPart {
    var held = schedule
    var buffers: [String] = []
    let graph = network.architecture
    var trips = [Int](repeating: 0, count: graph.nodes.count)
    for node in network.order.reversed() {
      func trip(_ edge: Int) -> Int {
        trips[graph.edges[edge].target] + held.forwardLatency[edge] + held.backwardLatency[edge]
      }
      trips[node] = graph.outgoing[node].map(trip).max() ?? 0
      for edge in graph.outgoing[node] where trip(edge) < trips[node] {
        buffers.append("\(graph.edges[edge].name) by \(trips[node] - trip(edge))")
        held.backwardLatency[edge] += trips[node] - trip(edge)
      }
    }
    let wrong = try inexact(with: repaired(held))
    let text = "waves held back: \(buffers.joined(separator: ", "))"
    return ClaimPart(
      "\(example.picture) with backward buffers", wrong.isEmpty ? .proved : .refuted,
      wrong.isEmpty ? text + "; then every edge is exact, and the forward function is as before" : text,
      witness: wrong.isEmpty ? nil : ClaimWitness(text: "still inexact: \(wrong.map { graph.edges[$0].name })"))
  }

  /// p and m as the longest round trip asks.
  private func repaired(_ schedule: Schedule) throws -> Schedule {
    var copy = schedule
    let trips = try RoundTrip(network.architecture, schedule)
    copy.slopeSource = .memory(trips.passedOn.map { $0.maximum ?? 0 })
    for (index, edge) in network.architecture.edges.enumerated() {
      copy.inputMemory[index] = (trips.total[edge.target].maximum ?? 0) + schedule.forwardLatency[index]
    }
    return copy
  }

  /// The edges whose updates do not add up, found by running; the machine's own latencies with these registers.
  private func inexact(with schedule: Schedule) throws -> [Int] {
    var running = executed
    running.inputMemory = schedule.inputMemory
    running.slopeSource = schedule.slopeSource
    if schedule.backwardLatency != self.schedule.backwardLatency { running.backwardLatency = schedule.backwardLatency }
    let timing = try TimingAnalysis(network.architecture, running)
    let trial = try SenseTrial<Rational>(network, timing, .accumulated, in: ExactContext())
    let stream = ClaimNetworks.genericStream(network, ticks: 5)
    return try trial.differences(network.architecture.single(network.architecture.edges.indices), stream, at: 4).keys
      .sorted()
  }
}
