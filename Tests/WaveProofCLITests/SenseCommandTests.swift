import Foundation
import Testing

/// `verify --sense`, `timing --weights` and `cyclic`, as a user runs them.
@Suite struct SenseCommandTests {
  static let skip =
    #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"a","width":1,"activation":"quadratic"},"#
    + #"{"name":"b","width":1,"activation":"quadratic"}],"edges":[{"from":"u","to":"a","weight":[["2"]]},"#
    + #"{"from":"a","to":"b","weight":[["3"]]},{"from":"u","to":"b","weight":[["1"]]}],"outputs":["b"]}"#

  static let loop =
    #"{"name":"loop","inputs":[{"name":"u","width":1}],"nodes":[{"name":"h","width":2,"activation":"tanh"},"#
    + #"{"name":"y","width":1,"activation":"identity"}],"edges":[{"from":"u","to":"h","weight":[["1"],["1/2"]]},"#
    + #"{"from":"h","to":"h","weight":[["1/4","-1/3"],["1/5","WEIGHT"]]},"#
    + #"{"from":"h","to":"y","weight":[["1","1"]]}],"outputs":["y"]}"#

  /// Registers make the skip exact in sum and per output time, though no edge is exact per frame.
  @Test func sensesDiffer() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("schedule.json")
    let schedule =
      #"{"error":"closed","defaults":{"s":0,"m":0,"n":0,"q":2,"f":1,"b":1,"p":1,"d":0},"nodes":{"a":{"m":2}},"#
      + #""edges":{"u->a":{"p":3}}}"#
    try Data(schedule.utf8).write(to: file)
    for (sense, status) in [("frame", 1), ("output-time", 0), ("accumulated", 0)] as [(String, Int32)] {
      let run = try Tool.run(
        "verify", "-", "--schedule", file.path, "--sense", sense, "--edge", "u->a", "--format", "json", input: Self.skip
      )
      #expect(run.status == status, "\(sense): \(run.errors)")
      let edge = try run.edge("u->a")
      #expect(edge["verdict"] as? String == (status == 0 ? "exact" : "refuted"))
      if sense == "output-time" { #expect(edge["outputAge"] as? Int == 1) }
    }
    let refuted = try Tool.run(
      "verify", "-", "--schedule", "sideways", "--sense", "accumulated", "--format", "json", input: Self.skip)
    #expect(refuted.status == 1)
    let witness = try #require(try refuted.edge("u->a")["witness"] as? [String: Any])
    #expect(witness["tick"] is NSNull)
    #expect(witness["update"] as? [[String]] != witness["nearestGradient"] as? [[String]])
    #expect(try refuted.edge("u->a")["failures"] as? [String] != [])
  }

  @Test func openErrorsHaveNoOutputTime() throws {
    let run = try Tool.run("verify", "-", "--sense", "accumulated", input: Self.skip)
    #expect(run.status == 65)
    #expect(run.errors.contains("--error closed"))
    #expect(try Tool.run("verify", "-", "--sense", "sometimes", input: Self.skip).status == 64)
  }

  @Test func weightVersionsAreListed() throws {
    let chain = #"{"layers":[1,1,1,1]}"#
    let run = try Tool.run(
      "timing", "-", "--schedule", "pipedream", "--weights", "current", "--format", "json", input: chain)
    #expect(run.status == 0, "\(run.errors)")
    let schedule = try #require(try run.json()["schedule"] as? [String: Any])
    #expect(schedule["weights"] as? String == "current")
    #expect(schedule["framePeriod"] as? Int == 2)
    let versions = try #require(try run.edge("layer0->layer1")["weightVersions"] as? [String: Any])
    #expect(versions["forwardAge"] as? Int == 2)
    #expect(versions["backwardAge"] as? Int == 0)
    #expect(versions["gap"] as? [Int] == [2])
    let frozen = try Tool.run("timing", "-", "--format", "json", input: chain)
    #expect(!frozen.output.contains("weightVersions"))
    let vertical = try Tool.run("timing", "-", "--schedule", "sideways", "--weights", "vertical", input: Self.skip)
    #expect(vertical.status == 65)
    #expect(vertical.errors.contains("\"b\""))
  }

  @Test func loopsContractOrSayWhyNot() throws {
    func run(_ weight: String) throws -> Tool.Run {
      try Tool.run(
        "cyclic", "-", "--at", "zero", "--ticks", "20", "--format", "json",
        input: Self.loop.replacingOccurrences(of: "WEIGHT", with: weight))
    }
    let contracting = try run("1/3")
    #expect(contracting.status == 0, "\(contracting.errors)")
    let result = try contracting.json()
    let finite = try #require(result["finiteMemory"] as? [String: Any])
    #expect(finite["exact"] as? Bool == false)
    #expect(finite["cycle"] as? [String] == ["h", "h"])
    #expect(finite["loopTicks"] as? Int == 2)
    #expect((result["ticks"] as? [Any])?.count == 21 * 3)
    let growing = try run("3")
    #expect(growing.status == 2)
    let reason = try #require(try growing.json()["reason"] as? String)
    #expect(reason.contains("h -> h") && reason.contains("at least 1"))
    let memory = try Tool.run(
      "verify", "-", "--sense", "accumulated", "--error", "closed-current", "--slope", "emitted",
      input: Self.loop.replacingOccurrences(of: "WEIGHT", with: "1/3"))
    #expect(memory.status == 65)
    #expect(memory.errors.contains("no finite memory") && memory.errors.contains("h -> h"))
    for command in ["timing", "verify"] {
      let refused = try Tool.run(command, "-", input: Self.loop.replacingOccurrences(of: "WEIGHT", with: "1/3"))
      #expect(refused.status == 65)
      #expect(refused.errors.contains("h -> h"))
    }
  }

  /// Nothing certified is a result like any other: status 2, and JSON that says why.
  @Test func whatIsNotCertifiedIsUndecidedInJSON() throws {
    func network(_ activation: String, _ weight: String) -> String {
      #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"y","width":1,"activation":"\#(activation)"}],"#
        + #""edges":[{"from":"u","to":"y","weight":[["1"]]},{"from":"y","to":"y","weight":[["\#(weight)"]]}],"#
        + #""outputs":["y"]}"#
    }
    for (activation, weight, reason, contracts) in [
      ("tanh", "2", "is not known", false), ("relu", "1/2", "kink", true), ("square", "1/9", "unbounded", false),
    ] {
      let run = try Tool.run(
        "cyclic", "-", "--at", "zero", "--format", "json", input: network(activation, weight))
      #expect(run.status == 2)
      let result = try run.json()
      #expect(result["command"] as? String == "cyclic" && result["verdict"] as? String == "undecided")
      #expect((result["reason"] as? String)?.contains(reason) == true)
      #expect((result["contraction"] is NSNull) == !contracts)
      let text = try Tool.run("cyclic", "-", "--at", "zero", input: network(activation, weight))
      #expect(text.status == 2 && text.output.contains("UNDECIDED") && text.errors.isEmpty)
    }
  }
}
