import Claims
import ExactArithmetic
import Networks
import Waves

extension JSONValue {
  public static func lags(_ lags: Lags) -> JSONValue { .array(lags.values.map(JSONValue.integer)) }

  public static func optional(_ value: Int?) -> JSONValue { value.map(JSONValue.integer) ?? .null }

  public static func strings(_ values: some Sequence<String>) -> JSONValue { .array(values.map(JSONValue.string)) }

  /// `"p/q"`, or `["lo","hi"]` for an enclosure.
  public static func number(_ number: WitnessNumber) -> JSONValue {
    switch number {
    case .exact(let value): .string(value.description)
    case .enclosed(let lower, let upper): .array([.string(lower.description), .string(upper.description)])
    }
  }

  public static func matrix(_ rows: [[WitnessNumber]]) -> JSONValue {
    .array(rows.map { .array($0.map(JSONValue.number)) })
  }
}
