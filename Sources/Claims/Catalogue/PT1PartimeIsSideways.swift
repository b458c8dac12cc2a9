import ExactArithmetic
import Networks
import Waves

extension PublishedClaim {
  static let partimePaper = "Meloni et al., PARTIME (arXiv 2210.09147)"

  static let partimeIsSideways = PublishedClaim(
    id: "PT1", paper: partimePaper, source: "its pipeline, as latches",
    statement: "PARTIME computes the pseudo-gradients of Sideways, one tick earlier, with aligned targets.",
    hypotheses: ["chain of depth L", "the pipeline that steps stage by stage, not the recorded graph", "σ any"]
  ) { setting in
    var parts: [ClaimPart] = []
    for (name, shift, sibling) in [
      ("latches against the schedule PARTIME", 0, ClaimSetting.Sibling.partime),
      ("latches against Sideways one tick later", 1, .sideways),
    ] {
      var wrong: String?
      var compared = 0
      for depth in setting.depths where depth <= 5 && wrong == nil {
        let network = try ClaimNetworks.genericChain(depth: depth)
        let ticks = 3 * depth + 3
        let stream = ClaimNetworks.genericStream(network, ticks: ticks)
        let run = try ExactRun(network, setting.siblingMachine(sibling, network.architecture), stream)
        var latches = StageLatches(network)
        for tick in 0..<(ticks - shift) {
          let updates = latches.step(stream, tick)
          guard tick >= 2 * depth else { continue }
          for edge in 0..<depth where wrong == nil {
            compared += 1
            if try run.update(edge, at: tick + shift) != updates[edge] {
              wrong = "L = \(depth), l = \(edge + 1): the latches and the schedule differ at tick \(tick)"
            }
          }
        }
      }
      parts.append(
        ClaimPart(
          name, wrong == nil ? .proved : .refuted, wrong ?? "\(compared) updates equal, exactly",
          witness: wrong.map { ClaimWitness(text: $0) }))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "an emulation of the latches, stage by stage, against exact runs of both schedules on generic chains of "
          + "distinct frames, L ≤ 5; the schedules differ by the first stage's latch alone, for all weights and σ"
      ], witness: failed?.witness, parts: parts)
  }
}

/// A pipeline of stages as hardware would have it: each tick every stage works on what its neighbours latched last tick.
private struct StageLatches {
  private let network: Network
  /// Per stage: what it has latched for the next stage, and for the one before it.
  private var forward: [Vector<Rational>]
  private var backward: [Vector<Rational>]

  init(_ network: Network) {
    self.network = network
    let nodes = network.architecture.nodes.dropFirst()
    forward = nodes.map { .zeros($0.width, in: ExactContext()) }
    backward = network.architecture.edges.map {
      .zeros(network.architecture.nodes[$0.source].width, in: ExactContext())
    }
  }

  /// One tick of all stages; the updates, one per stage.
  mutating func step(_ stream: FrameStream, _ tick: Int) -> [Matrix<Rational>] {
    let depth = network.weights.count
    let context = ExactContext()
    var (ahead, back, updates) = (forward, backward, [Matrix<Rational>]())
    for stage in 0..<depth {
      let input = stage == 0 ? stream.inputs[0][tick] : forward[stage - 1]
      let activation = network.architecture.nodes[stage + 1].activation
      let drive = network.weights[stage].apply(to: input, in: context)
      let output = Rational.apply(activation, to: drive, in: context)
      let error =
        stage == depth - 1 ? output - stream.targets[0][max(tick - (depth - 1), 0)] : backward[stage + 1]
      let delta = Rational.pass(error, through: activation, at: drive, in: context)
      ahead[stage] = output
      back[stage] = network.weights[stage].applyTransposed(to: delta, in: context)
      updates.append(delta.outer(input))
    }
    (forward, backward) = (ahead, back)
    return updates
  }
}
