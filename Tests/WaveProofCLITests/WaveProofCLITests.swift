import Foundation
import Testing

@Suite struct VerifyCommandTests {
  static let chain =
    #"{"layers":[2,2,2,1],"weights":[[["1","-1/2"],["1/3","1"]],[["1","1"],["2","-1"]],[["1","1"]]],"activation":"quadratic"}"#

  @Test func provesTheMiddleLayerAndExitsWithZero() throws {
    let run = try Tool.run("verify", "-", "--format", "json", input: Self.chain)
    #expect(run.status == 0)
    let edges = try run.edges()
    #expect(edges.map { $0["verdict"] as? String } == ["refuted", "exact", "refuted"])
    #expect(try run.edge("layer1->layer2")["delay"] as? Int == 1)
    #expect(try run.json()["asked"] as? [String] == ["layer1->layer2"])
  }

  @Test func refutesTheSameLayerInAClosedLoopAndExitsWithOne() throws {
    for error in ["closed", "closed-current", "closed-drive"] {
      let run = try Tool.run("verify", "-", "--error", error, "--format", "json", input: Self.chain)
      #expect(run.status == 1)
      let edge = try run.edge("layer1->layer2")
      #expect(edge["verdict"] as? String == "refuted")
      #expect(edge["witness"] is [String: Any])
    }
  }

  @Test func biaslessReluChainOfWidthOneIsRefutedByDelay() throws {
    // Its update is at every tick the gradient of one frame or another, so that no one tick refutes.
    let model = ["Examples/models/drive-5-relu.json", "--slope", "drive", "--format", "json"]
    let run = try Tool.run("verify", model)
    #expect(run.status == 1)
    let witness = try #require(try run.edge("h2->h3")["witness"] as? [String: Any])
    #expect(witness["kind"] as? String == "delay")
    let failures = try #require(witness["failures"] as? [[String: Any]])
    #expect(failures.dropLast().map { $0["delay"] as? Int } == Array(0..<(failures.count - 1)))
    #expect(failures.last?["delay"] as? String == "more")
    let weak = try Tool.run("verify", model + ["--sense", "frame"])
    #expect(weak.status == 2)
    #expect(try weak.edge("h2->h3")["verdict"] as? String == "undecided")
    let biased = try Tool.run(
      "verify", "Examples/models/drive-5-relu-any-frame.json", "--slope", "drive", "--format", "json")
    #expect(biased.status == 1)
    #expect(try biased.edge("h2->h3")["verdict"] as? String == "refuted")
  }

  @Test func architectureWithoutWeightsIsRefutedOnSmallWeightsThatArePrinted() throws {
    let model =
      #"{"inputs":[{"name":"u","width":3}],"nodes":[{"name":"h","width":2,"activation":"tanh"},{"name":"y","width":1,"activation":"identity"}],"edges":[{"from":"u","to":"h"},{"from":"h","to":"y"}],"outputs":["y"]}"#
    let run = try Tool.run("verify", "-", "--edge", "u->h", "--format", "json", input: model)
    #expect(run.status == 1)
    let witness = try run.edge("u->h")["witness"] as? [String: Any]
    #expect(witness?["model"] is [String: Any])
  }

  @Test func sameInputGivesTheSameBytes() throws {
    let first = try Tool.run("verify", "Examples/models/residual-stack.json", "--format", "json")
    let second = try Tool.run("verify", "Examples/models/residual-stack.json", "--format", "json", "--jobs", "1")
    #expect(first.output == second.output)
    #expect(!first.output.isEmpty)
  }
}

