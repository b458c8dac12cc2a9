import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Waves

/// Before tick 0 the frame is that of tick 0, for ever.
@Suite struct StartTests {
  static let cases = Generator<(Network, Schedule, FrameStream)> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .anyGraph(size: 3, delays: 1...2, backwardDelays: 1...2), width: 1...2,
        activations: .activation([.affine, .polynomial, .piecewiseLinear]), weights: .rational(height: 3),
        biases: .rational(height: 3)))
    let architecture = network.architecture
    let schedule = try source.draw(
      .frequency([
        (2, .named(for: architecture)), (2, .arbitrary(for: architecture)),
        (1, .arbitrary(for: architecture, reach: 2, least: -1)),
      ]))
    let stream = try source.draw(.stream(for: network, .slow(rate: 1), ticks: 40, values: .rational(height: 3)))
    return (network, schedule, stream)
  }

  /// A stream whose first frame is held for more ticks gives the same updates that many ticks later.
  @Test func heldStreamsAreTheSame() throws {
    var different = 0
    try requireProperty("held streams", Self.cases, cases: 80, shrinkAttempts: 60) { network, schedule, stream in
      let held = 60
      func longer(_ rows: [Vector<Rational>]) -> [Vector<Rational>] {
        [Vector<Rational>](repeating: rows[0], count: held) + rows
      }
      let context = ExactContext()
      let frames = Frames<Rational>(stream, in: context)
      let machine = TickMachine(network, schedule, frames: frames, in: context)
      let later = TickMachine(
        network, schedule,
        frames: Frames(inputs: frames.inputs.map(longer), targets: frames.targets.map(longer)), in: context)
      for edge in network.architecture.edges.indices {
        let updates = try (0..<3).map { try machine.update(edge, at: $0) }
        for (tick, update) in updates.enumerated() { try demandEqual(update, try later.update(edge, at: tick + held)) }
        if updates[0] != updates[2] { different += 1 }
      }
    }
    #expect(different > 50, "only \(different) updates changed")
  }
}
