import Claims
import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Exact as the papers say it: one delay for every stream and tick.
@Suite struct DelayTests {
  /// Chains of relu without biases, on which no single tick refutes: where a slope is 0, some frame's whole gradient is 0.
  static let chains = Generator<(Network, Schedule)> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .oneOf([.chain(depth: 3...3), .chain(depth: 5...5)]), width: 1...1, activations: .just(.relu),
        weights: .oneOf([1, 2, Rational(1, over: 2)].map { .just($0) }), biases: nil))
    let slope = try source.draw(.oneOf([Slope.drive, .emitted, .previous, .frameConsistent].map { .just($0) }))
    let error = try source.draw(.oneOf([ErrorInjection.open, .open, .closed].map { .just($0) }))
    guard let schedule = try? Schedule.diffusion(network.architecture, Reading(slope: slope, error: error)) else {
      throw DiscardedCase()
    }
    return (network, schedule)
  }

  /// Every failure of a witness, recomputed by the normal form and the static network: for each delay from 0 to the last
  /// tick, and for all beyond, the update at its tick is not the gradient of the frame that many ticks ago.
  @Test func everyDelayFailsAtItsTick() throws {
    var (byDelay, exact) = (0, 0)
    try requireProperty("delays", Self.chains, cases: 40, shrinkAttempts: 20) { network, schedule in
      let timing = try TimingAnalysis(network.architecture, schedule)
      for decision in try NetworkDecision(timing).decide(Array(network.architecture.edges.indices)) {
        let edge = decision.timing
        if decision.verdict == .exact { exact += 1 }
        if edge.isSynchronous { try demandEqual(decision.verdict, .exact) }
        guard let witness = decision.witness, witness.kind == .delay else { continue }
        byDelay += 1
        try Self.check(witness, edge.edge, network, timing)
      }
    }
    #expect(byDelay > 10 && exact > 10, "\(byDelay) by delay, \(exact) exact")
  }

  private static func check(_ witness: Witness, _ edge: Int, _ network: Network, _ timing: TimingAnalysis) throws {
    let context = ExactContext()
    let frames = Frames<Rational>(witness.stream, in: context)
    let last = witness.stream.ticks - 1
    let formula = try UpdateFormula(network.architecture, timing.schedule, edge: edge)
    func update(_ tick: Int) -> Matrix<Rational> {
      let lags = 0...timing.fill
      return formula.evaluate(
        network,
        at: Frames<Rational>(
          inputs: frames.inputs.map { row in lags.map { row[max(tick - $0, 0)] } },
          targets: frames.targets.map { row in lags.map { row[max(tick - $0, 0)] } }), in: context)
    }
    func gradient(_ frame: Int) -> Matrix<Rational> {
      let frame = max(frame, 0)
      return StaticPass(network, inputs: frames.input(at: frame), targets: frames.target(at: frame), in: context)
        .gradient(of: network.architecture.edges[edge])
    }
    try demandEqual(witness.failures.map(\.delay), (0...last).map { $0 } + [nil])
    for failure in witness.failures {
      try demand(
        timing.fill <= failure.tick && failure.tick <= last, "tick \(failure.tick) is not between fill and end")
      let frame = failure.delay.map { failure.tick - $0 } ?? 0
      try demand(update(failure.tick) != gradient(frame), "delay \(failure.delay.map(String.init) ?? "more") holds")
    }
    // No single tick would do: at each one the update is some frame's gradient.
    try demand((timing.fill...last).contains { tick in (0...last).contains { gradient($0) == update(tick) } })
  }

  /// In the weaker sense the same edge stays open, and what refutes it refutes by delay, too.
  @Test func frameIsWeaker() throws {
    var open = 0
    try requireProperty("frame is weaker", Self.chains, cases: 24, shrinkAttempts: 20) { network, schedule in
      let timing = try TimingAnalysis(network.architecture, schedule)
      let edges = Array(network.architecture.edges.indices)
      let frame = try NetworkDecision(timing, sense: .frame).decide(edges)
      for (weak, strong) in zip(frame, try NetworkDecision(timing).decide(edges)) {
        try demand(weak.witness.map { $0.kind == .frame } ?? true)
        if weak.verdict == .refuted { try demandEqual(strong.verdict, .refuted) }
        if strong.verdict == .exact { try demandEqual(weak.verdict, .exact) }
        if weak.verdict == .undecided, strong.verdict == .refuted { open += 1 }
      }
    }
    #expect(open > 5)
  }
}
