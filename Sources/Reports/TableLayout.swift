import Networks

/// How a table is written row by row, so that rows can be printed while others are still computed.
public struct TableLayout: Sendable, Hashable {
  public let header: [String]
  public let rightAligned: Set<Int>
  /// Least widths of the columns in characters; what only the text format needs.
  public let widths: [Int]
  public let format: OutputFormat
  /// Goes round a LaTeX table and below a text or Markdown one.
  public let caption: String?

  public init(
    header: [String], rightAligned: Set<Int> = [], widths: [Int] = [], format: OutputFormat, caption: String? = nil
  ) {
    self.header = header
    self.rightAligned = rightAligned
    self.widths = header.indices.map { max($0 < widths.count ? widths[$0] : 0, header[$0].count) }
    self.format = format
    self.caption = caption
  }

  /// What comes before the rows.
  public var head: String {
    switch format {
    case .text, .csv, .json: return line(header)
    case .markdown:
      return line(header) + line(header.indices.map { rightAligned.contains($0) ? "---:" : "---" })
    case .latex:
      let columns = header.indices.map { rightAligned.contains($0) ? "r" : "l" }.joined()
      let title = caption.map { LaTeXText.escaped(VisibleText.cell($0)) }
      let frame = title.map { "\\begin{table}\n\\centering\n\\caption{\($0)}\n" } ?? ""
      return frame + "\\begin{tabular}{\(columns)}\n\\toprule\n" + line(header) + "\\midrule\n"
    }
  }

  /// One row.
  public func line(_ cells: [String]) -> String {
    // Numbers and words of a CSV file are data: quoted, not changed.
    let cells = format == .csv || format == .json ? cells : cells.map(VisibleText.cell)
    switch format {
    case .text:
      var line = cells.indices.map { padded(cells[$0], $0) }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    case .markdown: return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    case .latex: return cells.map(LaTeXText.escaped).joined(separator: " & ") + " \\\\\n"
    case .csv, .json: return CSVText.line(cells)
    }
  }

  /// What comes after the rows.
  public var foot: String {
    switch format {
    case .text, .markdown: caption.map { "\n\(VisibleText.cell($0))\n" } ?? ""
    case .latex: "\\bottomrule\n\\end{tabular}\n" + (caption == nil ? "" : "\\end{table}\n")
    case .csv, .json: ""
    }
  }

  private func padded(_ cell: String, _ column: Int) -> String {
    let space = String(repeating: " ", count: max(widths[column] - cell.count, 0))
    return rightAligned.contains(column) ? space + cell : cell + space
  }
}
