import Foundation

/// Runs the built `waveproof` as a user does.
struct Tool {
  struct Run {
    let status: Int32
    let output: String
    let errors: String

    /// The JSON result as plain Foundation values.
    func json() throws -> [String: Any] {
      let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return value as? [String: Any] ?? [:]
    }

    func edges() throws -> [[String: Any]] { try json()["edges"] as? [[String: Any]] ?? [] }

    func edge(_ name: String) throws -> [String: Any] {
      try edges().first { $0["edge"] as? String == name } ?? [:]
    }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The binary beside the tests, or the one that WAVEPROOF_BINARY names.
  static let binary: URL = {
    if let path = ProcessInfo.processInfo.environment["WAVEPROOF_BINARY"] { return URL(fileURLWithPath: path) }
    let candidates = CommandLine.arguments.compactMap { argument -> URL? in
      guard let range = argument.range(of: "waveproofPackageTests") else { return nil }
      return URL(fileURLWithPath: String(argument[..<range.lowerBound])).appendingPathComponent("waveproof")
    }
    let fallback = root.appendingPathComponent(".build/debug/waveproof")
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? fallback
  }()

  static func run(_ arguments: String..., input: String? = nil) throws -> Run {
    try run(arguments, input: input)
  }

  static func run(_ command: String, _ arguments: [String], input: String? = nil) throws -> Run {
    try run([command] + arguments, input: input)
  }

  private static func run(_ arguments: [String], input: String?) throws -> Run {
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.currentDirectoryURL = root
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
    try Data((input ?? "").utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOf: files[1], encoding: .utf8),
      errors: try String(contentsOf: files[2], encoding: .utf8))
  }
}
