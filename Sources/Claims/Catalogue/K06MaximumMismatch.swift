import Networks
import Timing
import Waves

extension PublishedClaim {
  static let maximumMismatch = PublishedClaim(
    id: "K6", source: "section 2, after equation (6)",
    statement:
      "The maximum mismatch between l − 1 and L − l is L − 1: τ_s = (L−1)Δt is the window over which the input "
      + "must stand still.",
    hypotheses: ["chain of depth L", "error open", "slope frame-consistent"]
  ) { setting in
    var parts: [ClaimPart] = []
    for reading in Reading.all {
      let windows = try setting.depths.map { try window(depth: $0, reading, setting) }
      let differs = zip(setting.depths, windows).first { $0.1 != $0.0 - 1 }
      let listed = windows.map(String.init).joined(separator: ", ")
      let finding = "window in ticks for \(setting.extent): \(listed)" + law(windows, setting)
      parts.append(
        ClaimPart(
          reading.description, differs == nil ? .proved : .refuted, finding,
          witness: differs.map { depth, window in
            ClaimWitness(
              text: "L = \(depth): the frames of one update lie \(window) ticks apart, not L − 1 = \(depth - 1)")
          }))
    }
    let asked = parts[0]
    return ClaimOutcome(
      asked.verdict,
      reasons: [
        .proved: "greatest spread of all lags, for all weights and every non-affine σ; the tick machine run on sets of "
          + "frames finds the same, \(setting.extent). Other readings lie outside the hypotheses and are listed for "
          + "comparison"
      ], witness: asked.witness, parts: parts)
  }

  /// The greatest spread by the calculus and by the machine on sets of frames, which must agree.
  private static func window(depth: Int, _ reading: Reading, _ setting: ClaimSetting) throws -> Int {
    let chain = try ClaimNetworks.anyChain(depth: depth)
    let timing = try TimingAnalysis(chain, setting.calculus(chain, reading))
    let tick = 4 * depth + 4
    let carried = try CarriedFrames(depth: depth, reading, ticks: tick + 2, setting)
    for edge in timing.edges {
      let spread = try carried.spread(of: edge.layer, at: tick)
      guard spread == edge.spread else {
        throw ReadingSurvey.Disagreement(
          description:
            "L = \(depth), \(reading), layer \(edge.layer): spread \(edge.spread) by the calculus, \(spread) "
            + "by the machine on sets of frames")
      }
    }
    return timing.window
  }

  /// The formula in L that all the numbers from some depth on obey, when it is one of the theory's.
  private static func law(_ windows: [Int], _ setting: ClaimSetting) -> String {
    for (factor, constant) in [(1, -1), (2, -3), (2, -2), (2, -1), (2, -4), (2, 0)] {
      for start in 1...3 {
        let rest = zip(setting.depths, windows).filter { $0.0 >= start }
        guard rest.allSatisfy({ $0.1 == factor * $0.0 + constant }) else { continue }
        let formula = "\(factor == 1 ? "" : "\(factor)")L" + (constant == 0 ? "" : " − \(-constant)")
        return ": \(formula)" + (start == 1 ? "" : " from L = \(start) on")
      }
    }
    return ""
  }
}
