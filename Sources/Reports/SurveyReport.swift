import Claims
import Networks
import Waves

/// The table of exact layers: a row for every σ and reading, a column for every depth.
public struct SurveyReport: Sendable {
  public let rows: [ReadingSurvey.Row]

  public init(rows: [ReadingSurvey.Row]) {
    self.rows = rows
  }

  public func rendered(_ format: OutputFormat) -> String {
    guard format != .json else { return json.text + "\n" }
    let text = table.rendered(format)
    guard format == .text || format == .markdown else { return text }
    let exact = rows.reduce(0) { $0 + $1.exact.count }
    let refuted = rows.reduce(0) { $0 + $1.refuted }
    return text
      + "\nAn entry is layer@delay; - is no exact layer. \(exact) layers confirmed and \(refuted) refuted by exact runs, "
      + "\(rows.count) chains, no disagreement with the calculus.\n"
  }

  private var table: Table {
    var keys: [(Activation, Reading)] = []
    for row in rows where !keys.contains(where: { $0.0 == row.activation && $0.1 == row.reading }) {
      keys.append((row.activation, row.reading))
    }
    let depths = Set(rows.map(\.depth)).sorted()
    return Table(
      header: ["σ", "slope", "error"] + depths.map { "L=\($0)" },
      rows: keys.map { activation, reading in
        [activation.description, reading.slope.rawValue, reading.error.rawValue]
          + depths.map { depth in
            let row = rows.first { $0.activation == activation && $0.reading == reading && $0.depth == depth }
            let exact = row?.exact.map { "\($0.layer)@\($0.delay)" } ?? []
            return exact.isEmpty ? "-" : exact.joined(separator: " ")
          }
      })
  }

  private var json: JSONValue {
    .object([
      "schema": .string("waveproof/1"), "command": .string("readings"),
      "rows": .array(
        rows.map { row in
          .object([
            "activation": .string(row.activation.description), "slope": .string(row.reading.slope.rawValue),
            "error": .string(row.reading.error.rawValue), "depth": .integer(row.depth),
            "exact": .array(row.exact.map { .object(["layer": .integer($0.layer), "delay": .integer($0.delay)]) }),
            "maxMismatch": .integer(row.maximumMismatch), "window": .integer(row.window),
            "refuted": .integer(row.refuted),
          ])
        }),
    ])
  }
}
