import Claims
import ExactArithmetic
import Networks

/// How texts show what a witness holds.
enum WitnessText {
  /// A short exact number as it is, a long one as a picture, an enclosure with its ends rounded outward.
  static func number(_ number: WitnessNumber) -> String {
    switch number {
    case .exact(let value):
      let text = value.description
      return text.count <= 40 ? text : "≈ " + value.approximation(significantDigits: 12) + " (exact in --format json)"
    case .enclosed(let lower, let upper):
      return "in [\(lower.approximation(significantDigits: 9, rounding: .down)), "
        + "\(upper.approximation(significantDigits: 9, rounding: .up))]"
    }
  }

  /// The numbers of a stream that are not zero, as `u[0]@1 = 1`.
  static func nonzeros(_ stream: FrameStream, _ architecture: Architecture) -> String {
    var parts: [String] = []
    let inputs = zip(architecture.nodes[..<architecture.inputCount].map(\.name), stream.inputs)
    let targets = zip(architecture.outputs.map { "target " + architecture.nodes[$0].name }, stream.targets)
    for (name, series) in Array(inputs) + Array(targets) {
      let constant = series.allSatisfy { $0 == series[0] }
      for (tick, row) in series.enumerated() where tick == 0 || !constant {
        for (unit, value) in row.elements.enumerated() where !value.isZero {
          parts.append("\(name)[\(unit)]\(constant ? "" : "@\(tick)") = \(value)")
        }
      }
    }
    return parts.isEmpty ? "all zero" : ResultHead.list(parts) + ", all else 0"
  }
}
