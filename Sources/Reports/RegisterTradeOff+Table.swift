import Timing

extension RegisterTradeOff {
  public var table: Table {
    Table(
      header: ["mismatch up to", "registers", "exact edges", "window"] + columnTitles,
      rows: rows.map {
        [String($0.tolerance), String($0.registers), String($0.exactEdges), String($0.window)]
          + $0.columns.map { $0.map { BoundNumber.upper($0) } ?? "unbounded" }
      }, rightAligned: Set(0..<(4 + columnTitles.count)))
  }
}
