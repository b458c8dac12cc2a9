import Foundation
import Testing
import WaveProof

@Suite struct BoundCommandTests {
  /// An error of at most X and a ratio are claims: status 1 where the first is false, 2 where one is open.
  @Test func errorsAndRatiosAreClaims() throws {
    let model = ["Examples/models/unbalanced.json", "--variation", "1/2", "--format", "json"]
    func run(_ options: String...) throws -> Tool.Run { try Tool.run("bound", model + options) }
    let plain = try run()
    #expect(plain.status == 0)
    #expect(try run("--max-error", "0").status == 1)
    #expect(try run("--max-error", "1000000").status == 0)
    #expect(try run("--max-error", "-1").status == 64)
    #expect(try run("--max-error", "much").status == 64)
    // Of one edge: between its attained error and its bound the claim is open.
    let edge = try #require(
      try plain.edges().first { edge in
        let bound = (edge["bounds"] as? [[String: Any]])?.first
        return bound?["upper"] as? String != bound?["lower"] as? String
      })
    let name = try #require(edge["edge"] as? String)
    let bound = try #require((edge["bounds"] as? [[String: Any]])?.first)
    let (lower, upper) = (try #require(bound["lower"] as? String), try #require(bound["upper"] as? String))
    #expect(try run("--edge", name, "--max-error", lower).status == 2)
    #expect(try run("--edge", name, "--max-error", upper).status == 0)
    #expect(try run("--edge", name, "--ratio", "1.000000001", "--budget", "0.001").status == 2)
    #expect(try run("--edge", name, "--ratio", "1000000").status == 0)
  }

  private func bounds(_ arguments: String...) throws -> [[String: Any]] {
    let run = try Tool.run("bound", arguments)
    #expect(run.status == 0, "\(run.errors)")
    return try run.edges().flatMap { $0["bounds"] as? [[String: Any]] ?? [] }
  }

  /// The keys that other programs read, for every edge and every variation in order.
  @Test func resultHasTheKeysOfTheContract() throws {
    let run = try Tool.run(
      "bound", "Examples/models/unbalanced.json", "--variation", "0.01", "--rate", "1/3", "--variation", "1/2",
      "--target-variation", "1/8", "--format", "json")
    #expect(run.status == 0)
    #expect(try run.json()["command"] as? String == "bound")
    #expect(try run.edges().map { $0["edge"] as? String } == ["u->a", "a->b", "b->y", "a->y"])
    for edge in try run.edges() {
      let bounds = try #require(edge["bounds"] as? [[String: Any]])
      #expect(bounds.map { $0["variation"] as? String } == ["1/100", "1/2", "1/3"])
      #expect(bounds.map { $0["kind"] as? String } == ["window", "window", "rate"])
      #expect(bounds.map { $0["target"] as? String } == ["1/8", "1/8", "0"])
      for bound in bounds {
        let upper = try #require(number(bound["upper"]))
        let lower = try #require(number(bound["lower"]))
        #expect(lower <= upper)
        #expect(bound["method"] is String)
        guard lower.sign > 0 else {
          #expect(bound["ratio"] is NSNull)
          continue
        }
        let ratio = try #require(number(bound["ratio"]))
        #expect(ratio >= upper / lower)
        #expect(ratio * Rational(999_989, over: 1_000_000) <= upper / lower)
        #expect(bound["witness"] is [String: Any])
      }
    }
  }

  @Test func resultsDoNotDependOnTheNumberOfThreads() throws {
    for format in ["json", "text", "csv"] {
      let runs = try ["1", "3"].map { jobs in
        try Tool.run(
          "bound", "Examples/models/unbalanced.json", "--variation", "1/50", "--slope", "emitted", "--format",
          format, "--jobs", jobs)
      }
      #expect(runs[0].status == 0)
      #expect(runs[0].output == runs[1].output)
      #expect(!runs[0].output.isEmpty)
    }
  }

