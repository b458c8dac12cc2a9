import Foundation
import Testing

/// What `verify` is asked, and what its exit status says.
@Suite struct ClaimOptionsTests {
  private static let chain = VerifyCommandTests.chain

  private static func status(_ options: String..., input: String = chain) throws -> Int32 {
    try Tool.run("verify", ["-", "--format", "json"] + options, input: input).status
  }

  @Test func expectationsTurnFactsIntoClaims() throws {
    #expect(try Self.status("--expect", "layer1->layer2=1") == 0)
    #expect(try Self.status("--expect", "layer1->layer2=2") == 1)
    #expect(try Self.status("--expect", "layer1->layer2=exact", "--expect", "layer0->layer1=refuted") == 0)
    #expect(try Self.status("--expect", "layer1->layer2=refuted") == 1)
    #expect(try Self.status("--expect", "layer0->layer1=exact") == 1)
    #expect(try Self.status("--expect", "layer0->layer1=0") == 1)
    let run = try Tool.run("verify", "-", "--format", "json", "--expect", "layer1->layer2=2", input: Self.chain)
    let claims = try #require(try run.json()["claims"] as? [[String: Any]])
    #expect(claims.count == 1 && claims[0]["holds"] as? Bool == false)
    #expect(try run.edges().map { $0["edge"] as? String } == ["layer1->layer2"])
  }

  @Test func wrongExpectationsAreUsageErrors() throws {
    for wrong in ["layer1->layer2", "layer1->layer2=soon", "layer1->layer9=1"] {
      #expect(try Self.status("--expect", wrong) == 64, "\(wrong)")
    }
    #expect(try Self.status("--layer", "4") == 64)
    #expect(try Self.status("--max-error", "1") == 64)
    #expect(try Self.status("--max-error", "-1", "--variation", "1") == 64)
  }

  @Test func layersAndColonsNameEdges() throws {
    #expect(try Self.status("--layer", "2") == 0)
    #expect(try Self.status("--layer", "1") == 1)
    #expect(try Self.status("--edge", "layer1:layer2") == 0)
    let colons =
      #"{"inputs":[{"name":"a:b","width":1},{"name":"a","width":1}],"nodes":[{"name":"c","width":1,"activation":"identity"},"#
      + #"{"name":"b:c","width":1,"activation":"identity"},{"name":"y","width":1,"activation":"identity"}],"#
      + #""edges":[{"from":"a:b","to":"c","weight":[["1"]]},{"from":"a","to":"b:c","weight":[["1"]]},"#
      + #"{"from":"c","to":"y","weight":[["1"]]},{"from":"b:c","to":"y","weight":[["1"]]}],"outputs":["y"]}"#
    let run = try Tool.run("verify", "-", "--edge", "a:b:c", input: colons)
    #expect(run.status == 64)
    #expect(run.errors.contains("a:b->c") && run.errors.contains("a->b:c"))
    #expect(try Self.status("--edge", "b:c:y", input: colons) == 1)
  }

  @Test func nothingAskedIsThree() throws {
    let even = #"{"layers":[1,1,1],"weights":[[["1"]],[["1"]]],"activation":"quadratic"}"#
    let run = try Tool.run("verify", "-", "--color", "never", input: even)
    #expect(run.status == 3)
    #expect(run.output.contains("Nothing was asked"))
    #expect(try Self.status("--edge", "layer0->layer1", input: even) == 1)
  }

