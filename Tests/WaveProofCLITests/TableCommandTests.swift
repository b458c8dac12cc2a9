import Foundation
import Testing

@Suite struct TableCommandTests {
  static let sweep = [
    "--depths", "2,3", "--activations", "tanh,relu", "--width", "2", "--inputs", "2", "--variation", "0.01",
    "--variation", "1/3", "--error", "open,closed",
  ]

  private func table(_ more: String...) throws -> Tool.Run { try Tool.run("table", Self.sweep + more) }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func aRowForEveryNetworkScheduleAndVariation() throws {
    let run = try table("--format", "csv", "--references", "error,free")
    #expect(run.status == 0, "\(run.errors)")
    let rows = run.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows[0].prefix(5) == ["row", "of", "sweep", "network", "depth"])
    #expect(rows.count == 1 + 2 * 2 * 2 * 2 * 2)
    #expect(rows.dropFirst().map { Int($0[0]) } == Array(0..<32))
    #expect(Set(rows.dropFirst().map { "\($0[3])" }).count == 4)
    #expect(rows[1][12] == "0.01" && rows[2][12] == "1/3")
    #expect(rows[1][8] == "error" && rows[3][8] == "free")
    #expect(rows[1][7] == "open" && rows[5][7] == "closed")
    #expect(try table("--format", "csv", "--references", "error,free", "--jobs", "1").output == run.output)
  }

  @Test func perEdgeRowsNameTheirEdges() throws {
    let run = try table("--format", "csv", "--per-edge")
    // Depth 2: two edges, depth 3: three; two activations, two errors, two variations.
    #expect(run.output.split(separator: "\n").count == 1 + (2 + 3) * 2 * 2 * 2)
    #expect(run.output.contains(",u->h1,"))
  }

  /// Cut anywhere, an interrupted table goes on to the same bytes.
  @Test(arguments: ["csv", "json-lines"])
  func resumedTablesAreTheSame(format: String) throws {
    let options = format == "csv" ? ["--format", "csv"] : ["--json-lines"]
    let whole = try Tool.run("table", Self.sweep + options)
    let bytes = Data(whole.output.utf8)
    #expect(whole.status == 0 && bytes.count > 1_000)
    try inFolder { folder in
      let file = folder.appendingPathComponent("rows")
      for cut in [0, 1, 40, bytes.count / 3, bytes.count / 2 + 1, bytes.count - 1, bytes.count] {
        try bytes.prefix(cut).write(to: file)
        let run = try Tool.run("table", Self.sweep + options + ["-o", file.path, "--resume"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try Data(contentsOf: file) == bytes, "cut at \(cut)")
      }
      // Another question must not be mixed in.
      let other = try Tool.run(
        "table", Self.sweep + options + ["-o", file.path, "--resume", "--reference", "free"])
      #expect(other.status == 65)
      #expect(other.errors.contains("another sweep"))
      let timed = try Tool.run("table", Self.sweep + options + ["-o", file.path, "--resume", "--time"])
      #expect(timed.status == (format == "csv" ? 65 : 0))
      #expect(try Data(contentsOf: file) == bytes)
    }
  }

  /// Shards, merged in any order, give every format as one run does.
  @Test func mergedShardsAreTheWholeTable() throws {
    try inFolder { folder in
      let files = (1...3).map { folder.appendingPathComponent("\($0).jsonl").path }
      for (index, file) in files.enumerated() {
        let run = try table("--json-lines", "--shard", "\(index + 1)/3", "-o", file)
        #expect(run.status == 0, "\(run.errors)")
      }
      for format in ["text", "json", "csv", "markdown", "latex"] {
        let merged = try Tool.run("table", ["--merge"] + files.reversed() + ["--format", format])
        #expect(merged.status == 0, "\(merged.errors)")
        #expect(try merged.output == table("--format", format).output)
      }
      let partial = try Tool.run("table", ["--merge"] + files.dropLast())
      #expect(partial.status == 65)
      #expect(partial.errors.contains("missing"))
    }
  }

  /// The networks that the tool makes can be saved, read back, and give the same rows.
  @Test func savedChainsAreTheSameNetworks() throws {
    try inFolder { folder in
      let made = try Tool.run(
        "table", "--depths", "3", "--variation", "0.1", "--save-models", folder.path, "--format", "csv")
      #expect(made.status == 0, "\(made.errors)")
      let model = folder.appendingPathComponent("tanh-L3-n2-w4-o2-s1.json").path
      #expect(try Tool.run("table", model, "--variation", "0.1", "--format", "csv").output == made.output)
    }
  }

  /// A reading that a graph refuses is a row that says why; the other rows are there.
  @Test func refusalsAreRows() throws {
    let run = try Tool.run(
      "table", "Examples/models/unbalanced.json", "--variation", "0.1", "--error", "open,closed", "--format", "csv")
    #expect(run.status == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[2].contains("none: "))
    #expect(lines[2].contains(",,,,"))
  }

  @Test func timeIsAColumnOnlyWhenAsked() throws {
    let plain = try Tool.run("table", "--depths", "2", "--variation", "0.1", "--format", "csv").output
    let timed = try Tool.run("table", "--depths", "2", "--variation", "0.1", "--format", "csv", "--time").output
    #expect(!plain.contains("seconds"))
    let (left, right) = (plain.split(separator: "\n"), timed.split(separator: "\n"))
    #expect(zip(left, right).allSatisfy { $1.hasPrefix($0 + ",") })
    #expect(right[0].hasSuffix(",seconds"))
  }

  static let usage: [[String]] = [
    [], ["--depths", "3"], ["--variation", "1"], ["--depths", "x", "--variation", "1"],
    ["--depths", "0", "--variation", "1"], ["--depths", "3", "--variation", "1", "--activations", "rleu"],
    ["--depths", "3", "--variation", "1", "--shard", "0/2"], ["--depths", "3", "--variation", "1", "--shard", "3/2"],
    ["--depths", "3", "--variation", "1", "--shard", "2"], ["--depths", "3", "--variation", "1", "--resume"],
    ["--depths", "3", "--variation", "1", "--resume", "-o", "x", "--format", "latex"], ["--merge"],
    ["--merge", "x", "--variation", "1"], ["--depths", "3", "--variation", "1", "--schedules", "who"],
    ["--depths", "3", "--variation", "1", "--slope", "who"], ["--depths", "3", "--variation", "1", "--width", "0"],
    ["--depths", "3", "--variation", "1", "--schedules", "partime", "--slope", "drive"],
    ["Examples/models/diamond.json", "--activations", "tanh", "--variation", "1"],
  ]

  @Test(arguments: usage.indices)
  func usageErrorsHaveStatus64(index: Int) throws {
    let run = try Tool.run("table", Self.usage[index])
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.output.isEmpty)
  }
}
