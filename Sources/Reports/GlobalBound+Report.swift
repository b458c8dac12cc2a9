import ErrorBounds
import ExactArithmetic
import Networks

extension GlobalBound {
  /// {"upper", "formula", "constants"}: upper null where no constant exists.
  var json: JSONValue {
    .object([
      "upper": upper.map { .string($0.description) } ?? .null, "formula": .string(formula),
      "constants": .object(constants.map { JSONMember(key: $0.name, value: .string($0.value)) }),
    ])
  }

  /// The formula with its numbers, in one line.
  var sentence: String {
    let numbers = constants.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    guard let upper else { return "|g − ∇| ≤ \(formula); \(numbers); \(obstacle ?? "no constant exists")" }
    return "|g − ∇| ≤ \(formula) ≤ \(BoundNumber.upper(upper)); \(numbers)"
  }
}
