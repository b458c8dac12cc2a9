import ExactArithmetic
import Networks

/// How a table of error bounds is written, row by row.
public struct SweepFormat: Sendable {
  public enum Kind: Sendable, Hashable {
    case table(OutputFormat)
    /// A JSON object on every line and nothing else.
    case jsonLines
  }

  let kind: Kind
  let sweep: String
  let layout: TableLayout

  /// - Parameter rows: all rows, filled in or not; text columns are as wide as what names them.
  public init(_ kind: Kind, sweep: String, rows: [SweepRow], measures: Bool) {
    self.kind = kind
    self.sweep = sweep
    guard case .table(let format) = kind, format != .csv else {
      layout = TableLayout(header: SweepRow.keys + (measures ? ["seconds"] : []), format: .csv)
      return
    }
    let cells = rows.map(Self.cells)
    // From what is known before anything is computed, so that shards, once merged, are laid out as one run is.
    let known = (0..<5).map { column in cells.map { $0[column].count }.max() ?? 0 }
    layout = TableLayout(
      header: Self.header + (measures ? ["seconds"] : []), rightAligned: [1, 6, 7, 8, 10],
      widths: known + [16, 12, 12, 8, 24, 9], format: format,
      caption: Self.caption)
  }

  public init(_ kind: Kind, _ plan: SweepPlan, measures: Bool) {
    self.init(kind, sweep: plan.sweep, rows: plan.items.map(\.row), measures: measures)
  }

  /// Whether rows can be read back: what an interrupted sweep and a merge need.
  public static func canBeReadBack(_ kind: Kind) -> Bool { kind == .jsonLines || kind == .table(.csv) }

  /// The first line of CSV; `nil` in other formats.
  var header: [String]? { kind == .table(.csv) ? layout.header : nil }

  private static let header = [
    "network", "depth", "schedule", "reference", "V", "edge", "upper", "lower", "ratio", "method",
  ]

  private static let caption =
    "Error of updates: upper bounds on the largest error of any edge and errors that are attained, while every frame "
    + "that is read lies within V of the nominal one (per tick: while successive frames differ by at most V). "
    + BoundNumber.caption

  public var head: String {
    switch kind {
    case .jsonLines: ""
    case .table(.json):
      JSONValue.object([
        "schema": .string("waveproof/1"), "command": .string("table"), "sweep": .string(sweep),
      ]).text.dropLast() + ",\"rows\":["
    case .table: layout.head
    }
  }

  /// - Parameter isFirst: whether nothing but the head stands before it.
  public func line(_ row: SweepRow, isFirst: Bool) -> String {
    switch kind {
    case .jsonLines: row.json.text + "\n"
    case .table(.json): (isFirst ? "\n" : ",\n") + row.json.text
    case .table(.csv): layout.line(row.csvCells)
    case .table: layout.line(Self.cells(row))
    }
  }

  public var foot: String {
    switch kind {
    case .jsonLines: ""
    case .table(.json): "\n]}\n"
    case .table: layout.foot
    }
  }

  private static func cells(_ row: SweepRow) -> [String] {
    let reading = row.slope.isEmpty ? "" : ", \(row.slope), \(row.error)"
    let target = row.target.isZero ? "" : ", targets \(NumberText.exact(row.target))"
    return [
      row.network, String(row.depth), row.schedule + reading, row.reference,
      NumberText.exact(row.variation) + target + (row.kind == "rate" ? " per tick" : ""), row.edge,
      row.upper.map(BoundNumber.upper) ?? "-", row.lower.map(BoundNumber.lower) ?? "-",
      BoundNumber.ratioText(row.ratio), row.method,
    ] + (row.seconds.map { [$0] } ?? [])
  }
}
