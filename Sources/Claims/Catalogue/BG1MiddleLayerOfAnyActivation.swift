import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let middleLayerOfAnyActivation = PublishedClaim(
    id: "BG1", source: "equation (6), for nodes that read σ′ from what they hold",
    statement:
      "If L is odd, layer l_s = (L+1)/2 is perfectly synchronized with delay (L−1)/2; the greatest mismatch is L − 1.",
    hypotheses: ["chain of odd depth L, weights frozen", "error open", "σ any", "σ′ read when its drive exists"]
  ) { setting in
    var parts: [ClaimPart] = []
    var affine: [String] = []
    for depth in setting.oddDepths {
      let network = try ClaimNetworks.unitChain(.identity, depth: depth)
      let reading = Reading(slope: .drive)
      let roads = try BothRoads(
        timing: TimingAnalysis(network.architecture, setting.calculus(network.architecture, reading)),
        schedule: setting.machine(network.architecture, reading), network)
      if !roads.isExactAtMiddle || roads.timing.maximumMismatch != depth - 1 { affine.append("L = \(depth)") }
    }
    parts.append(
      ClaimPart(
        "σ affine", affine.isEmpty ? .proved : .refuted,
        affine.isEmpty
          ? "exact at l_s, greatest mismatch L − 1, at L = \(setting.oddDepths.map(String.init).joined(separator: ", "))"
          : "fails at \(affine.joined(separator: ", "))",
        witness: affine.first.map { ClaimWitness(text: $0) }))
    for slope in [Slope.drive, .emitted] {
      let reading = Reading(slope: slope)
      let exact = try setting.oddDepths.filter { try BothRoads(depth: $0, reading, setting).isExactAtMiddle }
      let first = setting.oddDepths.first { !exact.contains($0) }
      let witness = try first.flatMap { try ClaimSearch(depth: $0, reading, setting).middleLayerWitness() }
      parts.append(
        ClaimPart(
          "σ not affine, slope \(slope.rawValue)", first == nil ? .proved : witness == nil ? .undecided : .refuted,
          "exact at L = \(exact.map(String.init).joined(separator: ", ")) only", witness: witness))
    }
    parts.append(try needed(setting))
    let failed =
      parts.first { $0.verdict != .proved && $0.witness?.run != nil } ?? parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "true for affine σ only; with local σ′ exact witnesses at the least depth that fails, and at greater depth "
          + "the σ′ that is needed does not exist yet; lags and generic exact runs agree, \(setting.extent)"
      ], witness: failed?.witness, parts: parts)
  }

  /// The σ′ memory that l_s needs of the layers above it, by trying: negative is in the future.
  private static func needed(_ setting: ClaimSetting) throws -> ClaimPart {
    var rows: [String] = []
    var future: String?
    for depth in setting.oddDepths where depth > 1 {
      let chain = try ClaimNetworks.anyChain(depth: depth)
      let middle = (depth - 1) / 2
      var schedule = try setting.calculus(chain, Reading(slope: .drive))
      var memory = [Int](repeating: 0, count: chain.nodes.count)
      for node in (middle + 1)..<depth {
        for candidate in -depth...depth {
          memory[node] = candidate
          schedule.slopeSource = .memory(memory)
          let lags = try TimingAnalysis(chain, schedule).slopeLags(of: middle).first { $0.node == node }?.lags
          if lags?.single == (depth - 1) / 2 { break }
        }
      }
      schedule.slopeSource = .memory(memory)
      guard try TimingAnalysis(chain, schedule).edges[middle].delay == (depth - 1) / 2 else { continue }
      let least = memory[(middle + 1)..<depth].min() ?? 0
      rows.append("\(least) at L = \(depth)")
      if least < 0, future == nil {
        future =
          "L = \(depth): l_s = \(middle + 1) needs σ′ of layer \(depth - 1) with memory m = \(least), in the future"
      }
    }
    return ClaimPart(
      "least memory m of σ′ above l_s that makes it exact", future == nil ? .proved : .refuted,
      rows.joined(separator: ", "), witness: future.map { ClaimWitness(text: $0) })
  }
}
