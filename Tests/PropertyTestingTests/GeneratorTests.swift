import PropertyTesting
import Testing

@Suite struct GeneratorTests {
  private func samples<Value>(_ generator: Generator<Value>, count: UInt64 = 4_000) -> [Value] {
    (0..<count).compactMap { generator.sample(seed: $0) }
  }

  @Test(arguments: [-3...9, 0...0, 5...8, -20...(-11), Int.min...Int.max])
  func integersStayInRangeAndReachItsEnds(range: ClosedRange<Int>) {
    let drawn = samples(.integer(in: range))
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
    let lengths = samples(.array(of: .boolean, count: 2...6)).map(\.count)
    let counts = Dictionary(grouping: lengths) { $0 }.mapValues(\.count)
    #expect(counts.keys.sorted() == [2, 3, 4, 5, 6])
    #expect(counts.values.allSatisfy { $0 > 600 })
    #expect(samples(.array(of: .boolean, count: 0...0)).allSatisfy { $0.isEmpty })
  }

  @Test func frequenciesFollowTheirWeights() {
    let drawn = samples(.frequency([(1, .just("a")), (3, .just("b"))]))
    let rare = drawn.count { $0 == "a" }
    #expect((900...1_100).contains(rare))
    #expect(drawn.count == 4_000)
  }

  @Test func filtersRetryBeforeTheyDiscard() {
    let tenth = Generator.integer(in: 0...999).filter { $0 % 3 == 1 }
    #expect(samples(tenth).count > 3_980)
    #expect(samples(tenth).allSatisfy { $0 % 3 == 1 })
    #expect(Generator.just(1).filter { $0 == 2 }.sample(seed: 0) == nil)
  }

  @Test func theSimplestValueComesFromNoChoices() throws {
    var source = Source(replaying: [])
    let pair = try source.draw(.zip(.integer(in: -5...5), .array(of: .boolean, count: 0...3)))
    #expect(pair.0 == 0)
    #expect(pair.1 == [])
    #expect(source.choices == [0, 0, 0])
  }
}
