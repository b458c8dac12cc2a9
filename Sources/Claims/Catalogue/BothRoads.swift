import ExactArithmetic
import Networks
import Timing
import Waves

/// Which edges are exact, and with which delay, found by both roads; a difference between them is an error.
struct BothRoads {
  /// The lags, for a σ of which nothing is known.
  let timing: TimingAnalysis
  /// What the exact run on a generic network found.
  let run: ExactRun

  /// The paper's chain of depth L: layer l is edge l − 1.
  init(depth: Int, _ reading: Reading, _ setting: ClaimSetting) throws {
    try self.init(
      any: ClaimNetworks.anyChain(depth: depth), generic: ClaimNetworks.genericChain(depth: depth), reading, setting)
  }

  /// Any graph: `any` and `generic` have the same nodes and edges.
  init(any: Architecture, generic network: Network, _ reading: Reading, _ setting: ClaimSetting) throws {
    try self.init(
      timing: TimingAnalysis(any, setting.calculus(any, reading)),
      schedule: setting.machine(network.architecture, reading), network)
  }

  /// - Throws: `ReadingSurvey.Disagreement` when the delays found by the run are not those of the calculus.
  init(timing: TimingAnalysis, schedule: Schedule, _ network: Network) throws {
    self.timing = timing
    let greatest = 2 * timing.depth + 2
    run = ExactRun(network, schedule, ClaimNetworks.genericStream(network, ticks: greatest + 4))
    for edge in timing.edges {
      let found = try run.delays(of: edge.edge, at: (greatest + 1)..<(greatest + 3), greatest: greatest)
      guard found == (edge.delay.map { [$0] } ?? []) else {
        throw ReadingSurvey.Disagreement(
          description: "\(network.architecture.name), edge \(edge.name): the calculus finds lags "
            + "\(edge.allLags.values), exact runs find the delays \(found)")
      }
    }
  }

  /// The exact layers as `layer@delay`, or `none`.
  var exactLayers: String {
    let exact = timing.synchronous.compactMap { edge in edge.delay.map { "\(edge.layer)@\($0)" } }
    return exact.isEmpty ? "none" : exact.joined(separator: " ")
  }

  /// Whether the layer l_s of an odd depth is exact with the paper's delay.
  var isExactAtMiddle: Bool { timing.edges[(timing.depth - 1) / 2].delay == (timing.depth - 1) / 2 }
}
