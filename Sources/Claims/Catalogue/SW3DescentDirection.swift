import ExactArithmetic
import Networks
import Waves

extension PublishedClaim {
  static let descentDirection = PublishedClaim(
    id: "SW3", paper: sidewaysPaper, source: "on training by pseudo-gradients",
    statement: "Following the pseudo-gradient descends: its mean over a stream points along the mean gradient.",
    hypotheses: ["chain of depth L, aligned targets, weights frozen", "σ affine", "any periodic stream"]
  ) { setting in
    var parts: [ClaimPart] = []
    var witness: ClaimWitness?
    // One tone of period P: input and error of layer 1 lie 2(L − 1) frames apart.
    for (name, stream) in [
      ("period 4", [1, 0, -1, 0]), ("period 2", [1, -1]), ("period 8", [2, 1, 0, -1, -2, -1, 0, 1]), ("constant", [1]),
    ] as [(String, [Rational])] {
      let (gradient, update) = try means(stream, setting)
      let along = (gradient * update).sign > 0
      if !along, witness == nil {
        witness = ClaimWitness(
          text: "L = 2, l = 1, σ = identity, w = (1, 1), y = 0, x = "
            + stream.map(\.description).joined(separator: ", ")
            + " repeated: over a period the gradient has mean \(gradient), "
            + "the pseudo-gradient \(update)")
      }
      parts.append(
        ClaimPart(
          "L = 2, x of \(name)", along ? .proved : .refuted,
          "mean gradient \(gradient), mean pseudo-gradient \(update)", witness: along ? nil : witness))
    }
    let failed = parts.first { $0.verdict == .refuted }
    return ClaimOutcome(
      failed?.verdict ?? .undecided, reasons: [.refuted: "exact runs over whole periods, after the fill"],
      witness: failed?.witness, parts: parts)
  }

  private static func means(
    _ period: [Rational], _ setting: ClaimSetting
  ) throws -> (gradient: Rational, update: Rational) {
    let network = try ClaimNetworks.unitChain(.identity, depth: 2)
    let schedule = try setting.siblingMachine(.sideways, network.architecture)
    let ticks = 8 + 2 * period.count
    let run = ExactRun(
      network, schedule, ClaimNetworks.stream((0..<ticks).map { period[$0 % period.count] }, target: 0))
    var sums: (Rational, Rational) = (0, 0)
    for tick in (ticks - period.count)..<ticks {
      sums.0 = try sums.0 + run.gradient(0, of: tick)[0, 0]
      sums.1 = try sums.1 + run.update(0, at: tick)[0, 0]
    }
    return (sums.0 / Rational(period.count), sums.1 / Rational(period.count))
  }
}
