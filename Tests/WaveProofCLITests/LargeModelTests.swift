import Foundation
import Testing

/// Models whose matrices would be larger than any memory, on the command line.
@Suite struct LargeModelTests {
  /// A relu over an image of 49,152 values: its weight has as many entries, its update the square of that, 19 GB of floats.
  private static let model =
    "CAg6VQoMCgF4EgF5IgRSZWx1EgdyZWx1MTI4Wh0KAXgSGAoWCAESEgoCCAEKAggDCgMIgAEKAwiAAWIdCgF5EhgKFggBEhIKAggB"
    + "CgIIAwoDCIABCgMIgAFCBAoAEBE="

  private func withModel(_ body: (_ model: String, _ stream: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (model, stream) = (folder.appendingPathComponent("relu.onnx"), folder.appendingPathComponent("s.csv"))
    try #require(Data(base64Encoded: Self.model)).write(to: model)
    func columns(_ name: String) -> [String] { (0..<49_152).map { "\(name).\($0)" } }
    let header = (columns("x") + columns("y")).joined(separator: ",")
    let zeros = [String](repeating: "0", count: 98_304).joined(separator: ",")
    try Data((header + "\n" + zeros + "\n").utf8).write(to: stream)
    try body(model.path, stream.path)
  }

  @Test func theExactEdgeOfAnImageIsBoundedWithoutItsMatrix() throws {
    try withModel { model, _ in
      let run = try Tool.run("bound", model, "--variation", "0.01", "--format", "json")
      #expect(run.status == 0, "\(run.errors)")
      let bound = try #require((try run.edge("x->y")["bounds"] as? [[String: Any]])?.first)
      #expect(bound["upper"] as? String == "0" && bound["method"] as? String == "exact")
    }
  }

  /// What cannot be printed is refused before it is begun: the limit, its value, the size asked and what helps.
  @Test func aTraceTooLargeToPrintIsRefused() throws {
    try withModel { model, stream in
      let run = try Tool.run("trace", model, "--stream", stream, "--format", "json")
      #expect(run.status == 65 && run.output.isEmpty)
      #expect(
        run.errors
          == "waveproof: trace: about 90 GiB would be printed, more than the cap of 4096 MiB; ask for fewer ticks (--ticks) "
          + "or edges (--edge), or for signals alone (--signals)\n")
      let signals = try Tool.run("trace", model, "--stream", stream, "--format", "csv", "--signals")
      #expect(signals.status == 0, "\(signals.errors)")
      #expect(signals.output.hasPrefix("tick,signal,value\n0,x(x)[0],0\n") && !signals.output.contains("g(x->y)"))
      #expect(signals.output.split(separator: "\n").count == 1 + 3 * 49_152)
    }
  }

  @Test func aTraceOfSomeEdgesHasThoseAlone() throws {
    let arguments = ["Examples/models/skip-3.json", "--stream", "Examples/streams/skip-3.json"]
    let names = { (run: Tool.Run) throws in
      let ticks = try run.json()["ticks"] as? [[String: Any]] ?? []
      return Set(ticks.flatMap { ($0["update"] as? [String: Any] ?? [:]).keys })
    }
    let whole = try names(try Tool.run("trace", arguments + ["--format", "json"]))
    let edge = try #require(whole.sorted().first)
    #expect(whole.count > 1)
    #expect(try names(try Tool.run("trace", arguments + ["--format", "json", "--edge", edge])) == [edge])
    #expect(try names(try Tool.run("trace", arguments + ["--format", "json", "--signals"])).isEmpty)
    #expect(try Tool.run("trace", arguments + ["--edge", edge, "--signals"]).status == 64)
  }
}
