import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let closedLoop = PublishedClaim(
    id: "K4", source: "equation (6), with the error computed by the network itself",
    statement: "If L is odd, the update of layer l_s = (L+1)/2 is the gradient, delayed by (L−1)/2 ticks.",
    hypotheses: [
      "chain of odd depth L, weights frozen while waves are in flight",
      "δ_{t,L} is computed from the network's own output (error closed, closed-current or closed-drive)",
      "any σ, any place where σ′ is read",
    ]
  ) { setting in
    var parts: [ClaimPart] = []
    for reading in Reading.all where reading.error != .open {
      var holds: [Int] = []
      var layers: Set<String> = []
      var witness: ClaimWitness?
      for depth in setting.depths {
        let roads = try BothRoads(depth: depth, reading, setting)
        for edge in roads.timing.synchronous { layers.insert(layerName(edge, depth: depth)) }
        guard depth % 2 == 1 else { continue }
        if roads.isExactAtMiddle {
          holds.append(depth)
        } else if witness == nil {
          witness = try ClaimSearch(depth: depth, reading, setting).middleLayerWitness()
        }
      }
      let exact = layers.isEmpty ? "no layer is exact at any L" : "exact: " + layers.sorted().joined(separator: ", ")
      let middle = holds.isEmpty ? "" : "; this is l_s at L = \(holds.map(String.init).joined(separator: ", "))"
      let verdict: ClaimVerdict =
        holds.count == setting.oddDepths.count ? .proved : witness == nil ? .undecided : .refuted
      parts.append(ClaimPart(reading.description, verdict, exact + middle, witness: witness))
    }
    let failed = parts.first { $0.verdict == .refuted } ?? parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted: "exact witness; lag calculus and generic exact runs agree at every layer, \(setting.extent)"
      ], witness: failed?.witness, parts: parts)
  }

  private static func layerName(_ edge: EdgeTiming, depth: Int) -> String {
    edge.layer == depth ? "the output layer l = L (the delta rule, no wave)" : "L = \(depth), l = \(edge.layer)"
  }
}
