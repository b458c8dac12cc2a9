import PropertyTesting
import Testing

@Suite struct EngineTests {
  @Test func aTruePropertyPassesOnAsManyDistinctCasesAsAsked() {
    let result = checkProperty("a square is not negative", .integer(in: -1_000_000...1_000_000), cases: 2_000) {
      try demand($0 * $0 >= 0)
    }
    #expect(result.passed)
    #expect(result.distinctCases == 2_000)
    #expect(result.discardedCases == 0)
    #expect(result.counterexample == nil)
  }

  @Test func aSmallSpaceIsExhausted() {
    var seen: Set<Bool> = []
    let result = checkProperty("both", .boolean, cases: 100) { seen.insert($0) }
    #expect(result.passed)
    #expect(result.distinctCases == 2)
    #expect(result.repeatedCases == 1_000)
    #expect(seen == [false, true])
  }

  @Test func aPropertyFalseOnceInFiveHundredIsCaught() {
    // 6000 distinct cases miss it with probability (1 − 1/500)^6000 < 10⁻⁵ for one seed; all seeds here are fixed.
    for seed in UInt64(0)..<20 {
      let result = checkProperty("rarely false", .integer(in: 0...1_000_000_000), seed: seed, cases: 6_000) {
        try demand($0 % 500 != 317)
      }
      #expect(result.counterexample?.value == 317)
    }
  }

  @Test func aSeedFixesTheCases() {
    func cases(seed: UInt64?, name: String = "record") -> [[Int]] {
      var seen: [[Int]] = []
      let generator = Generator.array(of: .integer(in: -50...50), count: 0...6)
      _ = checkProperty(name, generator, seed: seed, cases: 200) { seen.append($0) }
      return seen
    }
    #expect(cases(seed: 5) == cases(seed: 5))
    #expect(cases(seed: 5) != cases(seed: 6))
    #expect(cases(seed: nil) == cases(seed: nil))
    #expect(cases(seed: nil) != cases(seed: nil, name: "another name"))
    #expect(cases(seed: 5).first == [])
  }

  @Test func theSequenceOfASeedIsTheOneOfSplitMix64() {
    // The reference values of the published implementation for seed 1234567.
    var random = SplitMix64(seed: 1_234_567)
    let words = (0..<5).map { _ in random.next() }
    #expect(
      words == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func discardingMostCasesIsAFailure() {
    let byBody = checkProperty("discards in the body", .integer(in: 0...1_000_000), cases: 100) {
      try assume($0 % 50 == 1)
    }
    let byFilter = checkProperty("filters all", Generator.integer(in: 0...1_000_000).filter { $0 < 0 }, cases: 100) {
      _ in
    }
    for result in [byBody, byFilter] {
      #expect(!result.passed)
      #expect(result.discardedCases == 101)
      #expect(result.description.contains("hardly tested"))
    }
    #expect(byFilter.distinctCases == 0)
    let half = checkProperty("half", .integer(in: 0...1_000_000), cases: 100) { try assume($0 % 16 != 0) }
    #expect(half.passed)
    #expect(half.discardedCases > 0)
    #expect(half.distinctCases == 100)
  }

  @Test func aPropertyWithoutACaseIsAFailure() {
    let result = checkProperty("one value, discarded", .just(1), cases: 10) { _ in throw DiscardedCase() }
    #expect(!result.passed)
    #expect(result.distinctCases == 0)
  }

  @Test func theThrowingVariantThrowsTheReport() throws {
    let counts = try requireProperty("holds", .boolean) { _ in }
    #expect(counts.distinctCases == 2)
    let violation = #expect(throws: PropertyViolation.self) {
      try requireProperty("small", .integer(in: 0...1_000), seed: 7) { try demand($0 < 10, "too large") }
    }
    let report = try #require(violation?.description)
    #expect(report.contains("“small” is false"))
    #expect(report.contains("\n10\nfails: too large (PropertyTestingTests/EngineTests.swift:"))
    #expect(report.hasSuffix("\nreplay: \"wp1:7:a\""))
    #expect(violation?.replay?.choices == [10])
  }

  @Test func shrinkingKeepsTheKindOfTheFailure() {
    struct Other: Error {}
    let result = checkProperty("two ways to fail", .integer(in: 0...1_000_000), seed: 3) { value in
      if value > 5_000 { throw Other() }
      try demand(value != 3, "three")
    }
    let error = result.counterexample?.error
    #expect(result.counterexample?.value == (error is Other ? 5_001 : 3))
  }
}
