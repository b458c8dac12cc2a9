import Claims
import ErrorBounds
import ExactArithmetic
import Networks

extension FirstOrderBound {
  /// {"c1", "c2", "validUpTo", "kink"}: c1 exact or an enclosure, c2 null where nothing is proved. Where targets vary, with
  /// "target": {"d1", "d2", "mixed", "validUpTo"}.
  var json: JSONValue {
    func constant(_ ends: (lower: Rational, upper: Rational)) -> JSONValue {
      .number(ends.lower == ends.upper ? .exact(ends.lower) : .enclosed(lower: ends.lower, upper: ends.upper))
    }
    func number(_ value: Rational?) -> JSONValue { value.map { .string($0.description) } ?? .null }
    var members = [
      JSONMember(key: "c1", value: constant(first)), JSONMember(key: "c2", value: number(second)),
      JSONMember(key: "validUpTo", value: number(validUpTo)), JSONMember(key: "kink", value: .bool(isAtKink)),
    ]
    if !targetsUpTo.isZero {
      members.append(
        JSONMember(
          key: "target",
          value: .object([
            "d1": constant(targetFirst), "d2": number(rest?.targets), "mixed": number(rest?.mixed),
            "validUpTo": number(targetsUpTo),
          ])))
    }
    return .object(members)
  }

  private static func text(_ name: String, _ ends: (lower: Rational, upper: Rational)) -> String {
    ends.lower == ends.upper
      ? "\(name) = \(StreamText.number(ends.lower))"
      : "\(name) in \(BoundNumber.enclosure(ends.lower, ends.upper))"
  }

  /// One line: the two-sided formula and how far it holds.
  var sentence: String {
    if isAtKink { return "a kink lies at the nominal frame itself: there is no first order" }
    let constants =
      [Self.text("c₁", first)] + (targetsUpTo.isZero ? [] : [Self.text("d₁", targetFirst)])
    let constant = constants.joined(separator: ", ")
    guard !omitsSecond else {
      return "\(constant), without c₂: its frames have too many coordinates for all pairs of them"
    }
    guard let rest else { return "\(constant), but no c₂ was proved down to V₀ = 2⁻³⁰" }
    let second = "c₂ = \(BoundNumber.upper(rest.inputs))"
    guard !targetsUpTo.isZero else {
      return "|sup − c₁V| ≤ c₂V² for V ≤ \(validUpTo), \(constant), \(second)"
    }
    return "max(c₁V, d₁U) − r ≤ sup ≤ c₁V + d₁U + r, r = c₂V² + mVU + d₂U², for V ≤ \(validUpTo) and targets within "
      + "U ≤ \(NumberText.exact(targetsUpTo)), \(constant), \(second), m = \(BoundNumber.upper(rest.mixed)), "
      + "d₂ = \(BoundNumber.upper(rest.targets))"
  }
}
