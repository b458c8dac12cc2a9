import Claims
import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Exactness per output time and accumulated: round trips against exact runs, in both directions.
@Suite struct SenseTests {
  /// Closed schedules of arbitrary integers, most of them repaired where a repair by p and m alone exists, so that both
  /// verdicts occur; then one integer in one schedule out of three is moved by a tick.
  static func schedules(for architecture: Architecture) -> Generator<Schedule> {
    Generator { (source) throws(DiscardedCase) in
      var schedule = try source.draw(.arbitrary(for: architecture, reach: 2))
      schedule.errorSource = .closed
      if try source.draw(.boolean) { schedule.outputMemory = schedule.outputMemory.map { _ in 0 } }
      schedule.residualSlopeMemory = zip(schedule.outputMemory, schedule.activationDelay).map { $0 + $1 }
      if try source.draw(.boolean) { schedule = Self.balanced(schedule, architecture) }
      guard let trips = try? RoundTrip(architecture, schedule) else { throw DiscardedCase() }
      schedule.slopeSource = .memory(trips.passedOn.map { $0.maximum ?? 0 })
      for (index, edge) in architecture.edges.enumerated() {
        let trip = trips.total[edge.target].maximum ?? 0
        schedule.inputMemory[index] = trip + schedule.forwardLatency[index] + schedule.errorMemory[index]
      }
      if try source.draw(.boolean) {
        let place = try source.draw(Generator<Int>.integer(in: 0...architecture.edges.count - 1))
        switch try source.draw(Generator<Int>.integer(in: 0...3)) {
        case 0: schedule.inputMemory[place] += 1
        case 1: schedule.errorMemory[place] += 1
        case 2: schedule.backwardLatency[place] += 1
        default:
          if case .memory(var memory) = schedule.slopeSource {
            memory[architecture.edges[place].target] += 1
            schedule.slopeSource = .memory(memory)
          }
        }
      }
      return schedule
    }
  }

  /// The same schedule with waves held back on the way back until all paths from a node return together: the repair that
  /// leaves the forward function as it is, and its unequal paths.
  static func balanced(_ schedule: Schedule, _ architecture: Architecture) -> Schedule {
    var schedule = schedule
    var trips = [Int](repeating: 0, count: architecture.nodes.count)
    for node in ((try? architecture.topologicalOrder()) ?? []).reversed() {
      let out = architecture.outgoing[node]
      if architecture.isOutput(node) { trips[node] = schedule.outputMemory[node] + schedule.activationDelay[node] }
      func trip(_ edge: Int) -> Int {
        trips[architecture.edges[edge].target] + schedule.forwardLatency[edge] + schedule.backwardLatency[edge]
          + schedule.activationDelay[node]
      }
      trips[node] = max(trips[node], out.map(trip).max() ?? 0)
      for edge in out { schedule.backwardLatency[edge] += trips[node] - trip(edge) }
    }
    return schedule
  }

  /// Networks on which every factor is strictly monotone, so that a difference in any of them shows in the sum.
  static let cases = Generator<(Network, Schedule)> { (source) throws(DiscardedCase) in
    let positive = Generator<Rational>.rational(height: 5).map(\.magnitude)
    let network = try source.draw(
      .network(
        .anyGraph(size: 3, delays: 1...1, backwardDelays: 1...1), width: 1...1, activations: .just(.quadratic),
        weights: positive, biases: nil))
    return (network, try source.draw(schedules(for: network.architecture)))
  }

  @Test(arguments: [ExactnessSense.outputTime, .accumulated])
  func roundTripsAgreeWithRuns(_ sense: ExactnessSense) throws {
    var exact = 0
    var inexact = 0
    try requireProperty("sense \(sense.rawValue)", Self.cases, cases: 120, shrinkAttempts: 60) { network, schedule in
      let conditions = try SenseConditions(network.architecture, schedule)
      let equal = try SenseRun(network, schedule).exactEdges(sense)
      for edge in network.architecture.edges.indices {
        let calculus = conditions.failures(of: edge, in: sense).isEmpty
        if calculus { exact += 1 } else { inexact += 1 }
        try demandEqual(calculus, equal.contains(edge), "\(network.architecture.edges[edge].name)")
      }
    }
    #expect(exact > 40 && inexact > 40, "\(exact) exact, \(inexact) not")
  }

  /// With one output, per frame implies per output time, and that implies accumulated; neither can be turned round.
  @Test func sensesAreOrdered() throws {
    var counts = [0, 0, 0]
    try requireProperty("order of the senses", Self.cases, cases: 300, shrinkAttempts: 60) { network, schedule in
      guard network.architecture.outputs.count == 1 else { return }
      var aligned = schedule
      let forward = try ForwardLags(network.architecture, schedule)
      for output in network.architecture.outputs {
        aligned.targetLag[output] = (forward.activity[output].maximum ?? 0) + schedule.outputMemory[output]
      }
      let timing = try TimingAnalysis(network.architecture, aligned)
      let conditions = try SenseConditions(network.architecture, aligned)
      for edge in timing.edges {
        let held = [
          edge.isSynchronous, conditions.failures(of: edge.edge, in: .outputTime).isEmpty,
          conditions.failures(of: edge.edge, in: .accumulated).isEmpty,
        ]
        for (index, holds) in held.enumerated() where holds { counts[index] += 1 }
        try demand(!held[0] || held[1])
        try demand(!held[1] || held[2])
      }
    }
    #expect(0 < counts[0] && counts[0] < counts[1] && counts[1] < counts[2], "\(counts)")
  }

