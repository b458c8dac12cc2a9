import Foundation
import Testing
import WaveProof

/// A lower bound is a claim about one run: `trace` repeats that run and must find the very number.
@Suite struct BoundReplayTests {
  struct Case: Sendable, CustomStringConvertible {
    var model: String
    var options: [String] = []
    var question = ["--variation", "1/10"]
    var isExact = true

    var description: String { ([model] + options + question).joined(separator: " ") }
  }

  /// Made by the tool itself.
  static let tanhChain = "tanh-L3-n2-w2-o2-s1"

  static let cases = [
    Case(model: "Examples/models/unbalanced.json"),
    Case(model: "Examples/models/unbalanced.json", options: ["--slope", "emitted", "--error", "closed"]),
    Case(model: "Examples/models/layers-shorthand.json", options: ["--slope", "drive", "--error", "closed-drive"]),
    Case(
      model: "Examples/models/local-3-rational.json", options: ["--slope", "previous"],
      question: ["--rate", "1/8", "--reference", "now", "--target-rate", "1/2"]),
    Case(
      model: "Examples/models/diamond.json",
      question: ["--variation", "1/4", "--reference", "free", "--target-variation", "1/3"]),
    Case(
      model: "Examples/models/layers-shorthand.json", question: ["--variation", "1/7", "--domain", "-1/2,1"]),
    Case(
      model: "Examples/models/periodic-3.json", question: ["--variation", "1/9", "--reference", "input"]),
    Case(
      model: "Examples/pendulum-relu-3.onnx",
      question: ["--variation", "1/10", "--at", "Examples/pendulum-relu-3.stream.csv"]),
    Case(model: tanhChain, options: ["--slope", "emitted", "--error", "closed"], isExact: false),
  ]

  @Test(arguments: cases)
  func traceRepeatsEveryLowerBound(entry: Case) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var entry = entry
    if entry.model == Self.tanhChain {
      let made = try Tool.run(
        "table", "--depths", "3", "--width", "2", "--variation", "0", "--save-models", folder, "--format", "csv")
      #expect(made.status == 0, "\(made.errors)")
      entry.model = "\(folder)/\(Self.tanhChain).json"
    }
    let bound = try Tool.run(
      "bound", [entry.model] + entry.options + entry.question + ["--witness-dir", folder, "--format", "json"])
    #expect(bound.status == 0, "\(bound.errors)")
    var replayed = 0
    for edge in try bound.edges() {
      let name = try #require(edge["edge"] as? String)
      for found in try #require(edge["bounds"] as? [[String: Any]]) {
        guard let witness = found["witness"] as? [String: Any] else {
          #expect(found["lower"] as? String == "0")
          continue
        }
        let error = try self.error(entry, found, witness, name)
        let lower = try #require((found["lower"] as? String).flatMap { Rational($0) })
        if entry.isExact {
          #expect(error.lower == lower && error.upper == lower, "\(name)")
        } else {
          // Two enclosures of one number: they meet, and they are narrow.
          #expect(lower <= error.upper && error.lower <= lower + Rational(1, over: Integer(10).power(20)), "\(name)")
          #expect(error.upper - error.lower < Rational(1, over: Integer(10).power(20)))
        }
        if lower.sign > 0 { replayed += 1 }
      }
    }
    #expect(replayed > 0)
  }

  /// The largest |update − gradient| that a trace of the written stream shows.
  private func error(
    _ entry: Case, _ found: [String: Any], _ witness: [String: Any], _ edge: String
  ) throws -> (lower: Rational, upper: Rational) {
    let file = try #require(found["file"] as? String)
    let trace = try Tool.run(
      "trace", [entry.model, "--stream", file] + entry.options + ["--format", "json"])
    #expect(trace.status == 0, "\(trace.errors)")
    let tick = try #require(witness["tick"] as? Int)
    let reference = try #require(witness["referenceTick"] as? Int)
    let ticks = try #require(try trace.json()["ticks"] as? [[String: Any]])
    let gradients = try #require(try trace.json()["gradients"] as? [[String: Any]])
    let update = try matrix((ticks[tick]["update"] as? [String: Any])?[edge])
    let gradient = try matrix((gradients[reference]["gradient"] as? [String: Any])?[edge])
    #expect(!update.isEmpty && update.count == gradient.count)
    var (lower, upper): (Rational, Rational) = (0, 0)
    for (left, right) in zip(update, gradient) {
      let (low, high) = (left.0 - right.1, left.1 - right.0)
      lower = max(lower, low, -high)
      upper = max(upper, high, -low)
    }
    return (lower, upper)
  }

  /// The entries of a matrix as enclosures.
  private func matrix(_ value: Any?) throws -> [(Rational, Rational)] {
    try #require(value as? [[Any]]).flatMap { $0 }.map { entry in
      let ends = try (entry as? [String]) ?? #require((entry as? String).map { [$0, $0] })
      return (try #require(Rational(ends[0])), try #require(Rational(ends[1])))
    }
  }

  @Test func theWorstWitnessIsThatOfTheWorstEdge() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("worst.json")
    let run = try Tool.run(
      "bound", "Examples/models/unbalanced.json", "--variation", "1/10", "--witness", file.path, "--format", "json")
    let summary = try #require((try run.json()["summary"] as? [[String: Any]])?.last)
    let edge = try run.edge(try #require(summary["edge"] as? String))
    let bound = try #require((edge["bounds"] as? [[String: Any]])?.first)
    let stream = try #require((bound["witness"] as? [String: Any])?["stream"] as? NSDictionary)
    let written = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? NSDictionary
    #expect(written == stream)
  }
}
