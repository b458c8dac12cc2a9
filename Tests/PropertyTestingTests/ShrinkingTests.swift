import PropertyTesting
import Testing

/// Known smallest examples, reached from many seeds.
@Suite struct ShrinkingTests {
  @Test func aSumOfAtLeastAHundred() {
    #expect(smallest(.array(of: .integer(in: 0...1_000), count: 0...20)) { $0.reduce(0, +) >= 100 } == ["[100]"])
  }

  @Test func aSumOfSmallNumbers() {
    let lists = Generator.array(of: .integer(in: 0...60), count: 0...20)
    #expect(smallest(lists) { $0.reduce(0, +) >= 100 } == ["[40, 60]"])
  }

  @Test func anUnsortedList() {
    let lists = Generator.array(of: .integer(in: 0...1_000), count: 0...12)
    #expect(smallest(lists) { $0 != $0.sorted() } == ["[1, 0]"])
  }

  @Test func aRepeatedElement() {
    let lists = Generator.array(of: .integer(in: 1...200), count: 0...30)
    #expect(smallest(lists) { Set($0).count < $0.count } == ["[1, 1]"])
    let repeatsALargeOne = { (list: [Int]) in list.contains { value in value > 7 && list.count { $0 == value } > 1 } }
    #expect(smallest(lists, failing: repeatsALargeOne) == ["[8, 8]"])
  }

  @Test func anIntegerTowardsItsTarget() {
    #expect(smallest(.integer(in: -1_000...1_000)) { abs($0) > 41 } == ["42"])
    #expect(smallest(.integer(in: -1_000...1_000)) { $0 < -41 } == ["-42"])
    #expect(smallest(.integer(in: 0...1_000, towards: 500)) { abs($0 - 500) > 41 } == ["542"])
    #expect(smallest(.integer(in: -90...(-7))) { _ in true } == ["-7"])
    #expect(smallest(.integer(in: UInt64.min...UInt64.max)) { $0 > 1 << 40 } == ["1099511627777"])
    #expect(smallest(.integer(in: Int64.min...Int64.max)) { $0 < Int64(-1) << 40 } == ["-1099511627777"])
  }

  @Test func throughMapFlatMapAndFilter() {
    let even = Generator.integer(in: 0...10_000).map { 2 * $0 }
    #expect(smallest(even) { $0 >= 1_001 } == ["1002"])
    let counted = Generator.integer(in: 0...8).flatMap { count in
      Generator.array(of: .integer(in: 0...9), count: count...count)
    }
    #expect(smallest(counted) { $0.contains { $0 >= 5 } } == ["[5]"])
    let odd = Generator.integer(in: 0...10_000).filter { $0 % 2 == 1 }
    #expect(smallest(odd) { $0 > 100 } == ["101"])
  }

  @Test func throughAlternatives() {
    let choices = Generator.oneOf([.integer(in: 0...9), .integer(in: 1_000...2_000), .integer(in: 100...900)])
    #expect(smallest(choices) { $0 > 9 } == ["1000"])
    #expect(smallest(.frequency([(1, .just("rare")), (50, .just("common"))])) { _ in true } == ["\"rare\""])
    #expect(smallest(.tuple(.boolean, .element(of: ["a", "b", "c"]))) { $0.0 && $0.1 != "a" } == ["(true, \"b\")"])
  }

  @Test func equalNumbersFallTogether() {
    let pairs = Generator.tuple(.integer(in: 0...50), .integer(in: 0...50))
    #expect(smallest(pairs, cases: 20_000) { $0.0 == $0.1 && $0.0 > 3 } == ["(4, 4)"])
  }

  @Test func thatAttemptsAreBounded() {
    let lists = Generator.array(of: .integer(in: 0...1_000_000), count: 30...40)
    let result = checkProperty("bounded", lists, seed: 1, shrinkAttempts: 100) {
      try demand($0.reduce(0, +) < 1_000_000)
    }
    #expect(result.shrinkAttempts == 100)
    #expect(!result.passed)
  }
}
