/// A table of text cells with a header, for text, Markdown, CSV and LaTeX.
public struct Table: Sendable, Hashable {
  public let header: [String]
  public var rows: [[String]]
  /// Columns of numbers are set to the right.
  public let rightAligned: Set<Int>

  public init(header: [String], rows: [[String]] = [], rightAligned: Set<Int> = []) {
    self.header = header
    self.rows = rows
    self.rightAligned = rightAligned
  }

  /// - Returns: the table with a newline at its end; JSON is not a form of a table and gives CSV.
  public func rendered(_ format: OutputFormat) -> String {
    switch format {
    case .text: text
    case .markdown: markdown
    case .latex: latex
    case .csv, .json: csv
    }
  }

  private var widths: [Int] {
    header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
  }

  private func padded(_ row: [String], _ widths: [Int]) -> [String] {
    row.indices.map { column in
      let space = String(repeating: " ", count: widths[column] - row[column].count)
      return rightAligned.contains(column) ? space + row[column] : row[column] + space
    }
  }

  private var text: String {
    let widths = widths
    return ([header] + rows).map { row in
      var line = padded(row, widths).joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    let rule = header.indices.map { rightAligned.contains($0) ? "---:" : "---" }
    return line(header) + line(rule) + rows.map(line).joined()
  }

  private var csv: String {
    ([header] + rows).map { row in
      row.map { cell in
        cell.contains { ",\"\n".contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }.joined(separator: ",") + "\n"
    }.joined()
  }

  private var latex: String {
    let columns = header.indices.map { rightAligned.contains($0) ? "r" : "l" }.joined()
    func line(_ cells: [String]) -> String { cells.map(Self.escaped).joined(separator: " & ") + " \\\\\n" }
    return "\\begin{tabular}{\(columns)}\n\\toprule\n" + line(header) + "\\midrule\n" + rows.map(line).joined()
      + "\\bottomrule\n\\end{tabular}\n"
  }

  private static func escaped(_ cell: String) -> String {
    var result = ""
    for character in cell {
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case ">": result += "$>$"
      case "<": result += "$<$"
      case "σ": result += "$\\sigma$"
      case "′": result += "$'$"
      case "−": result += "$-$"
      case "δ": result += "$\\delta$"
      case "…": result += "\\dots{}"
      case _ where mathematics[character] != nil: result += "$\(mathematics[character] ?? "")$"
      default: result.append(character)
      }
    }
    return result
  }

  /// What has no letter in a LaTeX text font.
  private static let mathematics: [Character: String] = [
    "→": "\\to", "←": "\\leftarrow", "∇": "\\nabla", "τ": "\\tau", "Δ": "\\Delta", "ε": "\\varepsilon", "·": "\\cdot",
    "≤": "\\le", "≥": "\\ge", "‖": "\\Vert", "ᵀ": "^\\top", "²": "^2", "³": "^3", "|": "|", "⊙": "\\odot",
  ]
}
