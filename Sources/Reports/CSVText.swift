/// Lines of a CSV file: cells with a comma, a quote or a line break are quoted, quotes in them doubled.
enum CSVText {
  static func line(_ cells: [String]) -> String {
    cells.map { cell in
      cell.contains { ",\"\n\r".contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }.joined(separator: ",") + "\n"
  }

  /// The complete rows of a file, and how much text they take: a last line without its line break does not count.
  static func rows(_ text: String) -> (rows: [[String]], length: Int) {
    var rows: [[String]] = []
    var (row, cell): ([String], String) = ([], "")
    var (isQuoted, length, position) = (false, 0, 0)
    let scalars = Array(text.unicodeScalars)
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      switch scalar {
      case "\"" where isQuoted && position < scalars.count && scalars[position] == "\"":
        cell.unicodeScalars.append(scalar)
        position += 1
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\n" where !isQuoted:
        rows.append(row + [cell.last == "\r" ? String(cell.dropLast()) : cell])
        (row, cell, length) = ([], "", position)
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return (rows, String(String.UnicodeScalarView(scalars[..<length])).utf8.count)
  }
}
