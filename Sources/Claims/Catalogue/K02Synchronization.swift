import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let synchronization = PublishedClaim(
    id: "K2", source: "equation (6)",
    statement: "If L is odd, the update of layer l_s = (L+1)/2 is the gradient, delayed by (L−1)/2 ticks.",
    hypotheses: [
      "chain of odd depth L, weights frozen while waves are in flight",
      "the static output delta of frame t enters at tick t (error open)",
      "σ′ belongs to the wave's own frame (slope frame-consistent), or σ is affine",
    ]
  ) { setting in
    var parts: [ClaimPart] = [
      try middleLayer("any σ, slope frame-consistent", Reading(), activation: nil, setting)
    ]
    for slope in Slope.allCases where slope != .frameConsistent {
      parts.append(
        try middleLayer("affine σ, slope \(slope.rawValue)", Reading(slope: slope), activation: .identity, setting))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved: "all lags are (L−1)/2, for all weights, widths, inputs and targets (theorem 1); exact runs on generic "
          + "chains find this delay and no other; L = \(setting.oddDepths.map(String.init).joined(separator: ", "))"
      ], witness: failed?.witness, parts: parts)
  }

  /// Whether l_s is exact at every odd depth, for any σ (`nil`) or for a given one.
  private static func middleLayer(
    _ name: String, _ reading: Reading, activation: Activation?, _ setting: ClaimSetting
  ) throws -> ClaimPart {
    var failure: (depth: Int, witness: ClaimWitness?)?
    for depth in setting.oddDepths where failure == nil {
      let roads: BothRoads
      if let activation {
        let network = try ClaimNetworks.unitChain(activation, depth: depth)
        roads = try BothRoads(
          timing: TimingAnalysis(network.architecture, setting.calculus(network.architecture, reading)),
          schedule: setting.machine(network.architecture, reading), network)
      } else {
        roads = try BothRoads(depth: depth, reading, setting)
      }
      guard !roads.isExactAtMiddle else { continue }
      failure = (depth, try ClaimSearch(depth: depth, reading, setting).middleLayerWitness())
    }
    return ClaimPart(
      name, failure == nil ? .proved : failure?.witness == nil ? .undecided : .refuted,
      failure == nil
        ? "layer (L+1)/2 is exact with delay (L−1)/2 at L = \(setting.oddDepths.map(String.init).joined(separator: ", "))"
        : "layer (L+1)/2 is not the gradient of frame t − (L−1)/2 at L = \(failure?.depth ?? 0)",
      witness: failure?.witness)
  }
}
