import Claims
import ErrorBounds
import ExactArithmetic
import Networks

extension FirstOrderBound {
  /// {"c1", "c2", "validUpTo", "kink"}: c1 exact or an enclosure, c2 null where nothing is proved.
  var json: JSONValue {
    let constant: WitnessNumber =
      first.lower == first.upper ? .exact(first.lower) : .enclosed(lower: first.lower, upper: first.upper)
    return .object([
      "c1": .number(constant), "c2": second.map { .string($0.description) } ?? .null,
      "validUpTo": .string(validUpTo.description), "kink": .bool(isAtKink),
    ])
  }

  /// One line: the two-sided formula and how far it holds.
  var sentence: String {
    if isAtKink { return "a kink lies at the nominal frame itself: there is no first order" }
    let constant =
      first.lower == first.upper
      ? "c₁ = \(StreamText.number(first.lower))"
      : "c₁ in [\(BoundNumber.lower(first.lower)), \(BoundNumber.upper(first.upper))]"
    guard !omitsSecond else {
      return "\(constant), without c₂: its frames have too many coordinates for all pairs of them"
    }
    guard let second else { return "\(constant), but no c₂ was proved down to V₀ = 2⁻³⁰" }
    return "|sup − c₁V| ≤ c₂V² for V ≤ \(validUpTo), \(constant), c₂ = \(BoundNumber.upper(second))"
  }
}
