import Foundation
import Testing

/// Every command of the tool, as the tool itself lists them, with what it takes to run it: tests over all commands and options
/// forget none that is added.
enum CommandTable {
  /// What the arguments of an invocation stand for.
  enum Argument {
    case word(String)
    case model
    /// A stream for the model, behind the option that takes one.
    case stream(option: String)
  }

  /// For each command the shortest invocation that works, without the options that may be left out.
  static let invocations: [String: [Argument]] = [
    "verify": [.model], "bound": [.model, .word("--variation=1/10")], "table": [.model, .word("--variation=1/10")],
    "timing": [.model], "trace": [.model, .stream(option: "--stream")], "buffers": [.model], "architectures": [.model],
    "cyclic": [.model, .stream(option: "--at")], "readings": [.word("--depth=1")], "claims": [.word("K1")],
    "figure": [.word("1")],
  ]

  /// What an option takes, by its name in every command that has it.
  enum Value {
    /// Neither a word nor a negative number is one; an exact number has a largest exponent, too.
    case integer
    case exact
    /// One of a list.
    case word
    /// An edge, a layer, or several.
    case place
    /// A name in the model or the system, whatever it is.
    case free
  }

  static let values: [String: Value] = [
    "at": .free, "o": .free, "output": .free, "save-models": .free, "schedule-out": .free, "stream": .free,
    "witness": .free, "witness-dir": .free,
    "activation": .word, "activations": .word, "color": .word, "error": .word, "format": .word, "norm": .word,
    "output-activation": .word, "reference": .word, "references": .word, "schedule": .word, "schedules": .word,
    "sense": .word, "slope": .word, "weights": .word, "weights-at": .word,
    "edge": .place, "expect": .place, "shared": .place,
    "cap": .integer, "depth": .integer, "depths": .integer, "dim": .integer, "inputs": .integer, "jobs": .integer,
    "layer": .integer, "outputs": .integer, "period": .integer, "precision": .integer, "seed": .integer,
    "shard": .integer, "symbols": .integer, "ticks": .integer, "width": .integer,
    "budget": .exact, "domain": .exact, "dt": .exact, "fps": .exact, "max-error": .exact, "rate": .exact,
    "ratio": .exact, "target-rate": .exact, "target-variation": .exact, "tolerance": .exact, "variation": .exact,
  ]

  struct Command: Decodable {
    struct Option: Decodable {
      struct Name: Decodable { let name: String }
      let kind: String
      let names: [Name]?
    }

    let commandName: String
    let arguments: [Option]?
    let subcommands: [Command]?

    /// Names of the options that take a value, the first spelling of each.
    var options: [String] { (arguments ?? []).filter { $0.kind == "option" }.compactMap { $0.names?.first?.name } }
  }

  /// All commands but `help`, as the tool says.
  static let commands: [Command] = {
    struct Dump: Decodable { let command: Command }
    guard let run = try? Tool.run("--experimental-dump-help"),
      let dump = try? JSONDecoder().decode(Dump.self, from: Data(run.output.utf8))
    else { return [] }
    return (dump.command.subcommands ?? []).filter { $0.commandName != "help" }
  }()

  /// The invocation of a command, without what gives an option that is given anew.
  static func arguments(
    _ command: String, model: String, stream: String, replacing option: String? = nil
  ) throws -> [String] {
    try #require(invocations[command], "say in CommandTable how \(command) is called").flatMap { argument in
      switch argument {
      case .model: [model]
      case .stream(let name): name == option.map { "--\($0)" } ? [] : [name, stream]
      case .word(let word): option.map { word.hasPrefix("--\($0)=") } ?? false ? [] : [word]
      }
    }
  }

  /// Whether a command takes a model, or a stream for it.
  static func reads(_ command: String) -> (model: Bool, streamOption: String?) {
    var (model, stream): (Bool, String?) = (false, nil)
    for argument in invocations[command] ?? [] {
      switch argument {
      case .model: model = true
      case .stream(let name): stream = name
      case .word: break
      }
    }
    return (model, stream)
  }
}

/// A folder that is gone at the end, and files in it.
struct Folder: ~Copyable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// - Returns: the path.
  func file(_ name: String, _ content: String) throws -> String { try file(name, Data(content.utf8)) }

  func file(_ name: String, _ content: Data) throws -> String {
    let place = url.appendingPathComponent(name)
    try content.write(to: place)
    return place.path
  }

  func folder(_ name: String) throws -> String {
    let place = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    return place.path
  }
}
