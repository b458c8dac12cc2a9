import ExactArithmetic
import Networks
import Waves

/// The result of `cyclic` where nothing is certified: no contraction, or a fixed point that has no gradient.
public struct UndecidedCyclicReport: Sendable {
  public let architecture: Architecture
  public let reason: String
  /// The contraction, where it is the gradient alone that is missing.
  public let contraction: Contraction?

  public init(_ architecture: Architecture, reason: String, contraction: Contraction?) {
    self.architecture = architecture
    self.reason = reason
    self.contraction = contraction
  }

  public func rendered(_ format: OutputFormat) -> String {
    switch format {
    case .json: json.text + "\n"
    case .text: TextPage(["\(architecture.name): UNDECIDED: \(reason)"]).text
    case .csv, .markdown, .latex:
      Table(
        header: ["model", "verdict", "reason"], rows: [[architecture.name, "undecided", reason]], rightAligned: []
      )
      .rendered(format)
    }
  }

  public var json: JSONValue {
    .object([
      "schema": .string("waveproof/1"), "command": .string("cyclic"),
      "model": .object([
        "name": .string(architecture.name), "nodes": .integer(architecture.nodes.count),
        "edges": .integer(architecture.edges.count),
      ]),
      "verdict": .string("undecided"), "reason": .string(reason),
      "contraction": contraction.map { CyclicReport.json($0) } ?? .null,
    ])
  }
}
