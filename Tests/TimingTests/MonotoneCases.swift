import ExactArithmetic
import Networks
import PropertyTesting
import Timing
import Waves

/// Networks on which an update is strictly monotone in every frame that it reads.
enum MonotoneCases {
  static let positive = Generator<Rational>.rational(height: 5).map(\.magnitude)

  /// Any graph with delays up to 3, σ = a² + a, or a at some nodes, whose slopes are constants; positive weights; its
  /// schedule; a stream of distinct frames long enough that no update looks back past tick 0, nor ahead past its end.
  static func generator(
    _ graphs: Generator<GraphPlan> = .anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2),
    schedule: @escaping @Sendable (Architecture) -> Generator<Schedule>
  ) -> Generator<FrameDependence.Case> {
    Generator { (source) throws(DiscardedCase) in
      let network = try source.draw(
        .network(
          graphs, width: 1...2, activations: .frequency([(3, .just(.quadratic)), (1, .just(.identity))]),
          weights: positive,
          biases: positive))
      let schedule = try source.draw(schedule(network.architecture))
      guard let timing = try? TimingAnalysis(network.architecture, schedule) else { throw DiscardedCase() }
      // Signals on the way may be read earlier, and later, than the frames that they lead to.
      let least = timing.edges.compactMap(\.allLags.minimum).min() ?? 0
      let hops = 2 * network.architecture.nodes.count + 4
      let tick = timing.fill + 1 + (schedule.leastInteger < 0 ? -schedule.leastInteger * hops : 0)
      let ticks = tick + 1 + max(-least, 0)
      func series(_ node: Int, sign: Rational) throws(DiscardedCase) -> [Vector<Rational>] {
        var rows: [Vector<Rational>] = []
        for tick in 0..<ticks {
          let row = try source.draw(
            .vector(
              count: network.architecture.nodes[node].width...network.architecture.nodes[node].width, of: positive))
          // Rising by more than any number that is drawn, so that no two frames are equal.
          rows.append(Vector(row.elements.map { ($0 + Rational(Integer(6 * tick), over: 1)) * sign }))
        }
        return rows
      }
      var inputs: [[Vector<Rational>]] = []
      for input in 0..<network.architecture.inputCount { inputs.append(try series(input, sign: 1)) }
      var targets: [[Vector<Rational>]] = []
      for output in network.architecture.outputs { targets.append(try series(output, sign: -1)) }
      guard let stream = try? FrameStream(inputs: inputs, targets: targets, for: network.architecture) else {
        throw DiscardedCase()
      }
      return FrameDependence.Case(network: network, schedule: schedule, stream: stream, tick: tick)
    }
  }
}

extension Schedule {
  /// The least of all its integers: negative where something is read from the future.
  var leastInteger: Int {
    var integers = [
      forwardLatency, backwardLatency, inputMemory, errorMemory, activationDelay, outputMemory, targetLag,
      residualSlopeMemory,
    ]
    if case .memory(let memory) = slopeSource { integers.append(memory) }
    return integers.joined().min() ?? 0
  }
}