  /// An error of at most X is a claim: false where an attained one exceeds it, open where only the upper bound does.
  @Test func errorsAreClaimed() throws {
    let options = ["--expect", "layer0->layer1=refuted", "--variation", "1/4"]
    func run(_ maximum: String) throws -> Tool.Run {
      try Tool.run("verify", ["-", "--format", "json"] + options + ["--max-error", maximum], input: Self.chain)
    }
    let bound = try #require(try run("0").edge("layer0->layer1")["bound"] as? [String: Any])
    let (lower, upper) = (try #require(bound["lower"] as? String), try #require(bound["upper"] as? String))
    #expect(try run("0").status == 1)
    #expect(try run(upper).status == 0)
    if lower != upper { #expect(try run(lower).status == 2) }
  }

  /// Static slopes and errors have no versions of weights.
  @Test func staticSlopesHaveNoVersions() throws {
    for command in ["verify", "timing"] {
      let run = try Tool.run(command, "-", "--weights", "current", input: Self.chain)
      #expect(run.status == 64)
      #expect(run.errors.contains("--slope emitted --error closed") && run.errors.contains("--schedule sideways"))
    }
    let local = ["--weights", "current", "--slope", "emitted", "--error", "closed"]
    #expect(try Tool.run("timing", ["-"] + local, input: Self.chain).status == 0)
  }

  /// Edges that share a weight are one claim, whose witness is of the sum; the status follows it.
  @Test func sharedWeightsAreOneClaim() throws {
    let tied =
      #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"h","width":1,"activation":"identity"},"#
      + #"{"name":"y","width":1,"activation":"identity"}],"edges":[{"from":"u","to":"h","weight":[["2/5"]],"shared":"w"},"#
      + #"{"from":"h","to":"y","weight":[["2/5"]],"shared":"w"}],"outputs":["y"]}"#
    let frozen = ["--schedule", "pipedream", "--weights", "frozen", "--format", "json"]
    let run = try Tool.run("verify", ["-"] + frozen, input: tied)
    #expect(run.status == 1)
    #expect(try run.edges().map { $0["verdict"] as? String } == ["exact", "exact"])
    let shared = try #require((try run.json()["shared"] as? [[String: Any]])?.first)
    #expect(shared["verdict"] as? String == "refuted" && shared["edges"] as? [String] == ["u->h", "h->y"])
    #expect(shared["witness"] is [String: Any])
    let member = try Tool.run("verify", ["-", "--edge", "u->h"] + frozen, input: tied)
    #expect(member.status == 1)
    let learning = try Tool.run("verify", "-", "--schedule", "pipedream", "--format", "json", input: tied)
    #expect(learning.status == 1)
    let sense = ["--sense", "output-time"]
    let times = try Tool.run("verify", ["-"] + frozen + sense, input: tied)
    #expect(times.status == 1)
    #expect((try times.json()["shared"] as? [[String: Any]])?.first?["verdict"] as? String == "refuted")
  }

  /// A learning run is printed with its rate and the versions of every weight.
  @Test func learningRunsArePrinted() throws {
    let chain = #"{"layers":[1,1,1,1],"weights":[[["1/2"]],[["1/2"]],[["1/2"]]],"activation":"quadratic"}"#
    let options = ["--schedule", "pipedream", "--weights", "current", "--format", "json"]
    let run = try Tool.run("verify", ["-"] + options, input: chain)
    #expect(run.status == 1)
    let edges = try run.edges()
    #expect(edges.map { $0["verdict"] as? String } == ["refuted", "exact", "exact"])
    #expect(edges.map { $0["versions"] as? String } == [nil, "mixture", "mixture"])
    #expect((edges[1]["versionAges"] as? [String: Int])?.count == 3)
    let witness = try #require(edges[0]["witness"] as? [String: Any])
    #expect(witness["kind"] as? String == "frame" && witness["rate"] as? String != nil)
    let weights = try #require(witness["weights"] as? [String: [[[String]]]])
    #expect(weights.count == 3 && weights.values.allSatisfy { $0.first == [["1/2"]] })
    #expect(weights.values.contains { $0.count > 1 })
    for sense in ["output-time", "accumulated"] {
      let other = try Tool.run("verify", ["-", "--sense", sense] + options, input: chain)
      #expect(other.status == 2, "lags prove nothing of \(sense) where weights learn")
      #expect(try other.edge("layer0->layer1")["verdict"] as? String == "bounded")
    }
  }
}
