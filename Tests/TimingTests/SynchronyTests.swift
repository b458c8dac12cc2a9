import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// The synchrony decision against exact simulation: thousands of edges of random graphs, every delay d.
@Suite struct SynchronyTests {
  @Test func everyDelayOfThousandsOfEdges() throws {
    let graphs = Generator<GraphPlan>.frequency([
      (3, .directedAcyclic(nodes: 1...6, inputs: 1...2)), (1, .residual(blocks: 1...2)),
      (2, .levelled(levels: 1...4)), (1, .unbalanced(nodes: 2...5)), (1, .chain(depth: 1...5)),
      (1, .multiEdge(.directedAcyclic(nodes: 1...4, inputs: 1...1))),
    ])
    let positive = Generator<Rational>.rational(height: 3).map(\.magnitude)
    let cases = Generator<(Network, Reading)> { (source) throws(DiscardedCase) in
      let network = try source.draw(
        .network(
          graphs, width: 1...1, activations: .frequency([(3, .just(.quadratic)), (1, .just(.identity))]),
          weights: positive,
          biases: nil))
      return (network, try source.draw(.element(of: Reading.all)))
    }
    var counts = (edges: 0, delays: 0, synchronous: 0)
    try requireProperty("synchrony of edges", cases, cases: 700, shrinkAttempts: 100) { network, reading in
      guard let schedule = try? Schedule.diffusion(network.architecture, reading) else { return }
      let timing = try TimingAnalysis(network.architecture, schedule)
      let ticks = timing.fill + 2
      func series(_ nodes: [Node], _ sign: Int) -> [[Vector<Rational>]] {
        // Numbers of no pattern, so that no sum or product over other frames is, even in a linear network, that of one.
        nodes.enumerated().map { place, _ in
          var value = 1
          return (0..<ticks).map { tick in
            value = (3 * value + 1 + (tick * tick + place) % 7) % 1_000_003
            return Vector([Rational(sign * value)])
          }
        }
      }
      let architecture = network.architecture
      let stream = try FrameStream(
        inputs: series(Array(architecture.nodes[..<architecture.inputCount]), 1),
        targets: series(architecture.outputs.map { architecture.nodes[$0] }, -1), for: architecture)
      let context = ExactContext()
      let machine = TickMachine<Rational>(network, schedule, frames: Frames(stream, in: context), in: context)
      for edge in timing.edges where !edge.reachesNoOutput {
        counts.edges += 1
        if edge.isSynchronous { counts.synchronous += 1 }
        let update = try machine.update(edge.edge, at: ticks - 1)
        for delay in 0..<ticks {
          counts.delays += 1
          let gradient = try machine.staticPass(at: ticks - 1 - delay).gradient(of: architecture.edges[edge.edge])
          try demandEqual(gradient == update, edge.delay == delay, "\(edge.name), delay \(delay), \(reading)")
        }
      }
    }
    #expect(counts.edges > 3_000 && counts.delays > 15_000 && counts.synchronous > 200, "\(counts)")
  }
}
