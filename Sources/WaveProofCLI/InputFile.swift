import Foundation
import Synchronization
import WaveProof

/// Files by path; `-` is stdin.
enum InputFile {
  static func read(_ path: String) throws -> Data {
    if path == "-" { return try standardInput() }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw NetworkError("cannot read \"\(path)\"; check that it exists and may be read")
    }
    return data
  }

  /// All of stdin, which one argument alone can have.
  private static func standardInput() throws -> Data {
    let isFirst = wasRead.withLock { wasRead in
      defer { wasRead = true }
      return !wasRead
    }
    guard isFirst else { throw NetworkError("stdin is asked for twice; give a file in the place of one -") }
    do { return try FileHandle.standardInput.readToEnd() ?? Data() } catch {
      throw NetworkError("cannot read stdin; check that it is a file or a pipe")
    }
  }

  private static let wasRead = Mutex(false)

  /// A stream in JSON or CSV, told apart by its first character.
  static func stream(_ path: String, for architecture: Architecture) throws -> FrameStream {
    let data = try read(path)
    let isJSON = data.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
    guard !isJSON else { return try FrameStream(json: data, for: architecture, named: path) }
    return try FrameStream(csv: data, for: architecture, named: path)
  }
}
