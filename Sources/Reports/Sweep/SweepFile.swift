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
    // A file that was cut inside a character is read up to its last complete line.
    let complete = data.prefix(upTo: data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? data.startIndex)
    if complete.first == UInt8(ascii: "{") {
      (rows, length) = (try Self.lines(complete, name), complete.count)
      header = nil
    } else {
      (header, rows, length) = try Self.cells(try FileText.bytes(complete, named: name), name)
    }
  }

  private static func cells(_ bytes: [UInt8], _ name: String) throws(NetworkError) -> (
    header: [String]?, rows: [SweepRow], length: Int
  ) {
    let lines: CSVText.Rows
    do throws(FileFault) { lines = try CSVText.rows(String(decoding: bytes, as: UTF8.self), mayBeTorn: true) } catch {
      throw error.error(in: bytes, named: name)
    }
    guard let header = lines.rows.first?.map(\.text) else { return (nil, [], 0) }
    guard header == SweepRow.keys || header == SweepRow.keys + ["seconds"] else {
      throw NetworkError("\(name): the first line is not that of a table of bounds; it begins row,of,sweep,network")
    }
    var rows: [SweepRow] = []
    for (index, line) in lines.rows.dropFirst().enumerated() {
      guard line.count == header.count else {
        throw NetworkError("\(name): line \(index + 2) has \(line.count) cells, the header \(header.count)")
      }
      let fields = Dictionary(uniqueKeysWithValues: zip(header, line.map(\.text)))
      rows.append(try SweepRow(fields: fields, at: "\(name), line \(index + 2)"))
    }
    return (header, rows, lines.length)
  }

  private static func lines(_ data: Data, _ name: String) throws(NetworkError) -> [SweepRow] {
    var rows: [SweepRow] = []
    for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      .enumerated()
    {
      let place = "\(name), row \(index + 1)"
      let fields = try JSONText.read(line, named: place) { root throws(FileFault) in
        _ = try JSONObject(root, "a row", known: SweepRow.keys + ["seconds"])
        var fields: [String: String] = [:]
        for field in try root.members("a row") {
          switch field.value.content {
          case .null: fields[field.key] = ""
          case .string(let text), .number(let text): fields[field.key] = text
          default: throw field.value.fault("\"\(field.key)\" is a text or a whole number")
          }
        }
        return fields
      }
      rows.append(try SweepRow(fields: fields, at: place))
    }
    return rows
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
    // A file may state any number of rows; only the first few that are missing are looked for.
    let missing = first.row.of - byNumber.count
    guard missing == 0 else {
      let names = (0..<first.row.of).lazy.filter { byNumber[$0] == nil }.prefix(8).map(String.init)
      throw NetworkError(
        "\(missing) of \(first.row.of) rows are missing (\(names.joined(separator: ", "))"
          + "\(missing > 8 ? ", …" : "")); run their shards first")
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
