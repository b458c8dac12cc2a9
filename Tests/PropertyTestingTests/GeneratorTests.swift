import PropertyTesting
import Testing

@Suite struct GeneratorTests {
  @Test(arguments: [-3...9, 0...0, 5...8, -20...(-11), Int.min...Int.max])
  func integersStayInRangeAndReachItsEnds(range: ClosedRange<Int>) {
    let drawn = samples(.integer(in: range), count: 4_000)
    #expect(drawn.count == 4_000)
    #expect(drawn.allSatisfy(range.contains))
    #expect(drawn.contains(range.lowerBound))
    #expect(drawn.contains(range.upperBound))
    let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    if !overflow { #expect(Set(drawn).count == width + 1) }
  }

  @Test func integersAreMostlyUniform() {
    let drawn = samples(.integer(in: 0...99), count: 20_000)
    let counts = Dictionary(grouping: drawn) { $0 }.mapValues(\.count)
    // 3/4 of 20000 draws spread over 100 values: 150 each; seeds are fixed, so this never fluctuates.
    #expect((0...99).allSatisfy { counts[$0, default: 0] > 100 })
  }

  @Test func arraysHaveEveryLength() {
    let lengths = samples(.array(of: .boolean, count: 2...6), count: 4_000).map(\.count)
    let counts = Dictionary(grouping: lengths) { $0 }.mapValues(\.count)
    #expect(counts.keys.sorted() == [2, 3, 4, 5, 6])
    #expect(counts.values.allSatisfy { $0 > 600 })
    #expect(samples(.array(of: .boolean, count: 0...0)).allSatisfy { $0.isEmpty })
  }

  @Test func frequenciesFollowTheirWeights() {
    let drawn = samples(.frequency([(1, .just("a")), (3, .just("b"))]), count: 4_000)
    let rare = drawn.count { $0 == "a" }
    #expect((900...1_100).contains(rare))
    #expect(drawn.count == 4_000)
  }

  @Test func filtersRetryBeforeTheyDiscard() {
    let third = Generator.integer(in: 0...999).filter { $0 % 3 == 1 }
    let drawn = (UInt64(0)..<4_000).compactMap { third.sample(seed: $0) }
    #expect(drawn.count > 3_980)
    #expect(drawn.allSatisfy { $0 % 3 == 1 })
    #expect(Generator.just(1).filter { $0 == 2 }.sample(seed: 0) == nil)
  }

  @Test func theSimplestValueComesFromNoChoices() throws {
    var source = Source(replaying: [])
    let pair = try source.draw(.tuple(.integer(in: -5...5), .array(of: .boolean, count: 0...3)))
    #expect(pair.0 == 0)
    #expect(pair.1 == [])
    #expect(source.choices == [0, 0])
  }
}
