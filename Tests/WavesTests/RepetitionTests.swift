import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Not computing again what reads the same values changes no value.
@Suite struct RepetitionTests {
  private struct Case {
    let network: Network
    let schedule: Schedule
    let stream: FrameStream
  }

  /// Streams of two or three frames in any order, so that most frames come again, and rarely in a row.
  private static let cases = Generator<Case> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2), width: 1...2,
        activations: .activation([.affine, .polynomial, .piecewiseLinear]), weights: .rational(height: 4),
        biases: .rational(height: 4)))
    let schedule = try source.draw(
      .oneOf([.named(for: network.architecture), .arbitrary(for: network.architecture, reach: 2, least: -1)]))
    guard let timing = try? TimingAnalysis(network.architecture, schedule) else { throw DiscardedCase() }
    let few = try source.draw(.stream(for: network, .abrupt(tick: 1), ticks: 3, values: .rational(height: 3)))
    let order = try source.draw(.array(of: .integer(in: 0...2), count: (timing.fill + 8)...(timing.fill + 8)))
    return Case(
      network: network, schedule: schedule,
      stream: few.reordered(order))
  }

  @Test func repeatedFramesGiveTheSameValues() throws {
    var (compared, different) = (0, 0)
    try requireProperty("repetition", Self.cases, cases: 200, shrinkAttempts: 100) { entry in
      let context = ExactContext()
      let repeating = Frames<Rational>(entry.stream, in: context)
      try demand(repeating.repeats)
      // The same frames, of which nothing is known to come again.
      let plain = Frames<Rational>(inputs: repeating.inputs, targets: repeating.targets)
      try demand(!plain.repeats)
      let machine = TickMachine(entry.network, entry.schedule, frames: repeating, in: context)
      let forgetful = TickMachine(entry.network, entry.schedule, frames: repeating, in: context)
      let other = TickMachine(entry.network, entry.schedule, frames: plain, in: context)
      for tick in 0..<(entry.stream.ticks - 2) {
        for edge in entry.network.architecture.edges.indices {
          guard let value = try? other.update(edge, at: tick) else {
            try demand((try? machine.update(edge, at: tick)) == nil, "a frame that is missing is needed")
            continue
          }
          try demandEqual(try machine.update(edge, at: tick), value)
          try demandEqual(try forgetful.update(edge, at: tick), value)
          compared += 1
          if value.storage.elements.contains(where: { !$0.isZero }) { different += 1 }
        }
        forgetful.forget(before: tick)
      }
    }
    #expect(compared > 2_000 && different * 3 > compared, "\(compared), \(different) not zero")
  }
}

extension FrameStream {
  /// The frames of these ticks, one after the other.
  fileprivate func reordered(_ ticks: [Int]) -> FrameStream {
    var copy = self
    copy.inputs = inputs.map { rows in ticks.map { rows[$0] } }
    copy.targets = targets.map { rows in ticks.map { rows[$0] } }
    return copy
  }
}
