import Claims
import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Claims about streams whose frames come again after a period.
@Suite struct PeriodTests {
  private struct Case {
    let network: Network
    let schedule: Schedule
    let period: Int
  }

  private static let cases = Generator<Case>.oneOf([any, chains])

  /// Chains of relu without biases: at every tick the update is some frame's gradient, but not by one delay.
  private static let chains = Generator<Case> { (source) throws(DiscardedCase) in
    let (network, schedule) = try source.draw(DelayTests.chains)
    return Case(network: network, schedule: schedule, period: try source.draw(.integer(in: 2...4)))
  }

  private static let any = Generator<Case> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2), width: 1...1,
        activations: .activation([.affine, .polynomial, .piecewiseLinear]),
        weights: .oneOf([1, 2, -1].map { .just($0) }), biases: .oneOf([0, 1].map { .just($0) })))
    let schedule = try source.draw(
      .oneOf([.named(for: network.architecture), .arbitrary(for: network.architecture, reach: 2, least: -1)]))
    guard schedule.weightReads.policy == .frozen else { throw DiscardedCase() }
    return Case(network: network, schedule: schedule, period: try source.draw(.integer(in: 1...4)))
  }

  /// The update and the gradients of a stream of this period, as the normal form and the static network have them.
  private struct Recurring {
    let entry: Case
    let edge: Int
    let inputs: [[Vector<Rational>]]
    let targets: [[Vector<Rational>]]

    private func place(_ tick: Int) -> Int {
      let rest = tick % entry.period
      return rest < 0 ? rest + entry.period : rest
    }

    func update(_ tick: Int) throws -> Matrix<Rational> {
      let formula = try UpdateFormula(entry.network.architecture, entry.schedule, edge: edge)
      // The oldest lags last; what lies ahead is counted from the other end of the period.
      let lags = 0...(max(formula.frameLags.max() ?? 0, 0) + entry.period)
      func shifted(_ rows: [Vector<Rational>]) -> [Vector<Rational>] { lags.map { rows[place(tick - $0)] } }
      return formula.evaluate(
        entry.network, at: Frames<Rational>(inputs: inputs.map(shifted), targets: targets.map(shifted)),
        in: ExactContext())
    }

    func gradient(_ tick: Int) -> Matrix<Rational> {
      StaticPass(
        entry.network, inputs: inputs.map { $0[place(tick)] }, targets: targets.map { $0[place(tick)] },
        in: ExactContext()
      ).gradient(of: entry.network.architecture.edges[edge])
    }
  }

  @Test func witnessesHaveThePeriod() throws {
    var (refuted, byDelay, exact, open) = (0, 0, 0, 0)
    try requireProperty("periodic witnesses", Self.cases, cases: 200, shrinkAttempts: 40) { entry in
      guard
        let timing = try? TimingAnalysis(entry.network.architecture, entry.schedule, period: entry.period),
        timing.edges.allSatisfy({ ($0.allLags.minimum ?? 0) >= 0 })
      else { return }
      let edges = Array(entry.network.architecture.edges.indices)
      for decision in try NetworkDecision(timing).decide(edges) {
        if decision.verdict == .exact { exact += 1 }
        if decision.verdict == .undecided { open += 1 }
        if entry.period == 1 { try demandEqual(decision.verdict, .exact) }
        guard let witness = decision.witness else { continue }
        refuted += 1
        let stream = witness.stream
        for tick in 0..<(stream.ticks - entry.period) {
          try demand(stream.inputs.allSatisfy { $0[tick] == $0[tick + entry.period] }, "no period at \(tick)")
          try demand(stream.targets.allSatisfy { $0[tick] == $0[tick + entry.period] }, "no period at \(tick)")
        }
        let recurring = Recurring(
          entry: entry, edge: decision.timing.edge, inputs: stream.inputs, targets: stream.targets)
        // What the machine says at that tick is what it says at any tick of a stream that never began.
        guard case .exact(let printed) = witness.update[0][0] else { continue }
        try demandEqual(try recurring.update(witness.tick)[0, 0], printed)
        if witness.kind == .frame {
          for frame in 0..<entry.period {
            try demand(try recurring.update(witness.tick) != recurring.gradient(frame), "frame \(frame) fits")
          }
        } else {
          byDelay += 1
          try demandEqual(witness.failures.map(\.delay), (0..<entry.period).map { $0 })
          for failure in witness.failures {
            let frame = failure.tick - (failure.delay ?? 0)
            try demand(try recurring.update(failure.tick) != recurring.gradient(frame), "delay \(frame) holds")
          }
        }
      }
    }
    #expect(refuted > 150 && exact > 100 && byDelay > 3, "\(refuted), \(byDelay) by delay, \(exact), open \(open)")
  }
}
