import Networks
import PropertyTesting
import Testing
import Waves

@Suite struct ScheduleGeneratorTests {
  @Test func namedSchedulesAreThoseOfTheLiterature() throws {
    let chain = try #require(Generator<Architecture>.architecture(.chain(depth: 3...3)).sample(seed: 0))
    let drawn = samples(.named(for: chain))
    #expect(Set(drawn.map(\.name)).count == 5)
    #expect(Set(drawn.compactMap(\.reading)) == Set(Reading.all))
    let skip = try #require(Generator<Architecture>.architecture(.unbalanced(nodes: 2...2)).sample(seed: 0))
    #expect(samples(.named(for: skip)).contains { $0.name == "pipedream" })
    let slow = try #require(Generator<Architecture>.architecture(.chain(depth: 2...2, delays: 2...2)).sample(seed: 0))
    #expect(samples(.named(for: slow)).allSatisfy { $0.name != "pipedream" })
  }

  @Test func arbitrarySchedulesAreWellFounded() {
    let pairs = Generator<Architecture>.architecture(.anyGraph()).flatMap { architecture in
      Generator<Schedule>.arbitrary(for: architecture).map { (architecture, $0) }
    }
    for (architecture, schedule) in samples(pairs, count: 1_000) {
      #expect(schedule.forwardLatency.count == architecture.edges.count)
      #expect(schedule.activationDelay.count == architecture.nodes.count)
      for (index, edge) in architecture.edges.enumerated() {
        #expect(schedule.forwardLatency[index] + schedule.activationDelay[edge.target] >= 1)
        #expect(schedule.backwardLatency[index] >= 1)
      }
    }
  }

  @Test func arbitrarySchedulesAreOfEveryKind() {
    let pairs = Generator<Architecture>.architecture(.chain(depth: 1...3)).flatMap { architecture in
      Generator<Schedule>.arbitrary(for: architecture, reach: 5, least: -3).map { (architecture, $0) }
    }
    var (ownFrame, ownResidual, negative) = (0, 0, 0)
    for (architecture, schedule) in samples(pairs, count: 300) {
      let output = architecture.outputs[0]
      if schedule.slopeSource == .frameConsistent { ownFrame += 1 }
      if schedule.residualSlopeMemory[output] == schedule.outputMemory[output] + schedule.activationDelay[output] {
        ownResidual += 1
      }
      let integers = schedule.forwardLatency + schedule.backwardLatency + schedule.inputMemory + schedule.errorMemory
      if integers.contains(where: { $0 < 0 }) { negative += 1 }
    }
    #expect(ownFrame > 30 && ownFrame < 150)
    #expect(ownResidual > 100 && ownResidual < 250)
    #expect(negative > 200)
  }
}
