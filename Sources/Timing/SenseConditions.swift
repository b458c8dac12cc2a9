import Networks
import Waves

/// Decides exactness per output time and accumulated by round trips, for all weights, inputs and σ.
///
/// At e = (u → v), with RT the round trip and the sets taken over all paths from v to outputs:
/// ```
/// accumulated   p_e − d_e = RT(v) + f_e on every path, and m_k = RT(k) at every node k that passes a wave of e on
/// output time   that, and d_e + n_o + Σ b is one number r: the update of tick t is the gradient of output time t − r
/// ```
/// Slopes of affine activations are constants and do not count; the wave's own σ′ (frame-consistent) always fits. What no
/// input reaches does not change in time and does not count either.
/// Source: docs/theory.md, three senses.
public struct SenseConditions: Sendable {
  public let architecture: Architecture
  public let schedule: Schedule
  public let trips: RoundTrip
  private let forward: ForwardLags

  /// - Throws: `NetworkError` naming a cycle, or saying that an open error has no output time.
  public init(_ architecture: Architecture, _ schedule: Schedule) throws(NetworkError) {
    self.architecture = architecture
    self.schedule = schedule
    trips = try RoundTrip(architecture, schedule)
    forward = try ForwardLags(architecture, schedule)
  }

  /// Why an edge is not exact in the sense, one sentence for each condition that fails; none means exact.
  public func failures(of edge: Int, in sense: ExactnessSense) -> [String] {
    precondition(sense == .outputTime || sense == .accumulated, "frames are TimingAnalysis's")
    let ends = architecture.edges[edge]
    guard !trips.total[ends.target].isEmpty else { return [] }
    var failures: [String] = []
    let (input, error) = (schedule.inputMemory[edge], schedule.errorMemory[edge])
    let needed = trips.total[ends.target].shifted(by: schedule.forwardLatency[edge] + error)
    if !forward.activity[ends.source].isEmpty, needed.single != input {
      failures.append(
        "x of \(architecture.nodes[ends.source].name) is read \(Self.ticks(Lags(input))) old, but its errors come "
          + "back after \(Self.ticks(needed))")
    }
    failures += slopeFailures(below: ends.target)
    let times = trips.back[ends.target].shifted(by: error)
    if sense == .outputTime, times.single == nil {
      failures.append("one update mixes errors of output times \(Self.ticks(times)) old")
    }
    return failures
  }

  /// r: the update of tick t is the gradient of output time t − r; `nil` where it mixes several.
  public func outputAge(of edge: Int) -> Int? {
    trips.back[architecture.edges[edge].target].shifted(by: schedule.errorMemory[edge]).single
  }

  private func slopeFailures(below start: Int) -> [String] {
    var seen = Set<Int>()
    var open = [start]
    var failures: [(node: Int, text: String)] = []
    while let node = open.popLast() {
      guard seen.insert(node).inserted, !trips.total[node].isEmpty else { continue }
      open += architecture.outgoing[node].map { architecture.edges[$0].target }
      guard !architecture.nodes[node].activation.isAffine, !forward.drive[node].isEmpty else { continue }
      let name = architecture.nodes[node].name
      if case .memory(let memory) = schedule.slopeSource, !trips.passedOn[node].isEmpty,
        trips.passedOn[node].single != memory[node]
      {
        failures.append(
          (
            node,
            "σ′ of \(name) is read \(Self.ticks(Lags(memory[node]))) old, but its waves come back after "
              + Self.ticks(trips.passedOn[node])
          ))
      }
      let own = schedule.outputMemory[node] + schedule.activationDelay[node]
      if architecture.isOutput(node), schedule.residualSlopeMemory[node] != own {
        failures.append(
          (
            node,
            "σ′ of output \(name) is read \(Self.ticks(Lags(schedule.residualSlopeMemory[node]))) old, its residual "
              + "belongs to the drive of \(Self.ticks(Lags(own)))"
          ))
      }
    }
    return failures.sorted { $0.node < $1.node }.map(\.text)
  }

  /// `3 ticks`, `2, 4 ticks`.
  private static func ticks(_ lags: Lags) -> String {
    let text = lags.values.map(String.init).joined(separator: ", ")
    return lags.single == 1 ? "1 tick" : text + " ticks"
  }
}
