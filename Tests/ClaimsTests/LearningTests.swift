import Claims
import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Verdicts where weights learn, against runs in which they do (theorem D1, both directions).
@Suite struct LearningTests {
  /// Small graphs under every policy, and with one version register off.
  static let cases = Generator<(Network, Schedule)> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .oneOf([.chain(depth: 1...3), .unbalanced(nodes: 2...3), .directedAcyclic(nodes: 1...3, inputs: 1...1)]),
        width: 1...1, activations: .oneOf([.just(.quadratic), .just(.identity)]),
        weights: .rational(height: 3).map(\.magnitude), biases: nil))
    let architecture = network.architecture
    let policy = try source.draw(.oneOf([WeightReads.Policy.current, .stashed, .vertical].map { .just($0) }))
    let base = try source.draw(.oneOf([0, 1].map { .just($0) }))
    guard
      let named = try? base == 0
        ? Schedule.pipeDream(architecture, weights: policy)
        : Schedule.sideways(architecture).reading(weights: policy, on: architecture)
    else { throw DiscardedCase() }
    var schedule = named
    let edge = try source.draw(.integer(in: 0...(2 * architecture.edges.count)))
    if edge < architecture.edges.count { schedule.weightReads.backward[edge] += 1 }
    return (network, schedule)
  }

  @Test func verdictsStandUpToRuns() throws {
    var counts: [String: Int] = [:]
    try requireProperty("learning", Self.cases, cases: 60, shrinkAttempts: 40) { network, schedule in
      let timing = try TimingAnalysis(network.architecture, schedule)
      var search = try NetworkDecision(timing)
      search.randomStreams = 8
      search.shrinkBudget = 20
      for decision in try search.decide(Array(network.architecture.edges.indices)) where decision.timing.isSynchronous {
        switch (decision.verdict, decision.versions) {
        case (.exact, let versions?):
          guard !decision.timing.reachesNoOutput else { continue }
          counts[versions == .one ? "one" : "mixture", default: 0] += 1
          try Self.checkExact(decision, versions, network, schedule)
        case (.refuted, _):
          counts["refuted", default: 0] += 1
          try Self.checkRefuted(try #require(decision.witness), decision.timing.edge, network, schedule)
        case (.bounded, nil): counts["bounded", default: 0] += 1
        default: Issue.record("verdict \(decision.verdict) with versions \(String(describing: decision.versions))")
        }
      }
    }
    #expect(["one", "mixture", "refuted"].allSatisfy { counts[$0, default: 0] > 8 }, "\(counts)")
  }

  /// In a run whose weights drift by steps of their own, the update after which the edge's weight changes is the gradient at
  /// the versions that are named.
  private static func checkExact(
    _ decision: EdgeDecision, _ versions: WeightVersions.Agreement, _ network: Network, _ schedule: Schedule
  ) throws {
    let edge = decision.timing.edge
    let delay = try #require(decision.delay)
    let tick = schedule.weightReads.start[edge] + 4 * schedule.framePeriod
    let architecture = network.architecture
    func series(_ node: Node, _ sign: Int) -> [Vector<Rational>] {
      (0...(tick + 1)).map { Vector([Rational(Integer(sign * (1 + (5 * $0) % 7)), over: 3)]) }
    }
    let stream = FrameStream(
      uncheckedInputs: architecture.nodes[..<architecture.inputCount].map { series($0, 1) },
      targets: architecture.outputs.map { series(architecture.nodes[$0], -1) })
    let run = try OnlineRun(
      network, schedule, stream,
      .drift { edge, number in
        LinearMap(Matrix(rows: 1, columns: 1, elements: [Rational(Integer(1 + (3 * edge + 5 * number) % 7), over: 16)]))
      })
    try run.advance(to: tick + 1)
    let update = try run.machine.update(edge, at: tick)
    func isGradient(at weights: [LinearMap]) throws -> Bool {
      let pass = StaticPass<Rational>(
        try network.replacing(weights: weights), inputs: stream.inputs.map { $0[max(tick - delay, 0)] },
        targets: stream.targets.map { $0[max(tick - delay, 0)] }, in: ExactContext())
      return pass.gradient(of: architecture.edges[edge]) == update
    }
    let edges = architecture.edges.indices
    switch versions {
    case .mixture(let ages):
      var weights = network.weights
      for (other, age) in ages {
        weights[other] = run.history.version(other, try run.history.number(other, at: tick) - age)
      }
      try demand(try isGradient(at: weights), "\(decision.timing.name) at \(ages)")
    case .one:
      let vectors =
        try (0...(edges.map { run.history.updates(of: $0) }.min() ?? 0)).map { number in
          edges.map { run.history.version($0, number) }
        }
        + (0...tick).map { tick in try edges.map { try run.history.weight($0, at: tick) } }
      try demand(try vectors.contains(where: isGradient), "\(decision.timing.name) at one vector")
    }
  }

  /// Another run, and every combination of every version of every weight, at every frame.
  private static func checkRefuted(_ witness: Witness, _ edge: Int, _ network: Network, _ schedule: Schedule) throws {
    let learning = try #require(witness.learning)
    let run = try OnlineRun(network, schedule, witness.stream, .descent(learning.rate))
    try run.advance(to: witness.tick)
    let update = try run.machine.update(edge, at: witness.tick)
    try demandEqual(witness.update, [[.exact(update[0, 0])]])
    var combinations: [[LinearMap]] = [[]]
    for other in network.architecture.edges.indices {
      let versions = Set((0...run.history.updates(of: other)).map { run.history.version(other, $0)[0, 0] })
      combinations = combinations.flatMap { some in
        versions.map { some + [LinearMap(Matrix(rows: 1, columns: 1, elements: [$0]))] }
      }
    }
    for weights in combinations {
      let network = try network.replacing(weights: weights)
      for frame in 0..<witness.stream.ticks {
        let pass = StaticPass<Rational>(
          network, inputs: witness.stream.inputs.map { $0[frame] }, targets: witness.stream.targets.map { $0[frame] },
          in: ExactContext())
        try demand(pass.gradient(of: network.architecture.edges[edge]) != update, "frame \(frame)")
      }
    }
    try demand(combinations.count > 1, "no weight has learnt")
  }

  /// PARTIME with registers that make all lags agree: gaps 6, 4, 2, 0 on a chain, so that only the last two layers are exact.
  @Test func gapsOfADelayedSinglePass() throws {
    let chain = try Architecture(
      name: "chain4", inputs: [(name: "u", width: 2)],
      nodes: (1...4).map { Node(name: "h\($0)", width: 2, activation: .quadratic) },
      connections: [("u", "h1"), ("h1", "h2"), ("h2", "h3"), ("h3", "h4")].map { Connection(from: $0.0, to: $0.1) },
      outputs: ["h4"])
    var schedule = try Schedule.partime(chain)
    for (layer, node) in (1...4).enumerated() {
      schedule.inputMemory[layer] = (layer == 0 ? 0 : 1) + 2 * (3 - layer)
      guard case .memory(var memory) = schedule.slopeSource else { return }
      memory[node] = 2 * (3 - layer)
      schedule.slopeSource = .memory(memory)
    }
    let repaired = try NetworkDecision(TimingAnalysis(chain, schedule)).decide([0, 1, 2, 3])
    #expect(repaired.allSatisfy { $0.timing.isSynchronous })
    #expect(repaired.map(\.verdict) == [.refuted, .refuted, .exact, .exact])
    #expect(repaired[0].witness?.learning != nil && repaired[1].witness?.learning != nil)
  }

  /// A weight that two edges share is judged by the sum of their updates.
  @Test func sharedWeightsAreSums() throws {
    let weight = LinearMap(Matrix(rows: 1, columns: 1, elements: [Rational(2, over: 3)]))
    func decision(
      _ schedule: (Architecture) throws -> Schedule, _ edges: [(String, String, String?)]
    ) throws -> ([EdgeDecision], [SharedDecision]) {
      let nodes = Set(edges.flatMap { [$0.0, $0.1] }).subtracting(["u"]).sorted()
      let graph = try Architecture(
        name: "shared", inputs: [(name: "u", width: 1)],
        nodes: nodes.map { Node(name: $0, width: 1, activation: .quadratic) },
        connections: edges.map { Connection(from: $0.0, to: $0.1, weight: weight, shared: $0.2) }, outputs: ["y"])
      let decision = try NetworkDecision(TimingAnalysis(graph, schedule(graph)))
      return (
        try decision.decide(Array(graph.edges.indices)), try decision.decide(shared: graph.sharedClasses)
      )
    }
    // Two ways of one length: both members are exact at delay 1, and so is their sum.
    let diamond: [(String, String, String?)] = [
      ("u", "c", nil), ("c", "a", "w"), ("c", "b", "w"), ("a", "y", nil), ("b", "y", nil),
    ]
    let (edges, classes) = try decision({ try .diffusion($0) }, diamond)
    #expect([edges[1], edges[2]].allSatisfy { $0.verdict == .exact && $0.delay == 1 })
    #expect(classes.count == 1 && classes[0].verdict == .exact && classes[0].delay == 1)
    // Where the weights learn and one of them is read at two versions, the lags of the sum prove nothing.
    let learning = try decision({ try .pipeDream($0, weights: .current) }, diamond).1
    #expect(learning[0].timing.isSynchronous && learning[0].verdict != .exact)
    // Two members on one path, each exact at a delay of its own under frozen weights: the sum is no gradient.
    let chain: [(String, String, String?)] = [("u", "a", "w"), ("a", "y", "w")]
    let (alone, sums) = try decision({ try .pipeDream($0, weights: .frozen) }, chain)
    #expect(alone.map(\.verdict) == [.exact, .exact] && alone.map(\.delay) == [3, 2])
    let witness = try #require(sums[0].witness)
    #expect(sums[0].verdict == .refuted && witness.kind == .frame)
    // By the machine's own updates, added up.
    let graph = try tied(weight)
    let frames = Frames<Rational>(witness.stream, in: ExactContext())
    let machine = TickMachine(
      graph, try .pipeDream(graph.architecture, weights: .frozen), frames: frames, in: ExactContext())
    let sum = try machine.update(0, at: witness.tick) + machine.update(1, at: witness.tick)
    #expect(witness.update == [[.exact(sum[0, 0])]])
    for tick in 0..<witness.stream.ticks {
      let pass = try machine.staticPass(at: tick)
      #expect(
        pass.gradient(of: graph.architecture.edges[0]) + pass.gradient(of: graph.architecture.edges[1]) != sum)
    }
  }

  private func tied(_ weight: LinearMap) throws -> Network {
    try Network(
      Architecture(
        name: "shared", inputs: [(name: "u", width: 1)],
        nodes: ["a", "y"].map { Node(name: $0, width: 1, activation: .quadratic) },
        connections: [("u", "a"), ("a", "y")].map { Connection(from: $0.0, to: $0.1, weight: weight, shared: "w") },
        outputs: ["y"]))
  }
}
