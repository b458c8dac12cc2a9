import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let slowInput = PublishedClaim(
    id: "K8", source: "abstract, figure 2 and section 2",
    statement: "The updates approximate the gradient very well when the input is slow with respect to the depth.",
    hypotheses: [
      "chain of depth L, weights frozen", "σ′ bounded and Lipschitz", "inputs within V of one frame over (L−1)Δt",
    ]
  ) { setting in
    var parts: [ClaimPart] = []
    for error in [ErrorInjection.open, .closed, .closedDrive] {
      parts.append(try errorLaw(Reading(error: error), setting))
    }
    parts.append(try globalLaw(setting))
    parts.append(try kink(setting))
    let failed = parts.prefix(4).contains { $0.verdict != .proved }
    return ClaimOutcome(
      failed ? .undecided : .proved,
      reasons: [
        .proved:
          "the error is at most C·V with an explicit C (theorem 8), whatever the reading and the reference frame, and so "
          + "vanishes with V. Where σ′ jumps, as in relu, such a C exists for the wave's own slope against the frame of "
          + "the error wave alone: see the last part. \"Very well\" names no size: certified bounds of a network do"
      ], witness: nil, parts: parts)
  }

  private static func globalLaw(_ setting: ClaimSetting) throws -> ClaimPart {
    let name = "every reading and reference frame, σ′ bounded and Lipschitz: error ≤ C·V for V ≤ 1"
    guard let law = try GlobalLaw(setting), law.nonzero > 0 else {
      return ClaimPart(name, .undecided, "the formula has no value, or nothing errs")
    }
    let constants = law.constants.map { NumberText.upper($0.value, digits: 3) }
    return ClaimPart(
      name, .proved,
      "by theorem 8; on chains of softsign units C is \(constants.joined(separator: ", ")) at L = 1, 2, …; of "
        + "\(law.compared) layers of exact runs within V = 1/2, 1/8, 1/64 none errs by more, \(law.nonzero) err")
  }

  /// Theorem 7: with b the frame of the error wave and a that of the input, g − ∇(b) = δ_b (x_a − x_b)ᵀ.
  private static func errorLaw(_ reading: Reading, _ setting: ClaimSetting) throws -> ClaimPart {
    var compared = 0
    for depth in setting.depths {
      let chain = try ClaimNetworks.anyChain(depth: depth)
      let timing = try TimingAnalysis(chain, setting.calculus(chain, reading))
      let network = try ClaimNetworks.genericChain(depth: depth)
      let tick = 2 * depth + 1
      let run = try ExactRun(
        network, setting.machine(network.architecture, reading),
        ClaimNetworks.genericStream(network, ticks: tick + 1))
      for edge in timing.edges {
        let errors = edge.errorLags.union(edge.countedSlopeLags).union(edge.targetLags)
        guard let error = errors.single, let input = edge.inputLags.single else {
          return ClaimPart("\(reading): error law", .undecided, "error and slopes belong to several frames")
        }
        let (ofError, ofInput) = try (
          run.machine.staticPass(at: tick - error), run.machine.staticPass(at: tick - input)
        )
        let ends = network.architecture.edges[edge.edge]
        let difference = ofInput.activities[ends.source] - ofError.activities[ends.source]
        let predicted = ofError.deltas[ends.target].outer(difference)
        let found = try run.update(edge.edge, at: tick) - run.gradient(edge.edge, of: tick - error)
        guard predicted == found else {
          throw ReadingSurvey.Disagreement(
            description:
              "L = \(depth), \(reading), layer \(edge.layer): the error is \(found), the law says \(predicted)")
        }
        compared += 1
      }
    }
    return ClaimPart(
      "\(reading): g − ∇(b) = δ_b (x_a − x_b)ᵀ, a the input's frame, b the error's", .proved,
      "by the multi-frame lemma; \(compared) layers of generic chains agree exactly. The relative error is "
        + "‖x_a − x_b‖ / ‖x_b‖")
  }

  /// relu, L = 2, W_0 = (1, −1), W_1 = 1, target −1, an input that crosses the kink by ever smaller steps.
  private static func kink(_ setting: ClaimSetting) throws -> ClaimPart {
    let name = "relu, against the frame of the input: error ≤ C·V"
    let architecture = try Architecture(
      name: "kink", inputs: [(name: "u", width: 2)],
      nodes: ["h", "y"].map { Node(name: $0, width: 1, activation: .relu) },
      connections: [
        Connection(from: "u", to: "h", weight: LinearMap(Matrix(rows: 1, columns: 2, elements: [1, -1]))),
        Connection(from: "h", to: "y", weight: LinearMap(Matrix(rows: 1, columns: 1, elements: [1]))),
      ], outputs: ["y"])
    let network = try Network(architecture)
    let powers = 20
    var least: Rational?
    var witness: ClaimWitness?
    for power in 0...powers {
      let step = Rational(1, over: Integer(1 << power))
      let stream = FrameStream(
        uncheckedInputs: [[Vector([1 - step, 1]), Vector([1 + step, 1])]], targets: [[Vector([-1]), Vector([-1])]])
      let run = try ExactRun(network, setting.machine(architecture, Reading()), stream)
      // The first layer at tick 1: the input is frame 1, the error that of frame 0.
      let gap = try (run.update(0, at: 1) - run.gradient(0, of: 1)).maximumEntryMagnitude
      if least.map({ gap < $0 }) ?? true { least = gap }
      if power == powers {
        let instance = try run.instance(0, at: 1, claimedFrame: 1)
        if instance.differsFromClaimedFrame {
          witness = ClaimWitness(instance, head: "L = 2, l = 1, σ = relu, W_0 = (1, −1), W_1 = 1")
        }
      }
    }
    guard let least, least >= 1, let witness else {
      return ClaimPart(name, .undecided, "the least error seen is \(least?.description ?? "none")")
    }
    return ClaimPart(
      name, .refuted,
      "the error is at least \(least) at V = 2^0 … 2^−\(powers), so no C below 2^\(powers) serves", witness: witness)
  }
}
