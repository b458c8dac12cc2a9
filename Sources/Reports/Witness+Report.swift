import Claims
import ExactArithmetic
import Networks
import Timing
import Waves

extension Witness {
  /// As the contract of results has it; what a run with learning weights adds stands beside it.
  func json(of architecture: Architecture) -> JSONValue {
    var members = [
      JSONMember(key: "kind", value: .string(kind == .learning ? WitnessKind.frame.rawValue : kind.rawValue)),
      JSONMember(key: "stream", value: .stream(stream, of: architecture)),
      JSONMember(key: "tick", value: .integer(tick)),
      JSONMember(key: "update", value: .matrix(update)),
      JSONMember(key: "nearestGradient", value: .matrix(nearestGradient)),
      JSONMember(key: "nearestFrame", value: .integer(nearestFrame)),
      JSONMember(key: "entry", value: .array([.integer(entry.row), .integer(entry.column)])),
    ]
    if kind == .delay {
      members.append(
        JSONMember(
          key: "failures",
          value: .array(
            failures.map {
              .object(["delay": $0.delay.map { .integer($0) } ?? .string("more"), "tick": .integer($0.tick)])
            })))
    }
    if let learning {
      members.append(JSONMember(key: "rate", value: .string(learning.rate.description)))
      members.append(
        JSONMember(
          key: "weights",
          value: .object(
            learning.versions.map { entry in
              JSONMember(
                key: architecture.edges[entry.edge].name,
                value: .array(entry.weights.map { .matrix($0.rowsOfNumbers) }))
            })))
    }
    if isPartial { members.append(JSONMember(key: "partial", value: .bool(true))) }
    if let model { members.append(JSONMember(key: "model", value: .model(model))) }
    return .object(members)
  }

  /// What a reader needs to see: the stream, the tick, the two numbers that differ.
  func lines(of architecture: Architecture) -> [String] {
    var lines = model == nil ? [] : ["  on small weights (in --format json)"]
    lines.append("  witness: " + StreamText.nonzeros(stream, architecture) + "; \(stream.ticks) ticks, at tick \(tick)")
    if let learning {
      lines.append(
        "  the weights learn at rate \(StreamText.number(learning.rate)); every frame at all \(learning.combinations) combinations of "
          + "their versions differs")
    }
    lines.append(
      "  entry [\(entry.row)][\(entry.column)]: update \(WitnessText.number(differing.update)), "
        + (kind == .delay ? "gradient of frame \(nearestFrame) " : "nearest gradient (frame \(nearestFrame)) ")
        + WitnessText.number(differing.gradient))
    if kind == .delay {
      let failing = failures.map { "\($0.delay.map(String.init) ?? "more"): \($0.tick)" }
      lines.append("  every delay fails, delay: tick  \(ResultHead.list(failing, limit: 12))")
    }
    return lines
  }
}

extension LinearMap {
  fileprivate var rowsOfNumbers: [[WitnessNumber]] {
    (0..<rows).map { row in (0..<columns).map { .exact(self[row, $0]) } }
  }
}

extension WeightVersions.Agreement {
  var json: JSONValue {
    switch self {
    case .one: .string("one")
    case .mixture: .string("mixture")
    }
  }
}
