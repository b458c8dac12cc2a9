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
}
