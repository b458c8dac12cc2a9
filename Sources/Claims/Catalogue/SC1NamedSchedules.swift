import Networks
import Timing
import Waves

extension PublishedClaim {
  static let namedSchedules = PublishedClaim(
    id: "SC1", paper: "Betti & Gori; Sideways; PARTIME; Generalized Latent Equilibrium; PipeDream",
    source: "as schedules of one calculus (docs/formats.md)",
    statement:
      "On a chain of L layers the lags, exact layers, windows and memories of these schedules are closed forms "
      + "in L and l.",
    hypotheses: [
      "chain of unit delays, weights frozen", "Sideways, PARTIME, GLE and PipeDream as the integers of docs/formats.md",
    ]
  ) { setting in
    var parts: [ClaimPart] = []
    for form in ChainForm.all {
      let difference = try setting.depths.lazy.compactMap { try form.difference(at: $0, setting) }.first
      let windows = setting.depths.map { String(form.window($0)) }.joined(separator: ", ")
      parts.append(
        ClaimPart(
          form.name, difference == nil ? .proved : .refuted,
          difference ?? "lags, exact layers and memory as stated at \(setting.extent); windows \(windows)",
          witness: difference.map { ClaimWitness(text: $0) }))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "lag calculus for all weights and σ, layer by layer; the machine on sets of frames carries the same "
          + "lags, and generic exact runs find the same exact layers and "
          + "delays and no others, \(setting.extent)"
      ], witness: failed?.witness, parts: parts)
  }
}
