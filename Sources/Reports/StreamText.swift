import ExactArithmetic
import Networks

/// Streams as people read them.
enum StreamText {
  /// The numbers of a stream that are not zero, as `u[0]@1 = 1`.
  static func nonzeros(_ stream: FrameStream, _ architecture: Architecture) -> String {
    var parts: [String] = []
    let inputs = zip(architecture.nodes[..<architecture.inputCount].map(\.name), stream.inputs)
    let targets = zip(architecture.outputs.map { "target " + architecture.nodes[$0].name }, stream.targets)
    for (name, series) in Array(inputs) + Array(targets) {
      let constant = series.allSatisfy { $0 == series[0] }
      for (tick, row) in series.enumerated() where tick == 0 || !constant {
        for (unit, value) in row.elements.enumerated() where !value.isZero {
          parts.append("\(name)[\(unit)]\(constant ? "" : "@\(tick)") = \(number(value))")
        }
      }
    }
    return parts.isEmpty ? "all zero" : ResultHead.list(parts) + ", all else 0"
  }

  /// A number that fits on a line: cut off, and marked so, where it is long.
  static func number(_ value: Rational) -> String {
    let text = value.description
    return text.count <= 40 ? text : NumberText.marked(value, digits: 12) + " (exact in --format json)"
  }
}
