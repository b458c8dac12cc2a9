import Foundation
import Testing

/// Every command with every kind of bad input: one clear error that names the place, the status that says whose fault it
/// is, and nothing on stdout.
@Suite struct BadArgumentTests {
  static let model =
    #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"h","width":1,"activation":"relu"},{"name":"y","width":1,"activation":"identity"}],"edges":[{"from":"u","to":"h","weight":[["1/2"]]},{"from":"h","to":"y","weight":[["1/2"]]}],"outputs":["y"]}"#
  static let stream = #"{"inputs":{"u":[["1"],["1/2"]]},"targets":{"y":[["0"],["0"]]}}"#
  static let schedule =
    #"{"error":"closed","defaults":{"f":0,"b":1,"p":0,"d":0,"s":1,"m":0,"n":0,"q":1}}"#

  /// What a bad file holds, and the words that its error must have; `nil` is no file, or a folder in its place.
  struct BadFile: CustomStringConvertible {
    let description: String
    let name: String
    let content: Data?
    let names: [String]

    init(_ description: String, _ name: String, _ content: String, _ names: String...) {
      (self.description, self.name, self.content, self.names) = (description, name, Data(content.utf8), names)
    }

    init(_ description: String, _ name: String, data: Data?, _ names: String...) {
      (self.description, self.name, self.content, self.names) = (description, name, data, names)
    }
  }

  static let none = [
    BadFile("a missing file", "missing.json", data: nil, "missing.json"),
    BadFile("a folder", "folder", data: nil, "folder"),
  ]

