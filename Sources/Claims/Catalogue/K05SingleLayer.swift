import ExactArithmetic
import Networks
import Waves

extension PublishedClaim {
  static let singleLayer = PublishedClaim(
    id: "K5", source: "after equation (6)",
    statement: "Synchronization takes place for L = 1, a trivial case in which there is no wave propagation.",
    hypotheses: ["L = 1", "error open"]
  ) { setting in
    var parts: [ClaimPart] = []
    for reading in Reading.all {
      if try BothRoads(depth: 1, reading, setting).isExactAtMiddle {
        parts.append(ClaimPart(reading.description, .proved, "the update is the gradient of frame t"))
        continue
      }
      let witness = try ClaimSearch(depth: 1, reading, setting).middleLayerWitness()
      parts.append(
        ClaimPart(
          reading.description, witness == nil ? .undecided : .refuted, "input and error belong to different frames",
          witness: witness))
    }
    let asked = zip(Reading.all, parts).filter { $0.0.error == .open }.map(\.1)
    let failed = asked.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "all lags are 0, for all weights, widths, inputs, targets and σ (theorem 1); confirmed by an exact run. "
          + "The readings with a closed error lie outside the hypotheses and are listed for comparison"
      ], witness: failed?.witness, parts: parts)
  }
}
