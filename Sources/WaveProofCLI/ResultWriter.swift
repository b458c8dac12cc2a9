import Foundation
import WaveProof

/// Writes results piece by piece to stdout or a file; what was written stays if the run is stopped.
///
/// A file that is there is written into, be it a device, a pipe, the target of a link or a plain one: it is never
/// replaced, so that its mode, owner and links stay.
struct ResultWriter: Sendable {
  private let handle: FileHandle
  private let place: String
  /// Of a page for people: what a terminal would obey is made visible; `nil` for data.
  private var page: TextStyle?

  static let standardOutput = ResultWriter(.standardOutput, "stdout")

  private init(_ handle: FileHandle, _ place: String) {
    self.handle = handle
    self.place = place
  }

  init(_ options: CommonOptions) throws {
    if let path = options.output, path != "-" {
      try self.init(path: path)
    } else {
      self = Self.standardOutput
    }
    switch options.format {
    case .text, .markdown, .latex: page = options.style
    case .json, .csv: break
    }
  }

  /// Goes on writing where the first `length` bytes of a file are to stay.
  init(continuing path: String, after length: Int) throws {
    guard let file = FileHandle(forUpdatingAtPath: path) else { throw Unwritten(path) }
    do {
      try file.truncate(atOffset: UInt64(length))
      try file.seekToEnd()
    } catch { throw Unwritten(path) }
    self.init(file, path)
  }

  /// - Throws: `Unwritten` where the file cannot be made, or cannot be opened for writing.
  init(path: String) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: path) || files.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Unwritten(path) }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let kind = (try? files.attributesOfItem(atPath: target))?[.type] as? FileAttributeType
    // Only a plain file has an old end to cut off; a device or a pipe refuses.
    if kind == .typeRegular {
      do { try file.truncate(atOffset: 0) } catch { throw Unwritten(path) }
    }
    self.init(file, path)
  }

  /// Ends the program where the text cannot be written: the rest of a result that nobody gets is not computed.
  func write(_ text: String) {
    let text = page.map { VisibleText.page(text, $0) } ?? text
    do { try handle.write(contentsOf: Data(text.utf8)) } catch {
      CommandFailure.say(Unwritten(place).description)
      Foundation.exit(CommandFailure.unwritten.rawValue)
    }
  }
}

/// A result that could not be written whole.
struct Unwritten: Error, CustomStringConvertible {
  let place: String

  init(_ place: String) { self.place = place }

  var description: String {
    "the result could not be written to \(place == "stdout" ? place : "\"\(place)\""); check its permissions, the room "
      + "on the device, and that nobody closed the pipe"
  }
}

/// One line on stderr that is rewritten as work goes on; silent when nobody watches.
struct Progress: Sendable {
  let isShown: Bool

  func show(_ text: String) {
    guard isShown else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(VisibleText.line(text))".utf8))
  }

  func clear() { show("") }
}
