import Foundation
import Testing

@Suite struct OutputTests {
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private static let model = #"{"layers": [1, 1], "weights": [[["1"]]]}"#

  @Test func whatCannotBeWrittenWholeEndsIn74() throws {
    for arguments in [
      ["-o", "/dev/full"], ["-o", "/no/such/folder/result"], ["--format", "json", "-o", "/dev/full"],
    ] {
      let run = try Tool.run("verify", ["-"] + arguments, input: Self.model)
      #expect(run.status == 74)
      #expect(run.errors.split(separator: "\n").count == 1)
    }
    let schedule = try Tool.run("buffers", ["-", "--schedule-out", "/dev/full"], input: Self.model)
    #expect(schedule.status == 74)
    let witness = try Tool.run(
      "bound", ["-", "--variation", "1", "--target-variation", "1", "--error", "closed", "--witness", "/dev/full"],
      input: #"{"layers": [1, 1, 1], "weights": [[["1"]], [["1"]]], "activation": "square"}"#)
    #expect(witness.status == 74)
  }

  @Test func fullAndClosedStdoutEndIn74() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("model.json")
    try Data(Self.model.utf8).write(to: file)
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    for output in [try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full")), pipe.fileHandleForWriting] {
      let process = Process()
      process.executableURL = Tool.binary
      process.arguments = ["timing", file.path]
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 74)
    }
  }

  @Test func stdinThatCannotBeReadIsAnError() throws {
    let process = Process()
    process.executableURL = Tool.binary
    process.arguments = ["timing", "-"]
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 65)
    let twice = try Tool.run("trace", "-", "--stream", "-", input: Self.model)
    #expect(twice.status == 65)
    #expect(twice.errors.contains("twice"))
  }

  @Test func theFileThatIsThereIsWrittenInto() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (file, link) = (folder.appendingPathComponent("file"), folder.appendingPathComponent("link"))
    try Data(String(repeating: "old ", count: 10_000).utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    let plain = try Tool.run("timing", ["-"], input: Self.model)
    let run = try Tool.run("timing", ["-", "-o", link.path], input: Self.model)
    #expect(run.status == 0 && run.output.isEmpty)
    #expect(try String(contentsOf: file, encoding: .utf8) == plain.output)
    let files = FileManager.default
    #expect(try files.attributesOfItem(atPath: link.path)[.type] as? FileAttributeType == .typeSymbolicLink)
    #expect((try files.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber)?.intValue == 0o640)
  }

  /// The ends that texts show are rounded outward, as those of every enclosure.
  @Test func printedEnclosuresHoldTheExactOnes() throws {
    let chain = #"{"layers": [1, 1, 1, 1], "weights": [[["1"]], [["1/2"]], [["2"]]], "activation": "tanh"}"#
    let arguments = ["-", "--slope", "emitted", "--edge", "layer0->layer1"]
    let text = try Tool.run("verify", arguments, input: chain)
    let pairs = text.output.matches(of: /in \[([^,\s]+), ([^\]]+)\]/)
    #expect(pairs.contains { $0.1 != "0" })
    for pair in pairs where pair.1 != "0" {
      let (lower, upper) = (try #require(Double(pair.1)), try #require(Double(pair.2)))
      // The exact ends are closer than nine digits, and a number of nine digits is not one of them.
      #expect(lower < upper, "\(pair.0)")
    }
  }
}
