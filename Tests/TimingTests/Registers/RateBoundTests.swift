import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// The global bound holds on the tick machine, and vanishes exactly where the calculus says that lags agree.
@Suite struct RateBoundTests {
  private static let rate = Rational(Integer(1), over: 8)

  struct Case: Sendable {
    let network: Network
    let schedule: Schedule
    let stream: FrameStream
  }

  /// Inputs and targets in [−1, 1]; inputs and targets walk by at most 1/8 a tick.
  private static let generator = Generator<Case> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2), width: 1...2,
        activations: .element(of: [
          .identity, .quadratic, .relu, .hardTanh, .rational, .softsign, .cubic,
          .leakyRelu(Rational(Integer(-1), over: 2)),
          .hardSigmoid(alpha: Rational(Integer(1), over: 5), beta: Rational(Integer(1), over: 2)),
        ]), weights: .rational(height: 2), biases: .rational(height: 2)))
    let architecture = network.architecture
    let readings = Reading.all.filter { $0.slope != .frameConsistent }
    var schedules = readings.compactMap { try? Schedule.diffusion(architecture, $0) }
    for error in [ErrorInjection.open, .closed] {
      for tolerance in [0, 1, 2] {
        var request = RegisterRequest(allEdgesOf: architecture)
        request.tolerance = tolerance
        let latencies = Schedule.diffusionLatencies(architecture, error: error)
        if case .plan(let plan)? = try? RegisterSynthesis.solve(architecture, latencies, request) {
          schedules.append(plan.schedule)
        }
      }
    }
    let schedule = try source.draw(.element(of: schedules))
    let ticks = ((try? TimingAnalysis(architecture, schedule))?.fill ?? 0) + 2
    func walks(_ nodes: some Sequence<Int>) throws(DiscardedCase) -> [[Vector<Rational>]] {
      var all: [[Vector<Rational>]] = []
      for node in nodes {
        let width = architecture.nodes[node].width
        var level = [Int](repeating: 0, count: width)
        var rows: [Vector<Rational>] = []
        for _ in 0..<ticks {
          for unit in 0..<width {
            level[unit] = max(-8, min(8, level[unit] + (try source.draw(.integer(in: -1...1)))))
          }
          rows.append(Vector(level.map { Rational(Integer($0), over: 8) }))
        }
        all.append(rows)
      }
      return all
    }
    let inputs = try walks(0..<architecture.inputCount)
    let targets = try walks(architecture.outputs)
    guard let stream = try? FrameStream(inputs: inputs, targets: targets, for: architecture) else {
      throw DiscardedCase()
    }
    return Case(network: network, schedule: schedule, stream: stream)
  }

  @Test func boundHoldsOnTheMachine() throws {
    var counts = (compared: 0, moved: 0, tight: 0)
    try requireProperty("rate bounds", Self.generator, cases: 200, shrinkAttempts: 100) { entry in
      let architecture = entry.network.architecture
      let timing = try TimingAnalysis(architecture, entry.schedule)
      let bound = try #require(
        RateBound(entry.network, entry.schedule, amplitude: 1, rate: Self.rate, targetRate: Self.rate))
      let context = ExactContext()
      let machine = TickMachine<Rational>(
        entry.network, entry.schedule, frames: Frames(entry.stream, in: context), in: context)
      let tick = entry.stream.ticks - 1
      for edge in timing.edges {
        let update = try machine.update(edge.edge, at: tick)
        for reference in edge.allLags.values where (0...tick).contains(reference) {
          let gradient = try machine.staticPass(at: tick - reference).gradient(of: architecture.edges[edge.edge])
          let error = Self.distance(update, gradient)
          let upper = bound.bound(of: edge.edge, reference: reference)
          try demand(error <= upper, "\(edge.name), frame t−\(reference): \(error) > \(upper)")
          counts.compared += 1
          if !error.isZero { counts.moved += 1 }
          if error * 4 > upper, !error.isZero { counts.tight += 1 }
        }
        if edge.isSynchronous { try demandEqual(bound.best(of: edge)?.bound, Rational(0)) }
      }
    }
    #expect(counts.compared > 2_000 && counts.moved > 500 && counts.tight > 10, "\(counts)")
  }

  private static func distance(_ left: Matrix<Rational>, _ right: Matrix<Rational>) -> Rational {
    (0..<left.rows).reduce(Rational(0)) { most, row in
      (0..<left.columns).reduce(most) { max($0, (left[row, $1] - right[row, $1]).magnitude) }
    }
  }

  /// The weighted median: no other frame has a smaller bound, and the machine's activity obeys it.
  @Test func bestFrameIsAWeightedMedian() throws {
    var mixed = 0
    try requireProperty("best frames", Self.generator, cases: 120, shrinkAttempts: 50) { entry in
      let timing = try TimingAnalysis(entry.network.architecture, entry.schedule)
      let bound = try #require(RateBound(entry.network, entry.schedule, amplitude: 1, rate: Self.rate))
      let context = ExactContext()
      let machine = TickMachine<Rational>(
        entry.network, entry.schedule, frames: Frames(entry.stream, in: context), in: context)
      let tick = entry.stream.ticks - 1
      for node in entry.network.architecture.nodes.indices {
        let best = try #require(bound.bestFrame(of: node))
        for reference in 0...timing.fill {
          let other = bound.bound(ofActivity: node, reference: reference)
          try demand(best.bound <= other)
          guard reference <= tick else { continue }
          let (now, then) = (
            try machine.activity(node, at: tick), try machine.staticPass(at: tick - reference).activities[node]
          )
          let error = zip(now.elements, then.elements).reduce(Rational(0)) { max($0, ($1.0 - $1.1).magnitude) }
          try demand(error <= other)
        }
        if !best.bound.isZero { mixed += 1 }
      }
    }
    #expect(mixed > 50)
  }
}
