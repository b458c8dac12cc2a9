import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let constantWindow = PublishedClaim(
    id: "BG3", source: "section 2, last paragraph",
    statement: "The updates of all layers are gradients once the input has been constant for L − 1 ticks.",
    hypotheses: ["chain of depth L, weights frozen", "σ any, σ′ read from what the node holds"]
  ) { setting in
    var parts: [ClaimPart] = []
    for reading in [
      Reading(slope: .drive), Reading(slope: .emitted), Reading(slope: .drive, error: .closed),
      Reading(slope: .emitted, error: .closed),
    ] {
      var needed: [Int] = []
      var witness: ClaimWitness?
      for depth in setting.depths {
        let timing = try BothRoads(depth: depth, reading, setting).timing
        needed.append(timing.window)
        if timing.window > depth - 1, witness == nil { witness = try constantWitness(depth, reading, setting) }
      }
      let holds = zip(setting.depths, needed).allSatisfy { $0.1 <= $0.0 - 1 }
      parts.append(
        ClaimPart(
          reading.description, holds ? .proved : witness == nil ? .undecided : .refuted,
          "ticks that the input must stand still, \(setting.extent): "
            + needed.map(String.init).joined(separator: ", "),
          witness: witness))
    }
    let failed = parts.first { $0.verdict == .refuted } ?? parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "spread of the lags, \(setting.extent); runs whose input has stood still for L − 1 ticks and whose update "
          + "is the gradient of no frame"
      ], witness: failed?.witness, parts: parts)
  }

  /// An input that has been constant for L − 1 ticks, L frames, and a layer whose update is still no gradient.
  private static func constantWitness(
    _ depth: Int, _ reading: Reading, _ setting: ClaimSetting
  ) throws -> ClaimWitness? {
    let search = ClaimSearch(depth: depth, reading, setting)
    for layer in 1...depth {
      for activation in [Activation.identity, .quadratic] {
        for early in 1...(2 * depth) {
          for target in [1, 0] as [Rational] {
            for (before, after) in [(0, 1), (1, 2)] as [(Rational, Rational)] {
              let inputs = [Rational](repeating: before, count: early) + [Rational](repeating: after, count: depth)
              if let found = try search.witness(activation, layer: layer, inputs, target: target) { return found }
            }
          }
        }
      }
    }
    return nil
  }
}