  static let models =
    none + [
      BadFile("an empty file", "m.json", "", "line 1, column 1"),
      BadFile("a file cut off", "m.json", String(model.prefix(60)), "line 1, column"),
      BadFile("another format", "m.json", model.replacing("{\"in", with: #"{"format":"other","in"#), "other", "line 1"),
      BadFile("a later version", "m.json", model.replacing("{\"in", with: #"{"version":2,"in"#), "version 2", "line 1"),
      BadFile("a key misspelt", "m.json", model.replacing("\"weight\"", with: "\"wieght\""), "wieght", "line 1"),
      BadFile("NaN", "m.json", model.replacing("\"1/2\"", with: "NaN"), "line 1, column", "NaN"),
      BadFile("a list", "m.json", "[1]", "line 1, column 1"),
      BadFile("no text", "m.json", data: Data([0xFF, 0xFE, 0]), "line 1, column 1"),
      BadFile("ONNX garbage", "g.onnx", data: Data((0..<500).map { UInt8($0 * 37 % 251) }), "g", "ONNX"),
      BadFile("an empty ONNX file", "g.onnx", data: Data(), "g", "empty"),
    ]

  static let streams =
    none + [
      BadFile("an empty file", "s.csv", "", "s.csv"),
      BadFile("a file cut off", "s.json", String(stream.prefix(20)), "s.json", "line 1, column"),
      BadFile("a row too wide", "s.json", stream.replacing("[\"1/2\"]", with: "[\"1\",\"2\"]"), "s.json", "tick 1"),
      BadFile("another input", "s.json", stream.replacing("\"u\"", with: "\"v\""), "s.json", "\"v\""),
      BadFile("a key misspelt", "s.json", stream.replacing("targets", with: "target"), "s.json", "line 1, column"),
      BadFile("a NaN in CSV", "s.csv", "u.0,y.0\n1,nan\n", "s.csv", "line 2, column 3"),
      BadFile("a short line in CSV", "s.csv", "u.0,y.0\n1\n", "s.csv", "line 2"),
    ]

  static let schedules =
    none + [
      BadFile("an empty file", "c.json", "", "c.json", "line 1, column 1"),
      BadFile("a file cut off", "c.json", String(schedule.prefix(30)), "c.json", "line 1, column"),
      BadFile(
        "a node of another network", "c.json", schedule.dropLast() + #","nodes":{"z":{"m":1}}}"#, "c.json", "nodes.z"),
      BadFile(
        "an edge of another network", "c.json", schedule.dropLast() + #","edges":{"z->h":{"f":1}}}"#, "c.json", "z->h"),
      BadFile("a key misspelt", "c.json", schedule.replacing("error", with: "eror"), "c.json", "eror"),
      BadFile("a huge number", "c.json", schedule.replacing("\"q\":1", with: "\"q\":1e30"), "c.json", "defaults.q"),
      BadFile("half a tick", "c.json", schedule.replacing("\"q\":1", with: "\"q\":0.5"), "c.json", "defaults.q"),
    ]

  /// A new command says in the table how it is called, a new option what it takes.
  @Test func everyCommandAndOptionIsInTheTable() {
    #expect(Set(CommandTable.commands.map(\.commandName)) == Set(CommandTable.invocations.keys))
    for command in CommandTable.commands {
      for option in command.options {
        #expect(
          CommandTable.values[option] != nil, "say in CommandTable what --\(option) of \(command.commandName) takes")
      }
    }
    let used = Set(CommandTable.commands.flatMap(\.options))
    #expect(Set(CommandTable.values.keys).isSubset(of: used), "\(Set(CommandTable.values.keys).subtracting(used))")
  }

  /// The good input is good, so that what follows fails by what is bad in it.
  @Test(arguments: CommandTable.commands.map(\.commandName))
  func goodInputIsTaken(command: String) throws {
    let folder = try Folder()
    let (model, stream) = (try folder.file("m.json", Self.model), try folder.file("s.json", Self.stream))
    let run = try Tool.run(command, CommandTable.arguments(command, model: model, stream: stream))
    #expect(run.status <= 3 && run.status >= 0 && run.errors.isEmpty && !run.output.isEmpty, "\(run.errors)")
  }

  private static func write(_ bad: BadFile, in folder: borrowing Folder) throws -> String {
    if let content = bad.content { return try folder.file(bad.name, content) }
    return bad.name == "folder" ? try folder.folder("folder") : folder.url.appendingPathComponent(bad.name).path
  }

  private static func expectUnreadable(_ run: Tool.Run, _ bad: BadFile, _ what: String) {
    #expect(run.status == 65, "\(what), \(bad): \(run.errors)")
    #expect(run.output.isEmpty, "\(what), \(bad)")
    #expect(run.errors.split(separator: "\n", omittingEmptySubsequences: false).count == 2, "\(run.errors)")
    for name in bad.names { #expect(run.errors.contains(name), "\(what), \(bad): \(run.errors)") }
  }

  /// All of the bad files for the first command that reads such a file; for the others every third, which shows that they
  /// read it in the same way.
  private static func chosen(_ files: [BadFile], _ command: String, _ isRead: (CommandTable.Command) -> Bool)
    -> [BadFile]
  {
    CommandTable.commands.first(where: isRead)?.commandName == command
      ? files : files.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
  }

  @Test(arguments: CommandTable.commands.map(\.commandName))
  func badFilesEndIn65(command: String) throws {
    let reads = CommandTable.reads(command)
    let folder = try Folder()
    let (model, stream) = (try folder.file("good.json", Self.model), try folder.file("stream.json", Self.stream))
    if reads.model {
      for bad in Self.chosen(Self.models, command, { CommandTable.reads($0.commandName).model }) {
        let path = try Self.write(bad, in: folder)
        let run = try Tool.run(command, CommandTable.arguments(command, model: path, stream: stream))
        Self.expectUnreadable(run, bad, "\(command), model")
      }
    }
    let options = try #require(CommandTable.commands.first { $0.commandName == command }).options
    if let option = ["stream", "at"].first(where: options.contains) {
      for bad in Self.chosen(Self.streams, command, { !Set(["stream", "at"]).isDisjoint(with: $0.options) }) {
        let path = try Self.write(bad, in: folder)
        let given = try CommandTable.arguments(command, model: model, stream: stream, replacing: option)
        // Unasked, verify bounds small networks round zero.
        let run = try Tool.run(
          command, given + ["--\(option)", path] + (command == "verify" ? ["--variation", "1/10"] : []))
        Self.expectUnreadable(run, bad, "\(command) --\(option)")
      }
    }
    if let option = ["schedule", "schedules"].first(where: options.contains) {
      for bad in Self.chosen(Self.schedules, command, { $0.options.contains("schedule") }) {
        var path = try Self.write(bad, in: folder)
        // A word without a suffix is the name of a schedule.
        if bad.name == "folder" { path = try folder.folder("folder.json") }
        let run = try Tool.run(
          command, CommandTable.arguments(command, model: model, stream: stream) + ["--\(option)", path])
        Self.expectUnreadable(run, bad, "\(command) --\(option)")
      }
    }
  }

  /// Values that no option of the kind takes.
  private static func bad(_ value: CommandTable.Value) -> [String] {
    switch value {
    case .integer: ["-1"]
    case .exact: ["nan", "-1", "1e9999999"]
    case .word: ["nonesuch"]
    case .place: ["no->edge"]
    case .free: []
    }
  }

  @Test(arguments: CommandTable.commands.map(\.commandName))
  func badOptionsEndIn64(command: String) throws {
    let folder = try Folder()
    let (model, stream) = (try folder.file("m.json", Self.model), try folder.file("s.json", Self.stream))
    for option in try #require(CommandTable.commands.first { $0.commandName == command }).options {
      let values = Self.bad(try #require(CommandTable.values[option]))
      // All values for the first command that has the option, one for the last: a run costs a tenth of a second.
      let having = CommandTable.commands.filter { $0.options.contains(option) }.map(\.commandName)
      for value in having.first == command ? values : having.last == command ? Array(values.suffix(1)) : [] {
        let given = try CommandTable.arguments(command, model: model, stream: stream, replacing: option)
        let run = try Tool.run(command, given + ["--\(option)=\(value)"])
        let what = "\(command) --\(option)=\(value)"
        #expect(run.status == 64, "\(what): \(run.status) \(run.errors)")
        #expect(run.output.isEmpty, "\(what)")
        let errors = run.errors.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
        #expect(errors.count == 1, "\(what): \(run.errors)")
        #expect(errors.allSatisfy { $0.contains(option) || $0.contains(value) }, "\(what): \(run.errors)")
      }
    }
  }

  /// Integers that 64 bits do not hold, where a list or a pair of them is taken apart.
  @Test func hugeIntegersEndIn64() throws {
    let huge = "99999999999999999999"
    for (command, option) in [
      ("buffers", "--cap=p=\(huge)"), ("table", "--depths=3,\(huge)"), ("table", "--shard=1/\(huge)"),
      ("timing", "--dim=H=\(huge)"), ("timing", "--period=\(huge)"), ("verify", "--layer=\(huge)"),
      ("verify", "--expect=u->h=\(huge)"),
    ] {
      let variation = command == "table" ? ["--variation=1/10"] : []
      let run = try Tool.run(command, ["-", option] + variation, input: Self.model)
      #expect(run.status == 64 && run.output.isEmpty && run.errors.contains(huge), "\(option): \(run.errors)")
    }
  }

  @Test func wrongOrMissingArgumentsEndIn64() throws {
    for command in CommandTable.commands where CommandTable.reads(command.commandName).model {
      #expect(try Tool.run(command.commandName).status == 64, "\(command.commandName) without a model")
    }
    for arguments in [["nonesuch"], ["claims", "K99"], ["figure", "4"], ["figure"], ["trace", "m.json"]] {
      let run = try Tool.run(arguments[0], Array(arguments.dropFirst()))
      #expect(run.status == 64 && run.output.isEmpty && run.errors.hasPrefix("Error: "), "\(arguments): \(run.errors)")
    }
    #expect(try Tool.run("trace", "-", "--stream", "-", "--ticks", "0", input: Self.model).status == 64)
  }
}
