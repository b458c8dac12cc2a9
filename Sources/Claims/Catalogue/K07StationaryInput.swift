import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let stationaryInput = PublishedClaim(
    id: "K7", source: "figures 1 and 2 B",
    statement: "When input and supervision are kept constant, the updates of all layers are the gradient, once the "
      + "waves have filled the network.",
    hypotheses: ["chain of depth L, weights frozen", "any σ, any slope, any error", "any state at the start"]
  ) { setting in
    var parts: [ClaimPart] = []
    for reading in Reading.all {
      let fills = try setting.depths.map { try fill(depth: $0, reading, setting) }
      let late = fills.first { $0.late != nil }?.late ?? nil
      parts.append(
        ClaimPart(
          reading.description, late == nil ? .proved : .refuted,
          "exact in every layer from tick "
            + fills.map { String($0.fill) }.joined(separator: ", ") + " on, and in none of them before its own "
            + "greatest lag (\(setting.extent))", witness: late))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved: "from the greatest lag on every factor sees the one frame, for all weights, widths and σ (theorem 4); "
          + "exact runs that jump from one frame to a constant other one confirm it layer by layer, \(setting.extent)"
      ], witness: failed?.witness, parts: parts)
  }

  /// The fill of a chain after a jump at tick 1; `late` is an instance that is still wrong after it.
  ///
  /// - Throws: `ReadingSurvey.Disagreement` when a layer's first exact tick is not its greatest lag.
  private static func fill(
    depth: Int, _ reading: Reading, _ setting: ClaimSetting
  ) throws -> (fill: Int, late: ClaimWitness?) {
    let network = try ClaimNetworks.genericChain(depth: depth)
    let chain = try ClaimNetworks.anyChain(depth: depth)
    let timing = try TimingAnalysis(chain, setting.calculus(chain, reading))
    let ticks = 2 * depth + 6
    let generic = ClaimNetworks.genericStream(network, ticks: 2)
    func jump(_ series: [Vector<Rational>]) -> [Vector<Rational>] { (0..<ticks).map { series[$0 == 0 ? 0 : 1] } }
    let run = try ExactRun(
      network, setting.machine(network.architecture, reading),
      FrameStream(uncheckedInputs: generic.inputs.map(jump), targets: generic.targets.map(jump)))
    for edge in timing.edges {
      let wrong = try (1..<ticks).filter { try run.update(edge.edge, at: $0) != run.gradient(edge.edge, of: 1) }
      let first = (wrong.last ?? 0) + 1
      if first >= ticks {
        return (timing.fill, ClaimWitness(try run.instance(edge.edge, at: ticks - 1), head: "L = \(depth)"))
      }
      let greatest = max(edge.allLags.maximum ?? 0, 0)
      guard first == greatest + 1 else {
        throw ReadingSurvey.Disagreement(
          description: "L = \(depth), \(reading), layer \(edge.layer): constant from tick 1, exact from tick \(first); "
            + "the greatest lag is \(greatest)")
      }
    }
    return (timing.fill, nil)
  }
}
