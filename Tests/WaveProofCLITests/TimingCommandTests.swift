import Foundation
import Testing

@Suite struct TimingCommandTests {
  static let unbalanced =
    #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"a","width":1,"activation":"tanh"},"#
    + #"{"name":"b","width":1,"activation":"tanh"}],"edges":[{"from":"u","to":"a"},{"from":"a","to":"b"},"#
    + #"{"from":"u","to":"b"}],"outputs":["b"]}"#

  /// The keys that other programs read, in a file without weights.
  @Test func resultHasTheKeysOfTheContract() throws {
    let run = try Tool.run("timing", "-", "--slope", "emitted", "--format", "json", input: Self.unbalanced)
    #expect(run.status == 0)
    let result = try run.json()
    #expect(result["schema"] as? String == "waveproof/1")
    #expect(result["command"] as? String == "timing")
    let model = try #require(result["model"] as? [String: Any])
    #expect(model["nodes"] as? Int == 3)
    #expect(model["edges"] as? Int == 3)
    #expect(model["depth"] as? Int == 2)
    let summary = try #require(result["summary"] as? [String: Any])
    #expect(Set(summary.keys) == ["synchronous", "maxMismatch", "maxSpread", "window", "fill"])
    let edge = try run.edge("u->a")
    #expect(edge["inputLags"] as? [Int] == [0])
    #expect(edge["errorLags"] as? [Int] == [1])
    #expect((edge["slopeLags"] as? [String: [Int]]) == ["a": [1]])
    #expect(edge["mismatch"] as? Int == 1)
    #expect(edge["spread"] as? Int == 1)
    #expect(edge["synchronous"] as? Bool == false)
    #expect(edge["delay"] is NSNull)
    #expect(edge["layer"] as? Int == 1)
    #expect(edge["causal"] as? Bool == true)
    #expect(edge["errorCausal"] as? Bool == false)
    #expect(try run.edge("u->b")["delay"] as? Int == 0)
  }

  /// Lags are compared modulo a period as far as schedules count; beyond that the option is refused.
  @Test func periodsAreBounded() throws {
    for period in ["0", "1000001", "9223372036854775807"] {
      let run = try Tool.run("timing", "-", "--period", period, input: Self.unbalanced)
      #expect(run.status == 64)
      #expect(run.errors.contains("--period is from 1 to 1000000 ticks"))
    }
    let run = try Tool.run("timing", "-", "--period", "1000000", "--format", "json", input: Self.unbalanced)
    #expect(run.status == 0)
    #expect(try run.edge("u->b")["delay"] as? Int == 0)
  }

  /// A closed loop has no frame for its wave where the output mixes frames: the refusal names node and lags.
  @Test func frameConsistentClosedLoopsOnUnbalancedGraphsAreRefused() throws {
    for error in ["closed", "closed-current", "closed-drive"] {
      let run = try Tool.run("timing", "-", "--error", error, input: Self.unbalanced)
      #expect(run.status == 65)
      #expect(run.errors.contains("\"b\""))
      #expect(run.errors.contains("[1, 2]"))
      #expect(try Tool.run("timing", "-", "--error", error, "--slope", "drive", input: Self.unbalanced).status == 0)
    }
  }

  @Test func scheduleFilesStateEveryInteger() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("schedule.json")
    func run(_ schedule: String) throws -> Tool.Run {
      try Data(schedule.utf8).write(to: file)
      return try Tool.run(
        "timing", "Examples/models/linear-2.json", "--schedule", file.path, "--format", "json")
    }
    // One register of two ticks on x makes the first edge of an even chain exact.
    let repaired = try run(
      #"{"error":"open","defaults":{"s":1,"m":0,"q":0,"f":0,"b":1,"p":0,"d":0},"edges":{"u->h1":{"p":1}}}"#)
    #expect(repaired.status == 0, "\(repaired.errors)")
    #expect(try repaired.edge("u->h1")["delay"] as? Int == 1)
    let missing = try run(#"{"error":"open","defaults":{"s":1,"m":0,"q":0,"f":0,"b":1,"p":0}}"#)
    #expect(missing.status == 65)
    #expect(missing.errors.contains("\"d\""))
    let unknown = try run(
      #"{"error":"open","defaults":{"s":1,"m":0,"q":0,"f":0,"b":1,"p":0,"d":0},"edges":{"u->x":{"p":1}}}"#)
    #expect(unknown.status == 65)
    #expect(unknown.errors.contains("u->x"))
  }

  @Test func everyFormatIsWritten() throws {
    let model = "Examples/models/diamond.json"
    let csv = try Tool.run("timing", model, "--format", "csv").output
    #expect(csv.hasPrefix("edge,layer,input,error,target,slopes,mismatch,spread,synchronous,delay,causal\nu->a,1,0,2"))
    let markdown = try Tool.run("timing", model, "--format", "markdown").output
    #expect(markdown.hasPrefix("| edge | layer | input |"))
    let latex = try Tool.run("timing", model, "--format", "latex").output
    #expect(latex.hasPrefix("\\begin{tabular}{lrllllrrlrl}\n\\toprule\nedge & layer"))
    #expect(latex.contains("u-$>$a"))
    #expect(latex.hasSuffix("\\bottomrule\n\\end{tabular}\n"))
  }
}
