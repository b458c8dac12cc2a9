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
    let widths = header.indices.map { column in ([header] + rows).map { VisibleText.cell($0[column]).count }.max() ?? 0
    }
    let layout = TableLayout(header: header, rightAligned: rightAligned, widths: widths, format: format)
    return layout.head + rows.map(layout.line).joined() + layout.foot
  }
}
