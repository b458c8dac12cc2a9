import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Waves

@Suite struct StreamGeneratorTests {
  private func courses(_ motion: Motion, ticks: Int = 9) -> [[Rational]] {
    samples(.frames(motion, width: 2, ticks: ticks), count: 1_000).flatMap { frames in
      #expect(frames.count == ticks)
      return (0..<2).map { entry in frames.map { $0[entry] } }
    }
  }

  private func steps(_ course: [Rational]) -> [Rational] { zip(course, course.dropFirst()).map { $1 - $0 } }

  @Test(arguments: [.constant, .hold(period: 3), .periodic(period: 4), .slow(rate: 1), .abrupt(tick: 5)] as [Motion])
  func noEntryIsZero(motion: Motion) {
    #expect(courses(motion).allSatisfy { !$0.contains { $0.isZero } })
  }

  @Test func constantStreamsRest() {
    #expect(courses(.constant).allSatisfy { Set($0).count == 1 })
    #expect(courses(.constant, ticks: 1).allSatisfy { $0.count == 1 })
  }

  @Test(arguments: [1, 2, 4])
  func heldStreamsMoveAtEachMultipleOfTheirPeriodAlone(period: Int) {
    for course in courses(.hold(period: period)) {
      for (tick, step) in steps(course).enumerated() { #expect(step.isZero == ((tick + 1) % period != 0)) }
    }
  }

  @Test(arguments: [1, 2, 3, 5])
  func periodicStreamsHaveTheirLeastPeriod(period: Int) {
    for course in courses(.periodic(period: period), ticks: 11) {
      #expect(Set(course).count == period)
      #expect((period..<11).allSatisfy { course[$0] == course[$0 - period] })
    }
  }

  @Test func slowStreamsMoveEverywhereButNotFaster() {
    let rate = Rational(1, over: 16)
    for course in courses(.slow(rate: rate)) {
      #expect(steps(course).allSatisfy { !$0.isZero && $0.magnitude <= rate })
    }
  }

  @Test(arguments: [1, 3, 8])
  func abruptStreamsJumpOnceAndTogether(tick: Int) {
    for frames in samples(.frames(.abrupt(tick: tick), width: 3, ticks: 9), count: 1_000) {
      let moved = (0..<3).map { entry in
        let steps = steps(frames.map { $0[entry] })
        #expect(steps.allSatisfy { $0.isZero || $0.magnitude > 1 })
        return steps.map(\.isZero)
      }
      #expect(Set(moved) == [(1..<9).map { $0 != tick }])
    }
  }

  @Test func targetsDifferFromOutputs() {
    let networks = Generator<Network>.network(
      .anyGraph(size: 4), width: 1...2, activations: .activation(), weights: .rational(height: 3))
    let streams = Generator<(Network, FrameStream)> { (source) throws(DiscardedCase) in
      let network = try source.draw(networks)
      let motion = try source.draw(.motion(ticks: 4))
      return (network, try source.draw(.stream(for: network, motion, ticks: 4)))
    }
    let context = IntervalContext()
    for (network, stream) in samples(streams, count: 300) {
      let frames = Frames<Interval>(stream, in: context)
      for frame in 0..<4 {
        let values = StaticPass<Interval>.forward(network, inputs: frames.input(at: frame), in: context).activities
        for (position, output) in network.architecture.outputs.enumerated() {
          for target in stream.targets[position] {
            #expect(zip(values[output].elements, target.elements).allSatisfy { !$0.contains($1) })
            #expect(!target.elements.contains { $0.isZero })
          }
        }
      }
    }
  }

  @Test func anIdentityMeetingItsOwnTargetIsMovedAway() throws {
    // Inputs and targets of the simplest choices are all 1, and the simplest network passes its input on.
    var source = Source(replaying: [])
    let network = try source.draw(.network(.chain(depth: 1...1), width: 1...1))
    let stream = try source.draw(.stream(for: network, .constant, ticks: 2))
    #expect(stream.inputs == [[Vector([1]), Vector([1])]])
    #expect(stream.targets == [[Vector([2]), Vector([2])]])
  }

  @Test func motionsOfEveryKindAreDrawn() {
    let drawn = samples(.motion(ticks: 8))
    let kinds = drawn.map { sourceCode(of: $0).rendered().prefix { $0 != "(" } }
    #expect(Set(kinds) == [".constant", ".hold", ".periodic", ".slow", ".abrupt"])
  }
}
