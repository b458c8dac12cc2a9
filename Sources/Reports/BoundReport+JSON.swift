import Claims
import ErrorBounds
import ExactArithmetic
import Networks

extension BoundReport {
  func members(_ entry: Entry) -> [JSONMember] {
    var members =
      entry.members.isEmpty
      ? [JSONMember(key: "edge", value: .string(entry.name))]
      : [JSONMember(key: "name", value: .string(entry.name)), JSONMember(key: "edges", value: .strings(entry.members))]
    if entry.members.isEmpty, let edge = timing.architecture.edgeIndex(named: entry.name),
      let ticks = sampling?.exactTicks(timing.edges[edge])
    {
      members.append(JSONMember(key: "exactTicksPerFrame", value: .string(ticks.description)))
    }
    let bounds = entry.bounds.enumerated().map { position, bound in
      var members = Self.members(bound)
      if let lower = bound.lower {
        members.append(JSONMember(key: "witness", value: witness(lower)))
        members.append(JSONMember(key: "attained", value: .number(lower.number)))
      } else {
        members += [JSONMember(key: "witness", value: .null), JSONMember(key: "attained", value: .string("0"))]
      }
      if position < entry.files.count, let file = entry.files[position] {
        members.append(JSONMember(key: "file", value: .string(file)))
      }
      return JSONValue.object(members)
    }
    members.append(JSONMember(key: "bounds", value: .array(bounds)))
    if !entry.unanswered.isEmpty {
      let beyond = entry.unanswered.map { variation in
        JSONValue.object([
          "variation": .string(variation.input.description), "kind": .string(variation.kindName),
          "target": .string(variation.target.description),
        ])
      }
      members.append(JSONMember(key: "beyondFloats", value: .array(beyond)))
    }
    if !entry.formulas.isEmpty {
      members.append(JSONMember(key: "global", value: .array(entry.formulas.map(\.json))))
    }
    if let function = entry.function { members.append(JSONMember(key: "function", value: function.json)) }
    if let excess = entry.withoutFunction {
      members.append(JSONMember(key: "function", value: .object(["omitted": .array([excess.json])])))
    }
    return members
  }

  /// The keys of a bound that `verify` gives too.
  static func members(_ bound: ErrorBound) -> [JSONMember] {
    let members: [(String, JSONValue)] = [
      ("variation", .string(bound.variation.input.description)), ("kind", .string(bound.variation.kindName)),
      ("target", .string(bound.variation.target.description)), ("upper", .string(bound.upper.description)),
      ("lower", .string(bound.lowerValue.description)),
      ("ratio", bound.ratio.map { .string($0.description) } ?? .null), ("method", .string(bound.method)),
      ("reference", .integer(bound.reference)), ("kink", .bool(bound.hasKink)),
    ]
    // Only then may bytes differ from run to run.
    let outcome: [(String, JSONValue)] = bound.ranOut ? [("budget", .string("ran out"))] : []
    let omitted: [(String, JSONValue)] =
      bound.omitted.isEmpty ? [] : [("omitted", .array(bound.omitted.map(\.json)))]
    return (members + outcome + omitted).map { JSONMember(key: $0.0, value: $0.1) }
  }

  private func witness(_ lower: LowerBound) -> JSONValue {
    .object([
      "stream": .stream(lower.stream, of: timing.architecture), "tick": .integer(lower.tick),
      "referenceTick": .integer(lower.referenceTick),
      "entry": .array([.integer(lower.entry.row), .integer(lower.entry.column)]),
    ])
  }

  /// The largest bounds of a variation over all edges that were asked about.
  func summary(_ index: Int, _ entries: [Entry]) -> JSONValue? {
    let (bounds, open) = (bounds(index, entries), unanswered(index, entries))
    let (variation, attained) = (question.variations[index], bounds.map(\.lowerValue).max() ?? 0)
    guard open.isEmpty else {
      // An edge without a bound may have any error: what is known of the others is no upper bound of all.
      return .object([
        "variation": .string(variation.input.description), "kind": .string(variation.kindName),
        "target": .string(variation.target.description), "beyondFloats": .strings(open), "upper": .null,
        "lower": .string(attained.description), "ratio": .null,
      ])
    }
    guard let worst = Self.worst(bounds) else { return nil }
    return .object([
      "variation": .string(variation.input.description), "kind": .string(variation.kindName),
      "target": .string(variation.target.description), "edge": .string(worst.name),
      "upper": .string(worst.upper.description), "lower": .string(attained.description),
      "ratio": BoundNumber.ratio(upper: worst.upper, lower: attained).map { .string($0.description) } ?? .null,
    ])
  }

  /// The bound with the greatest upper end; the first of several.
  public static func worst(_ bounds: [ErrorBound]) -> ErrorBound? {
    bounds.reduce(nil) { best, bound in best.map { bound.upper > $0.upper ? bound : $0 } ?? bound }
  }
}

extension LowerBound {
  /// The attained error as a result shows it.
  var number: WitnessNumber { isExact ? .exact(value) : .enclosed(lower: value, upper: upperEnd) }
}

extension MemoryExcess {
  /// {"rung", "asked", "cap"}: what was done without, the bytes that it would hold, and the most.
  var json: JSONValue {
    .object(["rung": .string(use.rawValue), "asked": .integer(asked), "cap": .integer(cap)])
  }
}