  /// A refutation comes with two matrices that differ, a proof stands up to the run on the network itself.
  @Test(arguments: [ExactnessSense.outputTime, .accumulated])
  func decisionsHaveWitnesses(_ sense: ExactnessSense) throws {
    var verdicts: [Verdict: Int] = [:]
    try requireProperty("witnesses \(sense.rawValue)", Self.cases, cases: 36, shrinkAttempts: 20) { network, schedule in
      let timing = try TimingAnalysis(network.architecture, schedule)
      let decisions = try SenseDecision(timing, sense).decide(
        network.architecture.single(network.architecture.edges.indices))
      for decision in decisions {
        verdicts[decision.verdict, default: 0] += 1
        try demandEqual(decision.witness != nil, decision.verdict == .refuted)
        try demandEqual(decision.failures.isEmpty, decision.verdict == .exact)
        guard let witness = decision.witness else { continue }
        let (row, column) = (witness.entry.row, witness.entry.column)
        try demand(witness.update[row][column] != witness.gradient[row][column])
      }
    }
    #expect(verdicts[.refuted, default: 0] > 10 && verdicts[.exact, default: 0] > 10, "\(verdicts)")
  }

  /// A finite signal is summed to its end: rest that goes on adds nothing to the difference of update and gradient. Of a
  /// shared weight both are sums over its edges.
  @Test func summedWitnessesAreWhole() throws {
    var compared = 0
    try requireProperty("summed witnesses", Self.cases, cases: 40, shrinkAttempts: 20) { network, schedule in
      let architecture = network.architecture
      let edges = Array(architecture.edges.indices)
      let timing = try TimingAnalysis(architecture, schedule)
      let findings = try SenseDecision(timing, .accumulated).decide(
        architecture.single(edges) + [SharedClass(name: "all", edges: edges)])
      let outputs = try OutputTimeNetwork(network, schedule)
      for finding in findings {
        guard let witness = finding.witness, case .exact(let update) = witness.update[0][0],
          case .exact(let gradient) = witness.gradient[0][0]
        else { continue }
        compared += 1
        func longer(_ rows: [Vector<Rational>]) -> [Vector<Rational>] {
          [Vector<Rational>](repeating: rows[0], count: 20) + rows + [Vector<Rational>](repeating: rows[0], count: 40)
        }
        let context = ExactContext()
        let frames = Frames<Rational>(
          inputs: witness.stream.inputs.map(longer), targets: witness.stream.targets.map(longer))
        let machine = TickMachine(network, schedule, frames: frames, in: context)
        var difference: Rational = 0
        for tick in 0..<(frames.ticks - 20) {
          let gradients = try outputs.gradients(at: tick, of: frames, in: context)
          for edge in finding.edges {
            difference = difference + (try machine.update(edge, at: tick)[0, 0]) - gradients[edge][0, 0]
          }
        }
        try demandEqual(update - gradient, difference, finding.name)
      }
    }
    #expect(compared > 10, "\(compared)")
  }

  /// The skip of three nodes is exact accumulated with p = (3, 1, 1) and m = 2, and for no other p; per frame never.
  @Test func smallestSkip() throws {
    var net = NetworkBuilder("skip")
    let x = net.input("0")
    let one = net.layer("1", .quadratic, reading: x.weighted([[2]]))
    net.layer("2", .quadratic, reading: one.weighted([[3]]), x.weighted([[1]]))
    let network = try net.network()
    var schedule = try Schedule.sideways(network.architecture)
    schedule.slopeSource = .memory([0, 2, 0])
    for first in 0...4 {
      schedule.inputMemory = [first, 1, 1]
      let conditions = try SenseConditions(network.architecture, schedule)
      #expect(conditions.failures(of: 0, in: .accumulated).isEmpty == (first == 3))
      #expect(try SenseRun(network, schedule).exactEdges(.accumulated) == (first == 3 ? [0, 1, 2] : [1, 2]))
    }
    #expect(try TimingAnalysis(network.architecture, schedule).synchronous.isEmpty)
  }

  static let mutations: [(name: String, mutate: @Sendable (inout Schedule) -> Void)] = [
    ("p", { $0.inputMemory[1] += 1 }), ("d", { $0.errorMemory[1] += 1 }), ("f", { $0.forwardLatency[2] += 1 }),
    ("b", { $0.backwardLatency[2] += 1 }), ("s", { $0.activationDelay[3] += 1 }), ("n", { $0.outputMemory[3] += 1 }),
    (
      "m",
      { schedule in
        guard case .memory(var memory) = schedule.slopeSource else { return }
        memory[2] += 1
        schedule.slopeSource = .memory(memory)
      }
    ), ("residual m", { $0.residualSlopeMemory[3] += 1 }),
  ]

