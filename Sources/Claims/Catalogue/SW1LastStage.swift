import Networks
import Timing
import Waves

extension PublishedClaim {
  static let sidewaysPaper = "Malinowski et al., Sideways (arXiv 2001.06232)"

  static let lastStage = PublishedClaim(
    id: "SW1", paper: sidewaysPaper, source: "its pseudo-gradients, as a schedule",
    statement: "The last module gets exact gradients; in the others input and error lie 2(L − l) frames apart.",
    hypotheses: ["chain of depth L, weights frozen", "aligned targets", "σ any"]
  ) { setting in
    var wrong: [String] = []
    var witness: ClaimWitness?
    for depth in setting.depths {
      let chain = try ClaimNetworks.anyChain(depth: depth)
      let network = try ClaimNetworks.genericChain(depth: depth)
      let roads = try BothRoads(
        timing: TimingAnalysis(chain, setting.siblingCalculus(.sideways, chain)),
        schedule: setting.siblingMachine(.sideways, network.architecture), network)
      try CarriedFrames.confirm(roads.timing, .opaque("σ")) { try setting.siblingMachine(.sideways, $0) }
      let mismatches = roads.timing.edges.map(\.mismatch)
      if roads.timing.synchronous.map(\.layer) != [depth] || mismatches != (1...depth).map({ 2 * (depth - $0) }) {
        wrong.append("L = \(depth): exact layers \(roads.exactLayers), mismatches \(mismatches.map { $0 ?? 0 })")
      }
      if depth == 2, witness == nil { witness = try firstModule(setting) }
    }
    let parts = [
      ClaimPart(
        "exact at l = L only, mismatch 2(L − l)", wrong.isEmpty ? .proved : .refuted,
        wrong.first ?? "every layer of \(setting.extent)", witness: wrong.first.map { ClaimWitness(text: $0) }),
      ClaimPart(
        "every module gets exact gradients (not claimed)", witness == nil ? .undecided : .refuted,
        "the first of two modules does not", witness: witness),
    ]
    return ClaimOutcome(
      parts[0].verdict,
      reasons: [
        .proved:
          "lag calculus for all weights and σ; generic exact runs find the same delays and no others, and the machine on sets of "
          + "frames the same mismatches, \(setting.extent)"
      ], witness: parts[0].witness, parts: parts)
  }

  private static func firstModule(_ setting: ClaimSetting) throws -> ClaimWitness? {
    let network = try ClaimNetworks.unitChain(.identity, depth: 2)
    let schedule = try setting.siblingMachine(.sideways, network.architecture)
    for ticks in 1...6 {
      for pulse in 0..<ticks {
        let stream = ClaimNetworks.stream((0..<ticks).map { $0 == pulse ? 1 : 0 }, target: 1)
        let run = try ExactRun(network, schedule, stream).instance(0, at: ticks - 1)
        if run.differsFromEveryFrame { return ClaimWitness(run, head: "L = 2, l = 1, σ = identity, W = 1") }
      }
    }
    return nil
  }
}
