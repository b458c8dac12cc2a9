import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let slownessNeeded = PublishedClaim(
    id: "K9", source: "section 2, after equation (6)",
    statement: "Good synchronization requires that the input is nearly constant over τ_s = (L−1)Δt.",
    hypotheses: ["chain of odd depth L", "error open", "slope frame-consistent"]
  ) { setting in
    var exact: [Int] = []
    var other: [Int] = []
    for depth in setting.depths {
      if try isExact(depth: depth, period: 2, setting) { exact.append(depth) } else { other.append(depth) }
    }
    let odd = setting.oddDepths
    func list(_ depths: [Int]) -> String { depths.isEmpty ? "none" : depths.map(String.init).joined(separator: ", ") }
    let depth = 3
    let refutes = exact.contains(depth)
    let witness = refutes ? try alternating(depth: depth, setting) : nil
    let against = try ClaimSearch(depth: 2, Reading(), setting).witness(.identity, layer: 1, [0, 1, 0, 1], target: 1)
    let parts = [
      ClaimPart(
        "inputs of period 2, odd L: every layer exact", odd.allSatisfy(exact.contains) ? .proved : .undecided,
        "at L = \(list(exact.filter { odd.contains($0) })), at every tick, however far two frames lie apart"),
      ClaimPart(
        "inputs of period 2, even L: every layer exact",
        other.isEmpty ? .proved : against == nil ? .undecided : .refuted,
        "not so at L = \(list(other)): an odd mismatch meets the other frame", witness: against),
    ]
    return ClaimOutcome(
      witness == nil ? .undecided : .refuted,
      reasons: [
        .refuted:
          "lags modulo 2, for all weights, widths and σ (theorem 5); exact runs of generic chains on generic inputs of "
          + "period 2 agree in every layer, \(setting.extent). Near constancy is sufficient, not necessary"
      ], witness: witness, parts: parts)
  }

  /// Whether all layers are exact on inputs of a period, by lags modulo it and by a run; these must agree.
  private static func isExact(depth: Int, period: Int, _ setting: ClaimSetting) throws -> Bool {
    let chain = try ClaimNetworks.anyChain(depth: depth)
    let timing = try TimingAnalysis(chain, setting.calculus(chain, Reading()), period: period)
    let network = try ClaimNetworks.genericChain(depth: depth)
    let start = 2 * depth + 2
    let run = try ExactRun(
      network, setting.machine(network.architecture, Reading()),
      ClaimNetworks.genericStream(network, ticks: start + 2 * period, period: period))
    var all = true
    for edge in timing.edges {
      let found = try run.delays(of: edge.edge, at: start..<(start + 2 * period), greatest: period - 1)
      guard found == (edge.delay.map { [$0] } ?? []) else {
        throw ReadingSurvey.Disagreement(
          description: "L = \(depth), period \(period), layer \(edge.layer): residues "
            + "\(edge.allLags.reduced(modulo: period).values) by the calculus, \(found) by exact runs")
      }
      all = all && edge.isSynchronous
    }
    return all
  }

  /// The instance: 1, 2, 1, 2, … on the chain of weights 1, exact in every layer although the input jumps at every tick.
  private static func alternating(depth: Int, _ setting: ClaimSetting) throws -> ClaimWitness? {
    let network = try ClaimNetworks.unitChain(.quadratic, depth: depth)
    let ticks = 2 * depth + 4
    let run = try ExactRun(
      network, setting.machine(network.architecture, Reading()),
      ClaimNetworks.stream((0..<ticks).map { Rational($0 % 2 + 1) }, target: 0))
    var values: [String] = []
    for edge in 0..<depth {
      for tick in (ticks - 2)..<ticks {
        let update = try run.update(edge, at: tick)
        let gradients = try (0..<2).map { try run.gradient(edge, of: $0) }
        guard gradients.contains(update) else { return nil }
        values.append(update[0, 0].description)
      }
    }
    return ClaimWitness(
      text: "L = \(depth), σ = quadratic, W = 1, u = 1, 2, 1, 2, …, target 0: every layer's update is the gradient of "
        + "frame 0 or 1 at every tick from \(ticks - 2) on (layer by layer, two ticks each: "
        + "\(values.joined(separator: ", "))), while |u_{t+1} − u_t| = 1 always")
  }
}
