import Networks
import Timing
import Waves

extension PublishedClaim {
  static let pipelineMemory = PublishedClaim(
    id: "SW4", paper: sidewaysPaper, source: "on memory",
    statement:
      "One activation a layer, L in all, is enough for pseudo-gradients; exact gradients with the same latencies need "
      + "L².",
    hypotheses: ["chain of depth L, f = b = 1", "σ any", "registers on x and δ at the products"]
  ) { setting in
    var wrong: String?
    var totals: [String] = []
    for depth in setting.depths where wrong == nil {
      let least = try leastRegisters(depth, setting)
      totals.append(String(least.reduce(0, +)))
      if least.reduce(0, +) != depth * depth { wrong = "L = \(depth): \(least) registers" }
    }
    let latches = try setting.depths.allSatisfy { depth in
      let chain = try ClaimNetworks.anyChain(depth: depth)
      let schedule = try setting.siblingCalculus(.sideways, chain)
      return schedule.inputMemory == schedule.forwardLatency && schedule.errorMemory.allSatisfy { $0 == 0 }
    }
    let parts = [
      ClaimPart(
        "pseudo-gradients", latches ? .proved : .refuted, "each layer reads the value that its latch holds: L in all",
        witness: latches ? nil : ClaimWitness(text: "the schedule has registers of its own")),
      ClaimPart(
        "exact gradients", wrong == nil ? .proved : .refuted,
        wrong ?? "least numbers at \(setting.extent): " + totals.joined(separator: ", "),
        witness: wrong.map { ClaimWitness(text: $0) }),
    ]
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "layer by layer every pair (p, d) with fewer registers, by the lags; the least schedule is exact in every "
          + "layer by a generic exact run, and with one register less at any layer that layer is not, \(setting.extent)"
      ], witness: failed?.witness, parts: parts)
  }

  /// Values held per layer in the least schedule: (p − f) + d, and the one in the latch.
  private static func leastRegisters(_ depth: Int, _ setting: ClaimSetting) throws -> [Int] {
    let chain = try ClaimNetworks.anyChain(depth: depth)
    let network = try ClaimNetworks.genericChain(depth: depth)
    var schedule = try setting.siblingCalculus(.sideways, chain)
    var executed = try setting.siblingMachine(.sideways, network.architecture)
    let slopes = try RoundTrip(chain, schedule).passedOn.map { $0.single ?? 0 }
    schedule.slopeSource = .memory(slopes)
    executed.slopeSource = .memory(slopes)
    var least: [Int] = []
    for edge in 0..<depth {
      search: for total in 0...(2 * depth + 2) {
        for error in 0...total {
          schedule.inputMemory[edge] = schedule.forwardLatency[edge] + total - error
          schedule.errorMemory[edge] = error
          if try TimingAnalysis(chain, schedule).edges[edge].isSynchronous {
            least.append(total + 1)
            break search
          }
        }
      }
      executed.inputMemory[edge] = schedule.inputMemory[edge]
      executed.errorMemory[edge] = schedule.errorMemory[edge]
    }
    _ = try BothRoads(timing: TimingAnalysis(chain, schedule), schedule: executed, network)
    for edge in 0..<(depth - 1) {
      var fewer = (schedule, executed)
      fewer.0.inputMemory[edge] -= 1
      fewer.1.inputMemory[edge] -= 1
      let roads = try BothRoads(timing: TimingAnalysis(chain, fewer.0), schedule: fewer.1, network)
      if roads.timing.edges[edge].isSynchronous { least[edge] -= 1 }
    }
    return least
  }
}
