/// CSV (RFC 4180): cells with a comma, a quote or a line break are quoted, quotes in them doubled.
package enum CSVText {
  package static func line(_ cells: [String]) -> String {
    cells.map { cell in
      cell.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
        ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }.joined(separator: ",") + "\n"
  }

  /// One cell and where it begins, in bytes from the start of the text.
  package struct Cell: Sendable {
    package var text = ""
    package var offset: Int
  }

  /// The complete rows of a text, how much of it they take, and the row that its end cuts off.
  package struct Rows: Sendable {
    package var rows: [[Cell]] = []
    /// Bytes up to the last line break that ends a row.
    package var length = 0
    /// What stands behind it; empty where nothing does.
    package var rest: [Cell] = []
  }

  /// - Throws: `FileFault` at a quote inside a cell that is not quoted, at text behind a closing quote, or at a quoted
  ///   cell that is not closed where `mayBeTorn` is false.
  package static func rows(_ text: String, mayBeTorn: Bool = false) throws(FileFault) -> Rows {
    var result = Rows()
    var row: [Cell] = []
    var cell = Cell(offset: 0)
    var (isQuoted, wasQuoted) = (false, false)
    var offset = 0
    var scalars = text.unicodeScalars.makeIterator()
    var ahead = scalars.next()
    while let scalar = ahead {
      ahead = scalars.next()
      let start = offset
      offset += UTF8.width(scalar)
      switch scalar {
      case "\"" where isQuoted && ahead == "\"":
        cell.text.unicodeScalars.append(scalar)
        offset += 1
        ahead = scalars.next()
      case "\"" where isQuoted: isQuoted = false
      case "\"":
        guard cell.text.isEmpty, !wasQuoted else {
          throw FileFault(at: start, "a quote inside a cell; quote the whole cell")
        }
        (isQuoted, wasQuoted) = (true, true)
      case _ where isQuoted: cell.text.unicodeScalars.append(scalar)
      case ",":
        row.append(cell)
        (cell, wasQuoted) = (Cell(offset: offset), false)
      case "\r" where ahead == "\n": break
      case "\n":
        result.rows.append(row + [cell])
        (row, cell, wasQuoted, result.length) = ([], Cell(offset: offset), false, offset)
      default:
        guard !wasQuoted else { throw FileFault(at: start, "text behind a closing quote; a comma is expected") }
        cell.text.unicodeScalars.append(scalar)
      }
    }
    if offset > result.length { result.rest = row + [cell] }
    if isQuoted, !mayBeTorn { throw FileFault(at: cell.offset, "the quoted cell that begins here is not closed") }
    return result
  }
}
