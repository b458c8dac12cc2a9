import Claims
import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@Suite struct NetworkDecisionTests {
  static let networks = Generator<(Network, Schedule)> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .anyGraph(size: 3, delays: 1...2, backwardDelays: 1...1), width: 1...2,
        activations: .activation([.affine, .polynomial, .piecewiseLinear]), weights: .rational(height: 4), sparse: true,
        biases: .rational(height: 4)))
    return (network, try source.draw(.named(for: network.architecture)))
  }

  /// A witness is checked by another road than the one that found it: the normal form, evaluated at the frames of the
  /// printed stream, against the gradient of every frame of it. A proof is checked on a random stream.
  @Test func everyVerdictStandsUpToTheOtherRoad() throws {
    var verdicts: [Verdict: Int] = [:]
    try requireProperty("verdicts", Self.networks, cases: 120, shrinkAttempts: 100) { network, schedule in
      let timing = try TimingAnalysis(network.architecture, schedule)
      let decisions = try NetworkDecision(timing).decide(Array(network.architecture.edges.indices))
      for decision in decisions {
        verdicts[decision.verdict, default: 0] += 1
        try demandEqual(decision.witness != nil, decision.verdict == .refuted)
        if let witness = decision.witness { try Self.check(witness, [decision.timing.edge], network, schedule) }
        if decision.verdict == .exact {
          try Self.checkProof([decision.timing.edge], decision.delay, network, timing)
        }
        if decision.timing.isSynchronous { try demandEqual(decision.verdict, .exact) }
      }
    }
    #expect(verdicts[.refuted, default: 0] > 100)
    #expect(verdicts[.exact, default: 0] > 30)
  }

  /// On numbers of no pattern, from the fill on: the update is the gradient of the frame that many ticks ago.
  private static func checkProof(
    _ edges: [Int], _ delay: Int?, _ network: Network, _ timing: TimingAnalysis
  ) throws {
    let architecture = network.architecture
    let ahead = max(-(timing.edges.compactMap(\.allLags.minimum).min() ?? 0), 0)
    let last = timing.fill + 3
    var value = 1
    func series(_ nodes: [Node]) -> [[Vector<Rational>]] {
      nodes.map { node in
        (0...(last + ahead)).map { tick in
          Vector(
            (0..<node.width).map { unit in
              value = (3 * value + 1 + (tick * tick + unit) % 7) % 10_007
              return Rational(Integer(value % 13 - 6), over: 2)
            })
        }
      }
    }
    let stream = FrameStream(
      uncheckedInputs: series(Array(architecture.nodes[..<architecture.inputCount])),
      targets: series(architecture.outputs.map { architecture.nodes[$0] }))
    let context = ExactContext()
    let machine = TickMachine(
      network, timing.schedule, frames: Frames<Rational>(stream, in: context), in: context)
    for tick in timing.fill...last {
      let pass = try machine.staticPass(at: tick - (delay ?? 0))
      try demandEqual(
        try Self.sum(edges) { try machine.update($0, at: tick) },
        Self.sum(edges) { pass.gradient(of: architecture.edges[$0]) },
        "\(edges.map { architecture.edges[$0].name }) at tick \(tick)")
    }
  }

  private static func sum(_ edges: [Int], _ term: (Int) throws -> Matrix<Rational>) rethrows -> Matrix<Rational> {
    try edges.dropFirst().reduce(try term(edges[0])) { try $0 + term($1) }
  }

  private static func check(_ witness: Witness, _ edges: [Int], _ network: Network, _ schedule: Schedule) throws {
    let context = ExactContext()
    let frames = Frames<Rational>(witness.stream, in: context)
    // Frames by lag; what lies before tick 0 is the frame of tick 0.
    let reach = TimingReach.lags(network.architecture, schedule, witness.tick)
    let byLag = Frames<Rational>(
      inputs: frames.inputs.map { row in reach.map { row[max(witness.tick - $0, 0)] } },
      targets: frames.targets.map { row in reach.map { row[max(witness.tick - $0, 0)] } })
    let update = try sum(edges) {
      try UpdateFormula(network.architecture, schedule, edge: $0).evaluate(network, at: byLag, in: context)
    }
    for row in 0..<update.rows {
      for column in 0..<update.columns {
        try demandEqual(witness.update[row][column], .exact(update[row, column]))
      }
    }
    for tick in 0..<witness.stream.ticks {
      let pass = StaticPass(network, inputs: frames.input(at: tick), targets: frames.target(at: tick), in: context)
      let gradient = sum(edges) { pass.gradient(of: network.architecture.edges[$0]) }
      try demand(gradient != update, "frame \(tick) has this gradient")
      // Of a single number it is plain which gradient is the nearest.
      if update.rows == 1, update.columns == 1, case .exact(let nearest) = witness.nearestGradient[0][0] {
        try demand((nearest - update[0, 0]).magnitude <= (gradient[0, 0] - update[0, 0]).magnitude)
      }
    }
    let (row, column) = (witness.entry.row, witness.entry.column)
    try demand(witness.update[row][column] != witness.nearestGradient[row][column], "the named entry agrees")
  }

  /// The same of weights that edges share: update and gradient are sums over their edges, by the other road.
  @Test func verdictsOnSumsStandUpToTheOtherRoad() throws {
    let cases = Generator<(Network, Schedule)> { (source) throws(DiscardedCase) in
      let graphs = Generator<GraphPlan>.oneOf([
        .levelled(levels: 1...3, nodesPerLevel: 1...2), .chain(depth: 2...3),
        .tapped(.anyGraph(size: 3, delays: 1...1, backwardDelays: 1...1)),
      ])
      let network = try source.draw(
        .sharing(
          .network(
            graphs, width: 1...2, activations: .activation([.affine, .polynomial]), weights: .rational(height: 4),
            biases: .rational(height: 4))))
      return (network, try source.draw(.named(for: network.architecture)))
    }
    var verdicts: [Verdict: Int] = [:]
    try requireProperty("verdicts on sums", cases, cases: 50, shrinkAttempts: 40) { network, schedule in
      guard schedule.weightReads.policy == .frozen else { return }
      let timing = try TimingAnalysis(network.architecture, schedule)
      for decision in try NetworkDecision(timing).decide(shared: network.architecture.sharedClasses) {
        verdicts[decision.verdict, default: 0] += 1
        try demandEqual(decision.witness != nil, decision.verdict == .refuted)
        let edges = decision.timing.edges
        if let witness = decision.witness, witness.kind == .frame { try Self.check(witness, edges, network, schedule) }
        if decision.verdict == .exact { try Self.checkProof(edges, decision.delay, network, timing) }
      }
    }
    #expect(verdicts[.refuted, default: 0] > 10 && verdicts[.exact, default: 0] > 1, "\(verdicts)")
  }

  /// Zeros of the weights can cut every path but one: then the update is exact on this network, though lags differ.
  @Test func zerosOfTheWeightsAreSeen() throws {
    // The error reaches b over one edge and over two; the longer way ends in a weight that may be zero.
    func decision(_ last: Rational) throws -> EdgeDecision {
      func map(_ value: Rational) -> LinearMap { LinearMap(Matrix(rows: 1, columns: 1, elements: [value])) }
      let architecture = try Architecture(
        name: "detour", inputs: [(name: "u", width: 1)],
        nodes: ["a", "b", "z", "y"].map { Node(name: $0, width: 1, activation: .quadratic) },
        connections: [
          Connection(from: "u", to: "a", weight: map(1)), Connection(from: "a", to: "b", weight: map(1)),
          Connection(from: "b", to: "y", weight: map(1)), Connection(from: "b", to: "z", weight: map(1)),
          Connection(from: "z", to: "y", weight: map(last)),
        ], outputs: ["y"])
      return try NetworkDecision(TimingAnalysis(architecture, .diffusion(architecture))).decide([1])[0]
    }
    #expect(try !decision(0).timing.isSynchronous)
    #expect(try decision(0).verdict == .exact)
    #expect(try decision(1).verdict == .refuted)
  }

  /// A weight that is zero and learns does not stay zero: what zeros prove of weights that stand still is not proved then.
  @Test func zerosThatLearnProveNothing() throws {
    func map(_ value: Rational) -> LinearMap { LinearMap(Matrix(rows: 1, columns: 1, elements: [value])) }
    let graph = try Architecture(
      name: "detour", inputs: [(name: "u", width: 1)],
      nodes: ["a", "b", "z", "y"].map { Node(name: $0, width: 1, activation: .quadratic) },
      connections: [
        Connection(from: "u", to: "a", weight: map(1)), Connection(from: "a", to: "b", weight: map(1)),
        Connection(from: "b", to: "z", weight: map(1)), Connection(from: "z", to: "y", weight: map(0)),
        Connection(from: "b", to: "y", weight: map(1)),
      ], outputs: ["y"])
    var schedule = try Schedule.sideways(graph)
    // The target of the frame that comes over the short way.
    let output = graph.outputs[0]
    schedule.targetLag[output] -= 1
    let edge = try #require(graph.edgeIndex(named: "b->y"))
    for (policy, isExact) in [(WeightReads.Policy.frozen, true), (.current, false)] {
      let timing = try TimingAnalysis(graph, schedule.reading(weights: policy, on: graph))
      var decision = try NetworkDecision(timing)
      decision.randomStreams = 4
      let decided = try decision.decide([edge])[0]
      #expect(!decided.timing.isSynchronous)
      #expect((decided.verdict == .exact) == isExact, "\(policy.rawValue): \(decided.decidedBy)")
    }
  }

  /// Enclosures decide, too: a tanh network is refuted by disjoint enclosures at any precision.
  @Test(arguments: [32, 128, 500])
  func transcendentalNetworksAreRefutedByDisjointEnclosures(precision: Int) throws {
    let half = LinearMap(Matrix(rows: 1, columns: 1, elements: [Rational(1, over: 2)]))
    let architecture = try Architecture(
      name: "tanh", inputs: [(name: "u", width: 1)],
      nodes: (1...3).map { Node(name: "h\($0)", width: 1, activation: $0 == 3 ? .identity : .tanh) },
      connections: [("u", "h1"), ("h1", "h2"), ("h2", "h3")].map { Connection(from: $0.0, to: $0.1, weight: half) },
      outputs: ["h3"])
    var decision = try NetworkDecision(
      TimingAnalysis(architecture, .diffusion(architecture, Reading(slope: .emitted))))
    decision.precision = precision
    let middle = try decision.decide([1])[0]
    let witness = try #require(middle.witness)
    let (row, column) = (witness.entry.row, witness.entry.column)
    guard case .enclosed(let low, let high) = witness.update[row][column],
      case .enclosed(let nearLow, let nearHigh) = witness.nearestGradient[row][column]
    else {
      Issue.record("expected enclosures")
      return
    }
    #expect(low <= high && nearLow <= nearHigh)
    #expect(high < nearLow || nearHigh < low)
  }
}

/// The lags that a normal form may read, from 0 to the furthest.
enum TimingReach {
  static func lags(_ architecture: Architecture, _ schedule: Schedule, _ tick: Int) -> ClosedRange<Int> {
    let fill = (try? TimingAnalysis(architecture, schedule).fill) ?? 0
    return 0...max(fill, tick)
  }
}
