import Foundation
import Testing
import WaveProof

@testable import WaveProofCLI

@Suite struct BoundFaultTests {
  @Test("An upper bound below an attained error ends in status 70")
  func status() throws {
    var ends: [String] = []
    for fault in [
      { try BoundGate.check(1, by: "forms", against: 2, edge: "u->y", Variation(.window, input: 1)) },
      {
        do { try BoundGate.check(1, by: "forms", against: 2, edge: "u->y", Variation(.window, input: 1)) } catch let
          fault as BoundContradiction
        { throw BoundError.contradiction(fault) }
      },
    ] {
      do { try CommandFailure.reporting(fault) } catch { ends.append("\(error)") }
    }
    #expect(ends == ["\(CommandFailure.internalFault)", "\(CommandFailure.internalFault)"])
    #expect(CommandFailure.internalFault.rawValue == 70)
  }

  private func bound(_ model: String, _ options: String...) throws -> Tool.Run {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json")
    try Data(model.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Tool.run("bound", [file.path] + options)
  }

  private static let tied = """
    {"inputs": [{"name": "u", "width": 1}], "nodes": [{"name": "h", "width": 1, "activation": "tanh"}, {"name": "y", "width": 1, "activation": "identity"}],
     "edges": [{"from": "u", "to": "h", "weight": [["1/3"]], "shared": "w"}, {"from": "h", "to": "y", "weight": [["1/3"]], "shared": "w"}],
     "outputs": ["y"]}
    """

  @Test("For which weights a bound holds is said, and a shared parameter has rows of its own")
  func weightsAndSharing() throws {
    let run = try bound(Self.tied, "--schedule", "pipedream", "--variation", "0.1", "--format", "json")
    #expect(run.status == 0, "\(run.errors)")
    let json = try run.json()
    #expect(json["holdsFor"] as? String == "weights that stand still")
    let shared = try #require((json["shared"] as? [[String: Any]])?.first)
    #expect(shared["name"] as? String == "w" && shared["edges"] as? [String] == ["u->h", "h->y"])
    let row = try #require((shared["bounds"] as? [[String: Any]])?.first)
    let (upper, lower) = (
      try Rational(parsing: try #require(row["upper"] as? String)),
      try Rational(parsing: try #require(row["lower"] as? String))
    )
    // Each edge alone is exact under PipeDream, their sum is not.
    #expect(lower.sign > 0 && upper >= lower)
    #expect(try run.edges().allSatisfy { ($0["bounds"] as? [[String: Any]])?.first?["upper"] as? String == "0" })
    let text = try bound(Self.tied, "--schedule", "pipedream", "--variation", "0.1", "--edge", "u->h").output
    #expect(text.contains("\nshared w  0.1 "))
    #expect(text.contains("Weights stand still: nothing here is said of weights that learn"))
    #expect(text.contains("(the schedule's policy is stashed)"))
  }

  @Test("An edge whose bound is beyond floats leaves the answers of others alone, and ends in status 2")
  func beyondFloats() throws {
    let model = """
      {"inputs": [{"name": "u", "width": 1}], "nodes": [{"name": "h", "width": 1, "activation": "relu"}, {"name": "y", "width": 1, "activation": "tanh"}],
       "edges": [{"from": "u", "to": "h", "weight": [["1e400"]]}, {"from": "h", "to": "y", "weight": [["1"]]}, {"from": "u", "to": "y", "weight": [["1"]]}],
       "outputs": ["y"]}
      """
    let run = try bound(model, "--variation", "0.1", "--variation", "0", "--reference", "input", "--format", "json")
    #expect(run.status == 2, "\(run.errors)")
    #expect(try run.edges().map { $0["beyondFloats"] != nil } == [true, false, false])
    #expect(try run.edges().map { ($0["bounds"] as? [[String: Any]])?.count } == [1, 2, 2])
    // No sentence and no summary speaks for the edge that has no bound.
    let summary = try #require((run.json()["summary"] as? [[String: Any]])?.first)
    #expect(summary["upper"] is NSNull && summary["beyondFloats"] as? [String] == ["u->h"])
    let text = try bound(model, "--variation", "0.1", "--reference", "input")
    #expect(text.status == 2 && text.output.contains("no bound: beyond floats"), "\(text.output)")
    #expect(text.output.contains("V = 0.1: no bound at u->h: beyond what floats hold (1.8e308). Elsewhere no update"))
  }

  @Test("A law that cannot be stated is refused with the option to leave out")
  func lawRefused() throws {
    for options in [["--rate", "0.1"], ["--domain=-1,1"]] {
      let run = try Tool.run(
        "bound", ["Examples/pendulum-relu-3.onnx", "--variation", "0.1", "--function"] + options)
      #expect(run.status == 64 && run.errors.contains("--function"), "\(run.status) \(run.errors)")
    }
  }
}
