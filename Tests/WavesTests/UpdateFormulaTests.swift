import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@Suite struct UpdateFormulaTests {
  struct Case {
    let network: Network
    let schedule: Schedule
    let stream: FrameStream
  }

  static let cases = Generator<Case> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .oneOf([
          .anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2),
          .tapped(.anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2)),
        ]), width: 1...2,
        activations: .activation([.affine, .polynomial, .piecewiseLinear]), weights: .rational(height: 4),
        biases: .rational(height: 4)))
    let schedule = try source.draw(
      .oneOf([.named(for: network.architecture), .arbitrary(for: network.architecture, reach: 2)]))
    guard let timing = try? TimingAnalysis(network.architecture, schedule) else { throw DiscardedCase() }
    let stream = try source.draw(
      .stream(for: network, .slow(rate: 1), ticks: timing.fill + 2, values: .rational(height: 4)))
    return Case(network: network, schedule: schedule, stream: stream)
  }

  /// The normal form, evaluated at frames, is what the machine computes: a third road to the same update.
  @Test func formulaIsTheMachine() throws {
    var compared = 0
    var nonzero = 0
    try requireProperty("formula is machine", Self.cases, cases: 150, shrinkAttempts: 200) { entry in
      let context = ExactContext()
      let machine = TickMachine<Rational>(
        entry.network, entry.schedule, frames: Frames(entry.stream, in: context), in: context)
      let tick = entry.stream.ticks - 1
      let byLag = Frames<Rational>(
        inputs: entry.stream.inputs.map { $0.reversed() }, targets: entry.stream.targets.map { $0.reversed() })
      for edge in entry.network.architecture.edges.indices {
        let formula = try UpdateFormula(entry.network.architecture, entry.schedule, edge: edge)
        let value = formula.evaluate(entry.network, at: byLag, in: context)
        try demandEqual(value, try machine.update(edge, at: tick))
        compared += 1
        if value.storage.elements.contains(where: { !$0.isZero }) { nonzero += 1 }
      }
    }
    #expect(compared > 300)
    #expect(nonzero * 2 > compared)
  }

  /// Theorem 4: under constant input and target every update is the gradient from the fill on, under every schedule.
  @Test func constantStreamsGiveGradientsFromTheFillOn() throws {
    try requireProperty("constant streams", Self.cases, cases: 100, shrinkAttempts: 200) { entry in
      let timing = try TimingAnalysis(entry.network.architecture, entry.schedule)
      // One different frame first, then the constant one: the steady state before tick 0 is not the one asked about.
      let ticks = timing.fill + 2
      func held(_ rows: [Vector<Rational>]) -> [Vector<Rational>] {
        [rows[0]] + [Vector<Rational>](repeating: rows[1], count: ticks - 1)
      }
      var stream = entry.stream
      stream.inputs = stream.inputs.map(held)
      stream.targets = stream.targets.map(held)
      let context = ExactContext()
      let machine = TickMachine<Rational>(
        entry.network, entry.schedule, frames: Frames(stream, in: context), in: context)
      let pass = try machine.staticPass(at: ticks - 1)
      for (index, edge) in entry.network.architecture.edges.enumerated() {
        try demandEqual(try machine.update(index, at: ticks - 1), pass.gradient(of: edge))
      }
    }
  }

  /// The frames that the formula lists are those that the update changes with: positive and rising numbers, so that each
  /// of them counts.
  @Test func frameLagsAreThoseThatCount() throws {
    let networks = Generator<Network>.network(
      .oneOf([
        .anyGraph(size: 3, delays: 1...2, backwardDelays: 1...2),
        .tapped(.anyGraph(size: 3, delays: 1...2, backwardDelays: 1...2)),
      ]), width: 1...1, activations: .just(.quadratic),
      weights: .rational(height: 3).map(\.magnitude), biases: nil)
    let cases = Generator<(Network, Schedule)> { (source) throws(DiscardedCase) in
      let network = try source.draw(networks)
      return (network, try source.draw(.named(for: network.architecture)))
    }
    var listed = 0
    try requireProperty("frame lags", cases, cases: 80, shrinkAttempts: 60) { network, schedule in
      let architecture = network.architecture
      let timing = try TimingAnalysis(architecture, schedule)
      for edge in timing.edges where !edge.reachesNoOutput {
        let formula = try UpdateFormula(architecture, schedule, edge: edge.edge)
        func update(raising raised: Int? = nil) -> Matrix<Rational> {
          func series(_ count: Int, _ sign: Int) -> [[Vector<Rational>]] {
            (0..<count).map { place in
              (0...(timing.fill + 1)).map { lag in
                Vector([Rational(sign * (7 * lag + place + (lag == raised ? 2 : 1)))])
              }
            }
          }
          let frames = Frames<Rational>(
            inputs: series(architecture.inputCount, 1), targets: series(architecture.outputs.count, -1))
          return formula.evaluate(network, at: frames, in: ExactContext())
        }
        let counted = (0...(timing.fill + 1)).filter { update(raising: $0) != update() }
        listed += counted.count
        try demandEqual(formula.frameLags, counted, edge.name)
      }
    }
    #expect(listed > 300, "\(listed)")
  }

  @Test func printedFormIsThePapersEquationFive() throws {
    let architecture = try Architecture(
      name: "chain", inputs: [(name: "u", width: 1)],
      nodes: ["h1", "h2", "y"].map { Node(name: $0, width: 1, activation: $0 == "y" ? .identity : .tanh) },
      connections: [("u", "h1"), ("h1", "h2"), ("h2", "y")].map { Connection(from: $0.0, to: $0.1) }, outputs: ["y"])
    func printed(_ reading: Reading) throws -> String {
      try UpdateFormula(architecture, .diffusion(architecture, reading), edge: 1).printed()
    }
    #expect(try printed(Reading()) == "σ′(h2)@t−1 · W(h2->y)ᵀ · e(y)@t−1 · x(h1)@t−1ᵀ")
    #expect(
      try printed(Reading(slope: .emitted, error: .closed))
        == "σ′(h2)@t−2 · W(h2->y)ᵀ · (x(y)@t−4 − y(y)@t−4) · x(h1)@t−1ᵀ")
    #expect(
      try printed(Reading(slope: .drive, error: .closedDrive))
        == "σ′(h2)@t−1 · W(h2->y)ᵀ · (x(y)@t−3 − y(y)@t−3) · x(h1)@t−1ᵀ")
  }
}
