import ExactArithmetic
import Networks
import PropertyTesting
import Timing
import Waves

/// Networks on which an update is strictly monotone in every frame that it reads.
enum MonotoneCases {
  static let positive = Generator<Rational>.rational(height: 5).map(\.magnitude)

  /// Any graph with delays up to 3, σ = a² + a, positive weights; its schedule; a stream of distinct frames long enough
  /// that no update looks back past tick 0.
  static func generator(
    _ graphs: Generator<GraphPlan> = .anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2),
    schedule: @escaping @Sendable (Architecture) -> Generator<Schedule>
  ) -> Generator<FrameDependence.Case> {
    Generator { (source) throws(DiscardedCase) in
      let network = try source.draw(
        .network(graphs, width: 1...2, activations: .just(.quadratic), weights: positive, biases: positive))
      let schedule = try source.draw(schedule(network.architecture))
      guard let timing = try? TimingAnalysis(network.architecture, schedule) else { throw DiscardedCase() }
      let ticks = timing.fill + 2
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
      return FrameDependence.Case(network: network, schedule: schedule, stream: stream)
    }
  }
}
