import Foundation
import Networks

/// Rows that were written before: by an interrupted sweep, or by its shards.
public struct SweepFile: Sendable {
  public let rows: [SweepRow]
  /// The first line of CSV; `nil` of JSON lines and of an empty file.
  let header: [String]?
  /// How many bytes the head and the complete rows take; what stands behind is torn.
  public let length: Int

  /// Reads CSV or JSON lines; a last line without its line break is left out.
  ///
  /// - Throws: `NetworkError` naming the file, the line and the field.
  public init(_ data: Data, named name: String) throws(NetworkError) {
    guard let text = String(data: data, encoding: .utf8) ?? Self.withoutTornEnd(data) else {
      throw NetworkError("\(name): not UTF-8 text; a table to read back is CSV or JSON lines")
    }
    if text.first == "{" {
      (rows, length) = try Self.lines(text, name)
      header = nil
    } else {
      (header, rows, length) = try Self.cells(text, name)
    }
  }

  /// A file that was cut inside a character is read up to its last complete line.
  private static func withoutTornEnd(_ data: Data) -> String? {
    guard let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
    return String(data: data[...end], encoding: .utf8)
  }

  private static func cells(_ text: String, _ name: String) throws(NetworkError) -> (
    header: [String]?, rows: [SweepRow], length: Int
  ) {
    let (lines, length) = CSVText.rows(text)
    guard let header = lines.first else { return (nil, [], 0) }
    guard header.starts(with: SweepRow.keys) else {
      throw NetworkError("\(name): the first line is not that of a table of bounds; it begins row,of,sweep,network")
    }
    var rows: [SweepRow] = []
    for (index, line) in lines.dropFirst().enumerated() {
      guard line.count == header.count else {
        throw NetworkError("\(name): line \(index + 2) has \(line.count) cells, the header \(header.count)")
      }
      let fields = Dictionary(uniqueKeysWithValues: zip(header, line))
      rows.append(try SweepRow(fields: fields, at: "\(name), line \(index + 2)"))
    }
    return (header, rows, length)
  }

  private static func lines(_ text: String, _ name: String) throws(NetworkError) -> ([SweepRow], Int) {
    var rows: [SweepRow] = []
    var length = 0
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // What stands behind the last line break: nothing, or a torn line.
    lines.removeLast()
    for (index, line) in lines.enumerated() {
      let place = "\(name), line \(index + 1)"
      guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
        throw NetworkError("\(place): not one JSON object; a table to read back is CSV or JSON lines")
      }
      let fields = object.mapValues { value in
        value is NSNull ? "" : (value as? String) ?? (value as? Int).map(String.init) ?? "?"
      }
      rows.append(try SweepRow(fields: fields, at: place))
      length += line.utf8.count + 1
    }
    return (rows, length)
  }
}

extension SweepPlan {
  /// How many of the rows asked for a file holds already; the rest is to be computed.
  ///
  /// - Throws: `NetworkError` where the file holds another sweep, other rows of this one, or other columns.
  public func resumed(
    _ rows: [Int], from file: SweepFile, as format: SweepFormat, named name: String
  ) throws(NetworkError) -> Int {
    guard file.rows.isEmpty || file.header == format.header else {
      throw NetworkError("\(name) is in another format, or its columns differ; write to another file")
    }
    for (position, row) in file.rows.enumerated() {
      guard row.sweep == sweep else {
        throw NetworkError(
          "\(name) holds rows of another sweep (\(row.sweep), not \(sweep)): a model or an option differs; write to "
            + "another file")
      }
      guard position < rows.count, rows[position] == row.row else {
        throw NetworkError("\(name): row \(row.row) is not of this shard, or out of order; write to another file")
      }
    }
    return file.rows.count
  }
}

/// Joins the shards of a sweep.
public enum SweepMerge {
  /// - Returns: all rows of the sweep, in order.
  /// - Throws: `NetworkError` naming what is missing, contradictory or of another sweep.
  public static func rows(_ files: [(name: String, file: SweepFile)]) throws(NetworkError) -> [SweepRow] {
    var byNumber: [Int: (name: String, row: SweepRow)] = [:]
    var first: (name: String, row: SweepRow)?
    for (name, file) in files {
      for row in file.rows {
        let known = first ?? (name, row)
        first = known
        guard row.sweep == known.row.sweep, row.of == known.row.of else {
          throw NetworkError("\(name) and \(known.name) hold rows of different sweeps; merge shards of one")
        }
        if let other = byNumber[row.row], !other.row.saysTheSame(as: row) {
          throw NetworkError("\(name) and \(other.name) differ in row \(row.row); run one of them afresh")
        }
        byNumber[row.row] = byNumber[row.row] ?? (name, row)
      }
    }
    guard let first else { throw NetworkError("no rows to merge; give files that table wrote as CSV or JSON lines") }
    let missing = (0..<first.row.of).filter { byNumber[$0] == nil }
    guard missing.isEmpty else {
      let names = missing.prefix(8).map(String.init).joined(separator: ", ")
      throw NetworkError(
        "\(missing.count) of \(first.row.of) rows are missing (\(names)\(missing.count > 8 ? ", …" : "")); run their "
          + "shards first")
    }
    return (0..<first.row.of).compactMap { byNumber[$0]?.row }
  }
}

extension SweepRow {
  /// Up to the time that it took.
  func saysTheSame(as other: SweepRow) -> Bool {
    var copy = other
    copy.seconds = seconds
    return copy == self
  }
}
