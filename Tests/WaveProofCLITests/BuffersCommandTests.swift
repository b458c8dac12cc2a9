import Foundation
import Testing

@Suite struct BuffersCommandTests {
  private func inFolder(_ body: (_ file: (String) -> String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body { folder.appendingPathComponent($0).path }
  }

  /// The repaired schedule goes into timing, verify and trace, and trace finds the exact gradient at every edge.
  @Test(arguments: [
    ("residual-stack", "closed"), ("residual-stack", "open"), ("diamond", "closed-drive"), ("skip-3", "closed-current"),
    ("unbalanced", "closed"),
  ])
  func repairedSchedulesRun(name: String, error: String) throws {
    let model = "Examples/models/\(name).json"
    try inFolder { file in
      let schedule = file("schedule.json")
      let buffers = try Tool.run(
        "buffers", model, "--error", error, "--schedule-out", schedule, "--format", "json")
      #expect(buffers.status == 0, "\(buffers.errors)")
      let result = try buffers.json()
      #expect(result["feasible"] as? Bool == true)
      let registers = try #require(result["registers"] as? Int)
      #expect(registers > 0)
      let perNode = try #require(result["perNode"] as? [String: [String: Int]])
      #expect(perNode.values.compactMap { $0["registers"] }.reduce(0, +) == registers)

      let timing = try Tool.run("timing", model, "--schedule", schedule, "--format", "json")
      #expect(timing.status == 0, "\(timing.errors)")
      let edges = try timing.edges()
      #expect(!edges.isEmpty)
      for edge in edges {
        #expect(edge["synchronous"] as? Bool == true)
        #expect(edge["causal"] as? Bool == true)
        #expect(edge["errorCausal"] as? Bool == true || error == "open")
      }
      let verify = try Tool.run("verify", model, "--schedule", schedule, "--format", "json")
      #expect(verify.status == 0, "\(verify.errors)")
      #expect(try verify.edges().allSatisfy { $0["verdict"] as? String == "exact" })
      try traceIsExact(model, schedule, edges, stream: "Examples/streams/\(name).json", file)
    }
  }

  /// Every update of the trace, from the fill on, is the gradient of the frame that its delay names.
  private func traceIsExact(
    _ model: String, _ schedule: String, _ edges: [[String: Any]], stream: String, _ file: (String) -> String
  ) throws {
    let stream = try longer(stream, file("stream.json"))
    let trace = try Tool.run("trace", model, "--schedule", schedule, "--stream", stream, "--format", "json")
    #expect(trace.status == 0, "\(trace.errors)")
    let result = try trace.json()
    let ticks = try #require(result["ticks"] as? [[String: Any]])
    let gradients = try #require(result["gradients"] as? [[String: Any]])
    var compared = 0
    var nonzero = 0
    for edge in edges {
      let name = try #require(edge["edge"] as? String)
      let delay = try #require(edge["delay"] as? Int)
      for tick in delay..<ticks.count {
        let update = (ticks[tick]["update"] as? [String: [[String]]])?[name]
        let gradient = (gradients[tick - delay]["gradient"] as? [String: [[String]]])?[name]
        #expect(gradients[tick - delay]["frame"] as? Int == tick - delay)
        #expect(update != nil && update == gradient, "\(name) at tick \(tick)")
        compared += 1
        if update?.contains(where: { $0.contains { $0 != "0" } }) == true { nonzero += 1 }
      }
    }
    #expect(compared > edges.count)
    #expect(nonzero > 0, "only zeros were compared")
  }

  /// The stream three times over with other numbers, so that frames differ long after the fill.
  private func longer(_ path: String, _ target: String) throws -> String {
    let data = try Data(contentsOf: Tool.root.appendingPathComponent(path))
    let stream = try #require(JSONSerialization.jsonObject(with: data) as? [String: [String: [[String]]]])
    let changed = stream.mapValues { entries in
      entries.mapValues { rows in
        (0..<18).map { tick in rows[0].indices.map { String((tick * tick * 7 + 3 * $0 + 5) % 11 - 4) } }
      }
    }
    try JSONSerialization.data(withJSONObject: changed).write(to: URL(fileURLWithPath: target))
    return target
  }

  @Test func theLoopThatForbidsIt() throws {
    let chain = #"{"layers":[1,1,1,1],"activation":"tanh","name":"chain"}"#
    let run = try Tool.run(
      "buffers", "-", "--error", "closed", "--cap", "p@layer0->layer1=1", "--format", "json", input: chain)
    #expect(run.status == 0)
    let result = try run.json()
    #expect(result["feasible"] as? Bool == false)
    #expect(result["registers"] is NSNull)
    let cycle = try #require(result["cycle"] as? [[String: Any]])
    #expect(cycle.compactMap { $0["ticks"] as? Int }.reduce(0, +) == 4)
    #expect(cycle.contains { $0["because"] as? String == "cap: p ≤ 1 at layer0->layer1" })
    let loop =
      #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"a","width":1,"activation":"tanh"}],"#
      + #""edges":[{"from":"u","to":"a"},{"from":"a","to":"a"}],"outputs":["a"]}"#
    let cyclic = try Tool.run("buffers", "-", "--format", "json", input: loop)
    #expect(cyclic.status == 0)
    #expect(try cyclic.json()["feasible"] as? Bool == false)
    #expect((try cyclic.json()["cycle"] as? [[String: Any]])?.isEmpty == false)
  }

  @Test func badInput() throws {
    let model = "Examples/models/diamond.json"
    let edge = try Tool.run("buffers", model, "--edge", "u->nowhere")
    #expect(edge.status == 64)
    #expect(edge.errors.contains("u->nowhere") && edge.errors.contains("u->a"))
    for cap in ["p", "p=-1", "x=1", "p@nowhere=1", "m@nowhere=1", "p=99999999999999999999"] {
      let run = try Tool.run("buffers", model, "--cap", cap)
      #expect(run.status == 64, "\(cap)")
      #expect(run.errors.contains("--cap \(cap)"))
    }
    #expect(try Tool.run("buffers", model, "--cap", "p=999999999999").status == 65)
    #expect(try Tool.run("buffers", model, "--shared", "u->a").status == 64)
    #expect(try Tool.run("buffers", model, "--shared", "u->a,u->a").status == 64)
    #expect(try Tool.run("buffers", model, "--period", "2").status == 64)
    #expect(try Tool.run("buffers", model, "--schedule-out", "/nowhere/at/all.json").status == 74)
    let wide = #"{"layers":[4611686018427387904,4611686018427387904,1],"activation":"tanh"}"#
    let large = try Tool.run("buffers", "-", "--error", "closed", input: wide)
    #expect(large.status == 65)
    #expect(large.errors.contains("\"layer0\" has width 4611686018427387904"))
  }
}

@Suite struct SharedWeightCommandTests {
  /// W_0 = W_2 on three layers, named in the file or on the command line: never one gradient, until registers make it so.
  @Test func classesAreDecided() throws {
    func model(_ shared: String) -> String {
      #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"a","width":1,"activation":"tanh"},"#
        + #"{"name":"b","width":1,"activation":"tanh"},{"name":"y","width":1,"activation":"tanh"}],"#
        + #""edges":[{"from":"u","to":"a"\#(shared)},{"from":"a","to":"b"},{"from":"b","to":"y"\#(shared)}],"#
        + #""outputs":["y"]}"#
    }
    let named = model(#","shared":"w""#)
    for run in [
      try Tool.run("timing", "-", "--format", "json", input: named),
      try Tool.run("timing", "-", "--shared", "u->a,b->y", "--format", "json", input: model("")),
    ] {
      #expect(run.status == 0, "\(run.errors)")
      let classes = try #require(try run.json()["shared"] as? [[String: Any]])
      #expect(classes.count == 1)
      #expect(classes[0]["synchronous"] as? Bool == false)
      #expect(classes[0]["edges"] as? [String] == ["u->a", "b->y"])
      #expect(classes[0]["spread"] as? Int == 2)
    }
    #expect(try Tool.run("timing", "-", input: named).output.contains("Shared weight w (u->a, b->y): not synchronous"))
    let repaired = try Tool.run("buffers", "-", "--error", "closed", "--schedule-out", "-", input: named)
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".json")
    try Data(repaired.output.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try Tool.run("timing", "-", "--schedule", file.path, "--format", "json", input: named)
    #expect((try run.json()["shared"] as? [[String: Any]])?.first?["delay"] as? Int == 5)
    let count = try Tool.run("buffers", "-", "--error", "closed", "--format", "json", input: named)
    #expect(try count.json()["registers"] as? Int == 14)
  }
}
