import Foundation
import WaveProof

/// Writes witness streams as files that `trace --stream` reads.
struct WitnessFiles: Sendable {
  /// One file for each edge and variation goes here.
  let folder: String?
  /// The stream of the worst edge at the last variation goes to this file.
  let worst: String?
  let architecture: Architecture

  /// Makes the folder.
  ///
  /// - Throws: `Unwritten` where it cannot be made.
  init(folder: String?, worst: String?, _ architecture: Architecture) throws {
    self.folder = folder
    self.worst = worst
    self.architecture = architecture
    guard let folder else { return }
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw Unwritten(folder)
    }
  }

  /// - Returns: the path of each bound's file; `nil` where there is no witness or no folder.
  func write(_ bounds: [ErrorBound]) throws -> [String?] {
    guard let folder else { return [] }
    return try bounds.enumerated().map { position, bound in
      guard let lower = bound.lower else { return nil }
      let name = "\(bound.edge)-\(Self.plain(bound.name))" + (bounds.count == 1 ? "" : "-\(position)") + ".json"
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      try write(lower, to: path)
      return path
    }
  }

  func writeWorst(_ entries: [BoundReport.Entry], _ variation: Variation?) throws {
    guard let worst else { return }
    let bounds = entries.flatMap(\.bounds).filter { $0.variation == variation && $0.lower != nil }
    guard let lower = BoundReport.worst(bounds)?.lower else {
      throw NetworkError("no witness for \"\(worst)\": every update that was asked about is the gradient")
    }
    try write(lower, to: worst)
  }

  private func write(_ lower: LowerBound, to path: String) throws {
    let text = JSONValue.stream(lower.stream, of: architecture).text + "\n"
    try ResultWriter(path: path).write(text)
  }

  /// A name that every file system and shell takes.
  private static func plain(_ name: String) -> String {
    String(name.replacing("->", with: "-to-").map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }
}
