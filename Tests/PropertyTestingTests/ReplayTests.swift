import PropertyTesting
import Testing

@Suite struct ReplayTests {
  private let lists = Generator.array(of: .integer(in: 0...1_000), count: 0...20)

  private func sumIsSmall(_ list: [Int]) throws {
    try demand(list.reduce(0, +) < 100, "the sum is \(list.reduce(0, +))")
  }

  @Test func aReplayRepeatsTheFailureByteForByte() throws {
    for seed in UInt64(1)...20 {
      let found = try #require(checkProperty("sum", lists, seed: seed, sumIsSmall).counterexample)
      let line = found.replay.description
      let again = checkProperty("sum", lists, replay: line, sumIsSmall)
      #expect(again.seed == seed)
      #expect(again.distinctCases == 1)
      #expect(again.shrinkAttempts == 0)
      #expect(again.counterexample?.description == found.description)
      #expect(again.counterexample?.replay.description == line)
    }
  }

  @Test func everyCaseCanBeReplayedFromItsChoices() throws {
    for seed in UInt64(0)..<500 {
      var source = Source(seed: seed)
      let value = try source.draw(lists)
      let code = try #require(ReplayCode(ReplayCode(seed: seed, choices: source.choices).description))
      var replayed = Source(replaying: code.choices)
      let again = try replayed.draw(lists)
      #expect(again == value)
      #expect(replayed.choices == source.choices)
    }
  }

  @Test func aReplayThatPassesIsFollowedByTheWholeRun() {
    let result = checkProperty("mended", lists, cases: 50, replay: "wp1:2a:1.2s.0") { _ in }
    #expect(result.passed)
    #expect(result.seed == 0x2A)
    #expect(result.distinctCases == 50)
  }

  @Test(arguments: [
    "", "wp1", "wp1:xyz:1", "wp2:1:1", "wp1:1:1..2", "wp1:1:-1", "wp1:1:1.", "wp1:1:1:1", "wp1:1: 1",
    "wp1:1:~", "wp1:1:~zzzzz", "wp1:1:~5yc4.~5yc4", "wp1:1:1~3",
  ])
  func whatIsNotAReplayLineIsRefused(text: String) {
    #expect(ReplayCode(text) == nil)
    let result = checkProperty("x", lists, replay: text) { _ in }
    #expect(!result.passed)
    #expect(result.description.contains("not a replay line"))
  }

  @Test(arguments: ["wp1:1:", "wp1:1:1.zzzz.0", "wp1:1:1.5.0.0"])
  func aReplayThatTheGeneratorNoLongerMakesIsRefused(text: String) {
    let result = checkProperty("x", lists, replay: text) { _ in }
    #expect(!result.passed)
    #expect(result.description.contains("no longer makes"))
  }

  @Test func codesRoundTrip() {
    let code = ReplayCode(seed: .max, choices: [0, 35, 36, .max])
    #expect(code.description == "wp1:ffffffffffffffff:0.z.10.3w5e11264sgsf")
    #expect(ReplayCode(code.description) == code)
    let zeros = ReplayCode(seed: 1, choices: [0, 0, 3] + [UInt64](repeating: 0, count: 40) + [7, 0, 0, 0])
    #expect(zeros.description == "wp1:1:0.0.3.~14.7.~3")
    #expect(ReplayCode(zeros.description) == zeros)
    let empty = ReplayCode(seed: 0, choices: [])
    #expect(ReplayCode(empty.description) == empty)
  }
}
