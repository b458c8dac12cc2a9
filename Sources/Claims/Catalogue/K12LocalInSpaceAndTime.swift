import Networks
import Timing
import Waves

extension PublishedClaim {
  static let localInSpaceAndTime = PublishedClaim(
    id: "K12", source: "section 3",
    statement: "The diffusion process is fully local in space and time.",
    hypotheses: [
      "the reading under which equation (6) holds (slope frame-consistent, error open), σ not affine, odd L",
      "local in time: a factor is read no earlier than its drive exists at its node",
    ]
  ) { setting in
    var parts: [ClaimPart] = []
    for (reading, note) in [
      (Reading(), "equation (6) holds (K2)"),
      (Reading(slope: .drive), "equation (6) holds up to L = 3 only (K3)"),
      (Reading(slope: .emitted, error: .closed), "but no layer is exact at any L (K4)"),
    ] {
      let error = try locality(reading, setting, \.errorCausal) { try LocalityRun($0, reading, setting).error() }
      parts.append(part("output error, \(reading)", error, note))
      let slopes = try locality(reading, setting, \.causal) { try LocalityRun($0, reading, setting).slope() }
      parts.append(part("slopes, \(reading)", slopes, note))
    }
    let failed = parts.prefix(2).first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "causality of the lags at l_s, for all weights and every non-affine σ; and pairs of exact runs that agree in "
          + "everything the node has seen, but not in its δ; odd L from \(setting.extent)"
      ], witness: failed?.witness, parts: parts)
  }

  private struct Locality {
    var local: [Int] = []
    var early: [(depth: Int, need: String, witness: ClaimWitness?)] = []
  }

  /// The odd depths at which l_s reads nothing too early, by lags and by pairs of runs, which must agree.
  private static func locality(
    _ reading: Reading, _ setting: ClaimSetting, _ property: KeyPath<EdgeTiming, Bool>,
    pair: (Int) throws -> ClaimWitness?
  ) throws -> Locality {
    var result = Locality()
    for depth in setting.oddDepths {
      let chain = try ClaimNetworks.anyChain(depth: depth)
      let timing = try TimingAnalysis(chain, setting.calculus(chain, reading))
      let middle = (depth - 1) / 2
      let witness = try pair(depth)
      guard timing.edges[middle][keyPath: property] == (witness == nil) else {
        throw ReadingSurvey.Disagreement(
          description:
            "L = \(depth), \(reading): the lags \(witness == nil ? "read something too early" : "are causal"), "
            + "the pair of runs says otherwise")
      }
      if witness == nil {
        result.local.append(depth)
      } else {
        let kind = property == \EdgeTiming.causal ? "σ′" : "the error"
        let needs = timing.needs(of: middle).filter { $0.contains(kind) }
        result.early.append((depth, needs.joined(separator: ", "), witness))
      }
    }
    return result
  }

  private static func part(_ name: String, _ locality: Locality, _ note: String) -> ClaimPart {
    let local = locality.local.map(String.init).joined(separator: ", ")
    guard let first = locality.early.first else { return ClaimPart(name, .proved, "local at L = \(local); \(note)") }
    let last = locality.early[locality.early.count - 1]
    return ClaimPart(
      name, .refuted,
      "local at L = \(local.isEmpty ? "none" : local) only; at L = \(last.depth), layer l_s \(last.need); \(note)",
      witness: first.witness)
  }
}
