import Foundation

/// Where a file is wrong, and what would mend it.
package struct FileFault: Error, Sendable {
  /// Bytes from the start of the file.
  package let offset: Int
  package let message: String

  package init(at offset: Int, _ message: String) {
    self.offset = offset
    self.message = message
  }

  /// The fault as people look it up: file, line and column, both from 1; a column is a Unicode scalar.
  ///
  /// - Parameter path: where that is among the values of the file, such as `nodes[2].bias[0]`.
  package func error(in bytes: [UInt8], named name: String, path: String = "") -> NetworkError {
    let before = bytes[..<min(offset, bytes.count)]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    return NetworkError("\(name), line \(line), column \(column)\(path.isEmpty ? "" : ", \(path)"): \(message)")
  }
}

/// Texts of files, checked to be UTF-8.
package enum FileText {
  /// What a file holds behind a byte order mark.
  ///
  /// - Throws: `NetworkError` with the place of the first byte that is no UTF-8.
  package static func bytes(_ data: Data, named name: String) throws(NetworkError) -> [UInt8] {
    let bytes = [UInt8](data)
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    reading: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput: break reading
      case .error: throw FileFault(at: offset, "not UTF-8 text").error(in: bytes, named: name)
      }
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }
}