  @Test func edgesAreThoseAskedFor() throws {
    let run = try Tool.run(
      "bound", "Examples/models/unbalanced.json", "--edge", "a->y", "--edge", "u->a", "--variation", "1", "--format",
      "csv")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("a->y,window,1,0,"))
    #expect(lines[2].hasPrefix("u->a,window,1,0,"))
  }

  static let usage: [(arguments: [String], names: String)] = [
    ([], "--variation"), (["--variation", "-1"], "negative"), (["--variation", "x"], "\"x\""),
    (["--variation", "1/0"], "zero"), (["--rate", "-1/2"], "negative"),
    (["--variation", "1", "--target-variation", "-1"], "--target-variation"),
    (["--variation", "1", "--target-variation", "1", "--target-variation", "2"], "--target-variation"),
    (["--variation", "1", "--at", "zero", "--domain", "1,2"], "--domain"),
    (["--variation", "1", "--domain", "2,1"], "empty"), (["--variation", "1", "--domain", "1"], "LO,HI"),
    (["--variation", "1", "--ratio", "1"], "--ratio"), (["--variation", "1", "--budget", "nan"], "--budget"),
    (["--variation", "1", "--budget", "0"], "--budget"), (["--variation", "1", "--dt", "0"], "--dt"),
    (["--variation", "1", "--fps", "-25"], "--fps"), (["--variation", "1", "--tolerance", "1"], "--tolerance"),
    (["--variation", "1", "--edge", "no->edge"], "no->edge"), (["--variation", "1", "--norm", "two"], "two"),
    (["--variation", "1", "--reference", "me"], "me"),
  ]

  @Test(arguments: usage.indices)
  func usageErrorsHaveStatus64(index: Int) throws {
    let run = try Tool.run("bound", ["Examples/models/unbalanced.json"] + Self.usage[index].arguments)
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(Self.usage[index].names), "\(run.errors)")
  }

  @Test func aWitnessThatCannotBeWrittenHasStatus74() throws {
    let run = try Tool.run(
      "bound", "Examples/models/unbalanced.json", "--variation", "1", "--witness", "no/such/folder/w.json")
    #expect(run.status == 74, "\(run.errors)")
    #expect(run.errors.contains("no/such"), "\(run.errors)")
  }

  @Test func unusableInputHasStatus65() throws {
    let bare =
      #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"y","width":1,"activation":"tanh"}],"#
      + #""edges":[{"from":"u","to":"y"}],"outputs":["y"]}"#
    for (arguments, input, names) in [
      (["-", "--variation", "1"], bare, "u->y"),
      (["Examples/models/unbalanced.json", "--variation", "1", "--at", "no-such-file"], "", "no-such-file"),
      (["Examples/models/unbalanced.json", "--variation", "1", "--at", "-"], "{}", "inputs"),
    ] {
      let run = try Tool.run("bound", arguments, input: input)
      #expect(run.status == 65, "\(run.errors)")
      #expect(run.errors.contains(names), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }
  }

  @Test func secondsAndFramesStandBesideTheBounds() throws {
    let run = try Tool.run(
      "bound", "Examples/models/unbalanced.json", "--variation", "1", "--dt", "1/100", "--fps", "25", "--format", "json"
    )
    let sampling = try #require(try run.json()["sampling"] as? [String: Any])
    #expect(sampling["ticksPerFrame"] as? String == "4")
    #expect(sampling["tau"] as? String == "1/50")
    #expect(sampling["largestDt"] as? String == "1/75")
    #expect(sampling["largestDtWithinTolerance"] as? String == "1/500")
    #expect(try run.edge("a->b")["exactTicksPerFrame"] as? String == "4")
    #expect(try run.edge("u->a")["exactTicksPerFrame"] as? String == "2")
  }

  private func number(_ value: Any?) -> Rational? { (value as? String).flatMap { Rational($0) } }
}
