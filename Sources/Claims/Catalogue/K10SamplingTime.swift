import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let samplingTime = PublishedClaim(
    id: "K10", source: "last formula of section 2",
    statement: "A stream of f_v frames per second must be computed with time intervals bounded by "
      + "Δt = τ_s/(L−1) = f_v/(L−1).",
    hypotheses: ["chain of depth L", "τ_s = (L−1)Δt a time, f_v frames per second"]
  ) { setting in
    var parts = [unitsPart(), try intended(setting)]
    for reading in [Reading(), Reading(slope: .emitted), Reading(slope: .emitted, error: .closed)] {
      parts.append(try corrected(reading, setting))
    }
    let failed = parts.first { $0.verdict == .refuted }
    return ClaimOutcome(
      failed?.verdict ?? .undecided,
      reasons: [
        .refuted:
          "units, and counts of exact ticks per frame: max(0, N − spread) for a frame held N ticks (theorem 6), "
          + "confirmed by exact runs of generic chains, \(setting.extent)"
      ], witness: failed?.witness, parts: parts)
  }

  /// Exponents of the second on both sides of τ_s/(L−1) = f_v/(L−1).
  private static func unitsPart() -> ClaimPart {
    let (time, depth, rate) = (Unit(seconds: 1), Unit(seconds: 0), Unit(seconds: -1))
    let (left, right, meant) = (time / depth, rate / depth, depth / (rate * depth))
    guard left != right else { return ClaimPart("as printed: units", .undecided, "the units agree") }
    let (perSecond, perMinute, steps) = (25 as Rational, 1500 as Rational, 8 as Rational)
    return ClaimPart(
      "as printed: units", .refuted,
      "τ_s/(L−1) is in s^\(left.seconds), f_v/(L−1) in s^\(right.seconds); 1/(f_v (L−1)) is in s^\(meant.seconds) and may "
        + "be what is meant",
      witness: ClaimWitness(
        text:
          "f_v = \(perSecond) per second = \(perMinute) per minute, L = 9: f_v/(L−1) is \(perSecond / steps) per second = "
          + "\(perMinute / steps) per minute, which is no time; 1/(f_v (L−1)) is \(1 / (perSecond * steps)) s = "
          + "\(1 / (perMinute * steps)) min"))
  }

  /// Δt = 1/(f_v (L−1)): every frame is held N = L − 1 ticks.
  private static func intended(_ setting: ClaimSetting) throws -> ClaimPart {
    var without: [String] = []
    for depth in setting.depths where depth > 1 {
      let counts = try exactTicks(depth: depth, hold: depth - 1, Reading(), setting)
      let empty = counts.indices.filter { counts[$0] == 0 }.map { $0 + 1 }
      if !empty.isEmpty { without.append("L = \(depth): l = \(empty.map(String.init).joined(separator: ", "))") }
    }
    let name = "as meant, at Δt = 1/(f_v (L−1)): every layer is exact for a tick of every frame"
    guard let first = without.first else { return ClaimPart(name, .undecided, "every layer has an exact tick") }
    return ClaimPart(
      name, .refuted, "layers without one exact tick per frame: " + without.joined(separator: "; "),
      witness: ClaimWitness(text: "\(first) has no exact tick although every frame is held L − 1 ticks"))
  }

  /// Δt ≤ 1/(f_v (S+1)), S the window: the least hold with an exact tick in every layer.
  private static func corrected(_ reading: Reading, _ setting: ClaimSetting) throws -> ClaimPart {
    var least: [String] = []
    for depth in setting.depths {
      let chain = try ClaimNetworks.anyChain(depth: depth)
      let window = try TimingAnalysis(chain, setting.calculus(chain, reading)).window
      let enough = try exactTicks(depth: depth, hold: window + 1, reading, setting)
      let short = window == 0 ? nil : try exactTicks(depth: depth, hold: window, reading, setting)
      guard !enough.contains(0), short?.contains(0) ?? true else {
        let counts = (short ?? []) + enough
        return ClaimPart(
          "corrected, \(reading)", .refuted, "fails at L = \(depth)",
          witness: ClaimWitness(text: "exact ticks per frame: \(counts.map(String.init).joined(separator: ", "))"))
      }
      least.append(String(window + 1))
    }
    return ClaimPart(
      "corrected: Δt ≤ 1/(f_v (S+1)), S the window; \(reading)", .proved,
      "every layer has an exact tick in every frame from N = S + 1 on and not below; S + 1 = "
        + "\(least.joined(separator: ", ")) for \(setting.extent)")
  }

  /// Exact ticks per held frame, layer by layer; the run must count max(0, N − spread).
  private static func exactTicks(
    depth: Int, hold: Int, _ reading: Reading, _ setting: ClaimSetting
  ) throws -> [Int] {
    let chain = try ClaimNetworks.anyChain(depth: depth)
    let timing = try TimingAnalysis(chain, setting.calculus(chain, reading))
    let network = try ClaimNetworks.genericChain(depth: depth)
    let counts = try HeldFrames(network, setting.machine(network.architecture, reading), hold: hold).exactTicks()
    for (edge, count) in zip(timing.edges, counts) where count != max(0, hold - edge.spread) {
      throw ReadingSurvey.Disagreement(
        description:
          "L = \(depth), \(reading), layer \(edge.layer), \(hold) ticks per frame: \(count) exact ticks in the "
          + "run, \(max(0, hold - edge.spread)) by the calculus")
    }
    return counts
  }
}

/// A unit of measure: a power of the second.
private struct Unit: Equatable {
  let seconds: Int

  static func * (left: Unit, right: Unit) -> Unit { Unit(seconds: left.seconds + right.seconds) }
  static func / (left: Unit, right: Unit) -> Unit { Unit(seconds: left.seconds - right.seconds) }
}
