import Foundation
import WaveProof

/// Writes results piece by piece to stdout or a file; what was written stays if the run is stopped.
struct ResultWriter: Sendable {
  private let handle: FileHandle

  init(_ options: CommonOptions) throws {
    guard let path = options.output, path != "-" else {
      handle = .standardOutput
      return
    }
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw NetworkError("cannot write to \"\(path)\"; check the folder and its permissions") }
    handle = file
  }

  /// Goes on writing where the first `length` bytes of a file are to stay.
  init(continuing path: String, after length: Int) throws {
    guard let file = FileHandle(forUpdatingAtPath: path) else {
      throw NetworkError("cannot write to \"\(path)\"; check the folder and its permissions")
    }
    try file.truncate(atOffset: UInt64(length))
    try file.seekToEnd()
    handle = file
  }

  func write(_ text: String) {
    try? handle.write(contentsOf: Data(text.utf8))
  }
}

/// One line on stderr that is rewritten as work goes on; silent when nobody watches.
struct Progress: Sendable {
  let isShown: Bool

  func show(_ text: String) {
    guard isShown else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }

  func clear() { show("") }
}