@Suite struct WitnessReplayTests {
  /// A witness, fed to `trace` as a stream, shows the same update and no gradient that equals it.
  @Test(arguments: ["closed-loop-1", "local-3-quadratic", "residual-stack", "unbalanced", "diamond"])
  func traceReplaysWitnesses(name: String) throws {
    let model = "Examples/models/\(name).json"
    let verify = try Tool.run("verify", model, "--slope", "emitted", "--error", "closed", "--format", "json")
    let refuted = try verify.edges().filter { $0["verdict"] as? String == "refuted" }
    #expect(!refuted.isEmpty)
    for edge in refuted {
      let key = try #require(edge["edge"] as? String)
      let witness = try #require(edge["witness"] as? [String: Any])
      let tick = try #require(witness["tick"] as? Int)
      let stream = try JSONSerialization.data(withJSONObject: try #require(witness["stream"]))
      let trace = try Tool.run(
        "trace", model, "--stream", "-", "--slope", "emitted", "--error", "closed", "--format", "json",
        input: String(decoding: stream, as: UTF8.self))
      #expect(trace.status == 0, "\(trace.errors)")
      let ticks = try #require(try trace.json()["ticks"] as? [[String: Any]])
      let update = try #require((ticks[tick]["update"] as? [String: Any])?[key] as? [[String]])
      #expect(update == witness["update"] as? [[String]])
      let gradients = try #require(try trace.json()["gradients"] as? [[String: Any]])
      #expect(!gradients.isEmpty)
      for gradient in gradients {
        #expect((gradient["gradient"] as? [String: Any])?[key] as? [[String]] != update)
      }
    }
  }

  @Test func traceGivesThePublishedNumbers() throws {
    let trace = try Tool.run(
      "trace", "Examples/models/local-3-quadratic.json", "--stream", "Examples/streams/local-3-quadratic.json",
      "--slope", "emitted", "--format", "json")
    let ticks = try #require(try trace.json()["ticks"] as? [[String: Any]])
    #expect((ticks[2]["update"] as? [String: Any])?["h1->h2"] as? [[String]] == [["1092"]])
    let gradients = try #require(try trace.json()["gradients"] as? [[String: Any]])
    #expect((gradients[1]["gradient"] as? [String: Any])?["h1->h2"] as? [[String]] == [["5460"]])
    let rational = try Tool.run(
      "trace", "Examples/models/local-3-rational.json", "--stream", "Examples/streams/local-3-rational.json",
      "--slope", "emitted", "--format", "csv")
    #expect(rational.output.contains("\n2,g(h1->h2)[0][0],2625/24389\n"))
  }
}

@Suite struct BadInputTests {
  static let valid =
    #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"y","width":1,"activation":"relu"}],"edges":[{"from":"u","to":"y","weight":[["1"]]}],"outputs":["y"]}"#

  static let cases: [(replace: String, with: String, names: String)] = [
    (#"[["1"]]"#, #"[["1","2"]]"#, "u->y"),
    (#"[["1"]]"#, #"[["1e9999999"]]"#, "edges[0].weight[0][0]"),
    (#"[["1"]]"#, #"[["x"]]"#, "edges[0].weight[0][0]"),
    (#"[["1"]]"#, #"[["1/0"]]"#, "edges[0].weight[0][0]"),
    (#"[["1"]]"#, #"[[NaN]]"#, "stdin"),
    (#"[["1"]]"#, #"[[1e999]]"#, "edges[0].weight[0][0]"),
    (#""relu""#, #""rleu""#, "rleu"),
    (#""outputs":["y"]"#, #""outputs":["z"]"#, "z"),
    (#""outputs":["y"]"#, #""outputs":[]"#, "output"),
    (#""from":"u""#, #""from":"v""#, "\"v\""),
    (#""weight""#, #""wieght""#, "wieght"),
    (#"{"name":"y","width":1"#, #"{"name":"y","width":0"#, "\"y\""),
    (#""to":"y","#, #""to":"y","delay":0,"#, "delay"),
    (#"]}"#, #""#, "stdin"),
    (#"{"from":"u""#, #"{"from":"y","to":"y","weight":[["1"]]},{"from":"u""#, "y -> y"),
  ]

  @Test(arguments: cases.indices)
  func oneClearErrorAndStatus65(index: Int) throws {
    let entry = Self.cases[index]
    let model = Self.valid.replacingOccurrences(of: entry.replace, with: entry.with)
    #expect(model != Self.valid)
    let run = try Tool.run("verify", "-", input: model)
    #expect(run.status == 65, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(entry.names), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
  }

  @Test func usageErrorsHaveStatus64() throws {
    #expect(try Tool.run("verify").status == 64)
    #expect(try Tool.run("timing", "-", "--slope", "sideways", input: Self.valid).status == 64)
    #expect(try Tool.run("verify", "-", "--edge", "no->edge", input: Self.valid).status == 64)
    #expect(try Tool.run("timing", "-", "--schedule", "sideways", "--slope", "drive", input: Self.valid).status == 64)
  }

  @Test func streamsAreCheckedAgainstTheModel() throws {
    let path = "Examples/models/closed-loop-1.json"
    for (stream, names) in [
      (#"{"inputs":{"u":[["1"]]}}"#, "target"), (#"{"inputs":{"u":[["1","2"]]},"targets":{"y":[["1"]]}}"#, "tick 0"),
      (#"{"inputs":{"u":[]},"targets":{"y":[]}}"#, "no ticks"), ("u.0,y.0\n1\n", "line 2"), ("u.0\n1\n", "y.0"),
      ("u.0,y.0\n1,nan\n", "y.0"),
    ] {
      let run = try Tool.run("trace", path, "--stream", "-", input: stream)
      #expect(run.status == 65)
      #expect(run.errors.contains(names), "\(run.errors)")
    }
    let short = try Tool.run(
      "trace", path, "--stream", "Examples/streams/closed-loop-1.json", "--ticks", "99")
    #expect(short.status == 65)
  }
}
