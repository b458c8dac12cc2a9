import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let evenDepth = PublishedClaim(
    id: "K13", source: "equation (6), by its condition that L be odd",
    statement: "If L is even, no layer is synchronized; the least mismatch is one tick, and one register removes it.",
    hypotheses: ["chain of even depth L, weights frozen", "error open", "slope frame-consistent", "σ any"]
  ) { setting in
    var exact: [String] = []
    var least: [String] = []
    var repaired: [ClaimPart] = []
    for depth in setting.evenDepths {
      let roads = try BothRoads(depth: depth, Reading(), setting)
      if !roads.timing.synchronous.isEmpty { exact.append("L = \(depth): \(roads.exactLayers)") }
      let smallest = roads.timing.edges.compactMap { $0.mismatch.map(abs) }.min()
      let layers = roads.timing.edges.filter { $0.mismatch.map(abs) == smallest }.map(\.layer)
      if smallest == 1, layers == [depth / 2, depth / 2 + 1] { least.append(String(depth)) }
    }
    let depths = setting.evenDepths.map(String.init).joined(separator: ", ")
    repaired.append(
      try repair("a register on x: g_{t,l} = δ_{t,l} x_{t−1,l−1} at l = L/2", setting) {
        $0 / 2
      } by: { schedule, edge in
        schedule.inputMemory[edge] = 1
      })
    repaired.append(
      try repair("a register on δ: g_{t,l} = δ_{t−1,l} x_{t,l−1} at l = L/2 + 1", setting) {
        $0 / 2 + 1
      } by: {
        $0.errorMemory[$1] = 1
      })
    let parts =
      [
        ClaimPart(
          "no layer exact", exact.isEmpty ? .proved : .refuted,
          exact.isEmpty ? "at L = \(depths)" : exact.joined(separator: "; "),
          witness: exact.first.map { ClaimWitness(text: "exact layers at \($0), by lags and by exact runs") }),
        ClaimPart(
          "least |mismatch| is 1, at l = L/2 and L/2 + 1", least.count == setting.evenDepths.count ? .proved : .refuted,
          "at L = \(least.joined(separator: ", ")) of \(depths)",
          witness: least.count == setting.evenDepths.count
            ? nil : ClaimWitness(text: "L = \(depths) were asked, it holds at L = \(least.joined(separator: ", "))")),
      ] + repaired
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "parity of the lags l − 1 and L − l; the yes side for all weights, widths and σ (theorem 1), the no side "
          + "by generic exact runs in which no delay fits; L = \(depths)"
      ], witness: failed?.witness, parts: parts)
  }

  /// Whether one register more makes a layer exact with delay L/2, by both roads.
  private static func repair(
    _ name: String, _ setting: ClaimSetting, layer: (Int) -> Int, by change: (inout Schedule, Int) -> Void
  ) throws -> ClaimPart {
    for depth in setting.evenDepths {
      let edge = layer(depth) - 1
      let chain = try ClaimNetworks.anyChain(depth: depth)
      let network = try ClaimNetworks.genericChain(depth: depth)
      var (analysed, executed) = try (
        setting.calculus(chain, Reading()), setting.machine(network.architecture, Reading())
      )
      change(&analysed, edge)
      change(&executed, edge)
      let roads = try BothRoads(timing: TimingAnalysis(chain, analysed), schedule: executed, network)
      guard roads.timing.edges[edge].delay == depth / 2 else {
        let lags = "lags \(roads.timing.edges[edge].allLags.values) at L = \(depth)"
        return ClaimPart(name, .refuted, lags, witness: ClaimWitness(text: lags + ", and no delay fits an exact run"))
      }
    }
    return ClaimPart(name, .proved, "exact with delay L/2")
  }
}
