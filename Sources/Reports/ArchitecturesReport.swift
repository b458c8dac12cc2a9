import Networks
import Timing

/// The table of `architectures` in every format: one row a model.
public struct ArchitecturesReport: Sendable {
  public let rows: [ArchitectureFigures]

  public init(rows: [ArchitectureFigures]) {
    self.rows = rows
  }

  public func rendered(_ format: OutputFormat) -> String { format == .json ? json.text + "\n" : table.rendered(format) }

  public var table: Table {
    Table(
      header: [
        "model", "nodes", "edges", "depth", "activities", "synchronous", "window open", "window closed", "fill closed",
        "registers open", "registers closed", "per activity ≥", "longest chain",
      ],
      rows: rows.map { row in
        [
          row.name, String(row.nodes), String(row.edges), String(row.depth), String(row.activities),
          row.synchronous.isEmpty ? "none" : ResultHead.list(row.synchronous, limit: 2), String(row.openWindow),
          String(row.closedWindow), String(row.closedFill), String(row.openRegisters), String(row.closedRegisters),
          Self.ratio(row.closedRegisters, row.activities), String(row.longestChain),
        ]
      }, rightAligned: [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12])
  }

  /// The quotient rounded down to one decimal, by integers.
  private static func ratio(_ numerator: Int, _ denominator: Int) -> String {
    let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return "\(whole).\(denominator.dividingFullWidth(rest.multipliedFullWidth(by: 10)).quotient)"
  }

  public var json: JSONValue {
    .object([
      "schema": .string("waveproof/1"), "command": .string("architectures"),
      "models": .array(
        rows.map { row in
          .object([
            "name": .string(row.name), "nodes": .integer(row.nodes), "edges": .integer(row.edges),
            "depth": .integer(row.depth), "activities": .integer(row.activities),
            "synchronous": .strings(row.synchronous), "openWindow": .integer(row.openWindow),
            "closedWindow": .integer(row.closedWindow), "closedFill": .integer(row.closedFill),
            "openRegisters": .integer(row.openRegisters), "closedRegisters": .integer(row.closedRegisters),
            "longestChain": .integer(row.longestChain),
          ])
        }),
    ])
  }
}
