import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let directedGraphs = PublishedClaim(
    id: "K11", source: "section 2, first paragraph, and section 3",
    statement: "The results can easily be extended to any directed acyclic graph of connections.",
    hypotheses: ["a DAG with unit delays", "error open", "slope frame-consistent"]
  ) { setting in
    let parts = [
      try balanced(setting), try unbalancedForward(setting), try residualStack(setting), try quasiStatic(setting),
    ]
    let failed =
      parts.first { $0.verdict == .refuted && $0.witness?.run != nil } ?? parts.first { $0.verdict == .refuted }
    return ClaimOutcome(
      failed?.verdict ?? .undecided,
      reasons: [
        .refuted:
          "path lengths: an edge is exact iff all paths from the inputs to it and from it to the outputs have one "
          + "length (theorem 9, for all weights, widths and σ on the yes side); generic exact runs agree on every edge of the "
          + "graphs named here; witnesses on the no side"
      ], witness: failed?.witness, parts: parts)
  }

  private static func balanced(_ setting: ClaimSetting) throws -> ClaimPart {
    let roads = try GraphExample.diamond.roads(setting)
    let middle = roads.timing.edges.filter { 2 * $0.layer == roads.timing.depth + 1 }
    let holds = middle.allSatisfy { $0.delay == (roads.timing.depth - 1) / 2 }
    return ClaimPart(
      "balanced graph \(GraphExample.diamond.picture)", holds ? .proved : .undecided,
      "exact edges: " + roads.timing.synchronous.map { "\($0.name)@\($0.delay ?? 0)" }.joined(separator: ", "))
  }

  /// Equations (2) and (3): an activity is the static one of some frame.
  private static func unbalancedForward(_ setting: ClaimSetting) throws -> ClaimPart {
    let example = GraphExample.skip
    let network = try Network(example.architecture(width: 1, .identity) { .identity(1) })
    let stream = ClaimNetworks.stream([0, 1, 1], target: 0)
    let run = try ExactRun(network, setting.machine(network.architecture, Reading()), stream)
    let output = network.architecture.outputs[0]
    let own = try run.machine.activity(output, at: 2)
    let statics = try (0..<3).map { try run.machine.staticPass(at: $0).activities[output] }
    let name = "unbalanced graph \(example.picture): equation (3), x is the static activity of one frame"
    guard !statics.contains(own) else { return ClaimPart(name, .undecided, "the stream tried does not show it") }
    return ClaimPart(
      name, .refuted, "the activity of y always mixes the frames t − 1 and t − 2",
      witness: ClaimWitness(
        text: "σ = identity, W = 1, x = 0, 1, 1: x_y(2) = \(own[0]); the static activities of frames 0, 1, 2 are "
          + statics.map { $0[0].description }.joined(separator: ", ")))
  }

  private static func residualStack(_ setting: ClaimSetting) throws -> ClaimPart {
    let example = GraphExample.residual
    let roads = try example.roads(setting)
    let name = "two residual blocks \(example.picture), longest path 5"
    let exact = roads.timing.synchronous
    let network = try Network(example.architecture(width: 1, .quadratic) { .identity(1) })
    let timing = try TimingAnalysis(network.architecture, setting.machine(network.architecture, Reading()))
    let open = timing.edges.filter { !$0.isSynchronous }.map(\.edge)
    let decisions = try NetworkDecision(timing, sense: .frame).decide(open)
    let refuted = decisions.filter { $0.verdict == .refuted }
    let middle = refuted.first { 2 * $0.timing.layer == timing.depth + 1 } ?? refuted.first
    guard exact.isEmpty, refuted.count == open.count, let middle, let found = middle.witness else {
      return ClaimPart(
        name, .undecided, "\(exact.count) edges exact, \(refuted.count) of \(open.count) others refuted")
    }
    let run = ExactRun(network, timing.schedule, found.stream)
    return ClaimPart(
      name, .refuted, "no edge is exact; all \(refuted.count) refuted by witnesses on weights 1",
      witness: ClaimWitness(
        try run.instance(middle.timing.edge, at: found.tick), head: "\(example.picture), σ = quadratic, W = 1"))
  }

  /// Constant input: every edge is exact from its greatest lag on, on any DAG.
  private static func quasiStatic(_ setting: ClaimSetting) throws -> ClaimPart {
    var fills: [String] = []
    for example in GraphExample.all {
      let roads = try example.roads(setting)
      let network = roads.run.network
      let ticks = 2 * roads.timing.depth + 4
      let generic = ClaimNetworks.genericStream(network, ticks: 2)
      func jump(_ series: [Vector<Rational>]) -> [Vector<Rational>] { (0..<ticks).map { series[$0 == 0 ? 0 : 1] } }
      let run = try ExactRun(
        network, setting.machine(network.architecture, Reading()),
        FrameStream(uncheckedInputs: generic.inputs.map(jump), targets: generic.targets.map(jump)))
      for edge in roads.timing.edges {
        let wrong = try (1..<ticks).last { try run.update(edge.edge, at: $0) != run.gradient(edge.edge, of: 1) } ?? 0
        guard wrong == max(edge.allLags.maximum ?? 0, 0) else {
          throw ReadingSurvey.Disagreement(
            description: "\(example.name), edge \(edge.name): wrong until tick \(wrong) after a jump at tick 1; the "
              + "greatest lag is \(edge.allLags.maximum ?? 0)")
        }
      }
      fills.append("\(example.name): window \(roads.timing.window), fill \(roads.timing.fill)")
    }
    return ClaimPart(
      "input constant over the window, any graph", .proved,
      "exact on every edge after the fill, in ticks: " + fills.joined(separator: "; "))
  }
}
