import Networks
import Timing
import Waves

extension PublishedClaim {
  static let middleLayerOfOwnError = PublishedClaim(
    id: "BG2", source: "equation (6), with the error computed by the network itself",
    statement: "Some layer is perfectly synchronized.",
    hypotheses: ["chain of any depth L, weights frozen", "error closed or closed-current", "σ any, any slope"]
  ) { setting in
    var parts: [ClaimPart] = []
    for reading in Reading.all where reading.error == .closed || reading.error == .closedCurrent {
      var exact: [String] = []
      for depth in setting.depths {
        let roads = try BothRoads(depth: depth, reading, setting)
        if !roads.timing.synchronous.isEmpty { exact.append("L = \(depth): \(roads.exactLayers)") }
      }
      let witness = exact.isEmpty ? try ClaimSearch(depth: 1, reading, setting).middleLayerWitness() : nil
      parts.append(
        ClaimPart(
          reading.description, exact.isEmpty ? (witness == nil ? .undecided : .refuted) : .proved,
          exact.isEmpty
            ? "no layer at \(setting.extent): input − error lag is 2(L − l) + 1 ticks, an odd number"
            : exact.joined(separator: "; "), witness: witness))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "parity of the mismatch 2(L − l) + 1, at every layer of \(setting.extent), by lags and generic exact runs; "
          + "exact witness at L = 1"
      ], witness: failed?.witness, parts: parts)
  }
}