  /// A machine that is off by one tick in any of the integers is told from one that is exact, in both senses, and so is the
  /// calculus of the same schedule.
  @Test(arguments: mutations.indices)
  func offByOneIsSeen(_ index: Int) throws {
    var net = NetworkBuilder("chain")
    var last = net.input("x")
    for layer in 1...3 { last = net.layer("h\(layer)", .quadratic, reading: last.weighted([[Rational(layer)]])) }
    let network = try net.network()
    var schedule = try Schedule.sideways(network.architecture)
    let trips = try RoundTrip(network.architecture, schedule)
    schedule.slopeSource = .memory(trips.passedOn.map { $0.single ?? 0 })
    schedule.inputMemory = network.architecture.edges.map { (trips.total[$0.target].single ?? 0) + 1 }
    var mutated = schedule
    Self.mutations[index].mutate(&mutated)
    #expect(mutated != schedule)
    for sense in [ExactnessSense.outputTime, .accumulated] {
      #expect(try SenseRun(network, schedule).exactEdges(sense) == [0, 1, 2])
      let exact = try SenseRun(network, mutated).exactEdges(sense)
      #expect(exact != [0, 1, 2], "an off-by-one in \(Self.mutations[index].name) went unseen")
      let conditions = try SenseConditions(network.architecture, mutated)
      #expect(network.architecture.edges.indices.filter { conditions.failures(of: $0, in: sense).isEmpty } == exact)
    }
  }

  /// Where waves come back over ways of several lengths no one memory serves, be it of the input, as below an output that is
  /// read, or of σ′ alone, as above a node that no input reaches.
  @Test func severalRoundTripsNeedSeveralMemories() throws {
    func network(_ edges: [(String, String)], outputs: [String]) throws -> Network {
      let names = Set(edges.flatMap { [$0.0, $0.1] }).subtracting(["u"]).sorted()
      let weight = LinearMap(Matrix(rows: 1, columns: 1, elements: [2 as Rational]))
      return try Network(
        Architecture(
          name: "trips", inputs: [(name: "u", width: 1)],
          nodes: names.map { Node(name: $0, width: 1, activation: .quadratic, bias: $0 == "k" ? Vector([1]) : nil) },
          connections: edges.map { Connection(from: $0.0, to: $0.1, weight: weight) }, outputs: outputs))
    }
    for (edges, outputs, asked) in [
      ([("u", "h"), ("h", "y")], ["h", "y"], "u->h"),
      ([("k", "a"), ("u", "a"), ("a", "y"), ("a", "b"), ("b", "y")], ["y"], "k->a"),
    ] {
      let network = try network(edges, outputs: outputs)
      let architecture = network.architecture
      var schedule = try Schedule.sideways(architecture)
      let trips = try RoundTrip(architecture, schedule)
      let edge = try #require(architecture.edgeIndex(named: asked))
      let ends = architecture.edges[edge]
      #expect(trips.total[ends.target].count == 2)
      for least in [true, false] {
        func one(_ lags: Lags) -> Int { (least ? lags.minimum : lags.maximum) ?? 0 }
        schedule.slopeSource = .memory(trips.passedOn.map(one))
        schedule.inputMemory[edge] = one(trips.total[ends.target]) + schedule.forwardLatency[edge]
        let conditions = try SenseConditions(architecture, schedule)
        #expect(!conditions.failures(of: edge, in: .accumulated).isEmpty, "\(asked)")
        #expect(try !SenseRun(network, schedule).exactEdges(.accumulated).contains(edge), "\(asked)")
      }
    }
  }

  /// Linear networks drop the conditions on slopes.
  @Test func constantSlopesDoNotCount() throws {
    for (activation, exact) in [(Activation.identity, true), (.quadratic, false)] {
      var net = NetworkBuilder("chain")
      let x = net.input("x")
      net.layer("y", activation, reading: net.layer("h", activation, reading: x.weighted([[2]])).weighted([[3]]))
      let network = try net.network()
      var schedule = try Schedule.sideways(network.architecture)
      schedule.inputMemory = [3, 1]
      schedule.slopeSource = .memory([0, 5, 0])
      for sense in [ExactnessSense.outputTime, .accumulated] {
        #expect(try SenseConditions(network.architecture, schedule).failures(of: 0, in: sense).isEmpty == exact)
        #expect(try SenseRun(network, schedule).exactEdges(sense).contains(0) == exact)
      }
    }
  }

  /// An open error comes from no output, so that there is no output time to speak of.
  @Test func openErrorsAreRefused() throws {
    var net = NetworkBuilder("one")
    net.layer("y", reading: net.input("x"))
    let one = try net.architecture()
    let error = #expect(throws: NetworkError.self) {
      try SenseDecision(TimingAnalysis(one, .diffusion(one)), .accumulated)
    }
    #expect(error?.message.contains("--error closed") == true)
  }
}
