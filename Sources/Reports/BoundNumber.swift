import ErrorBounds
import ExactArithmetic

/// Numbers of bounds as people read them: 6 significant digits, rounded so that they stay bounds.
enum BoundNumber {
  static let digits = 6
  static let caption =
    "Upper bounds and ratios are rounded up and lower bounds down, to \(digits) significant digits: what is printed still holds."

  static let rounding = "Bounds are rounded up, attained errors down."

  static func upper(_ value: Rational) -> String {
    NumberText.upper(value, digits: digits)
  }

  static func lower(_ value: Rational) -> String {
    NumberText.lower(value, digits: digits)
  }

  /// upper / lower, rounded up to 6 digits; `nil` where the lower bound is 0.
  static func ratio(upper: Rational, lower: Rational) -> Rational? {
    guard lower.sign > 0 else { return nil }
    return Rational(self.upper(upper / lower))
  }

  static func ratioText(_ ratio: Rational?) -> String { ratio.map { upper($0) } ?? "-" }

  /// The ends of what an attained error or a constant is enclosed by.
  static func enclosure(_ lower: Rational, _ upper: Rational) -> String {
    NumberText.enclosure(lower, upper, digits: digits)
  }
}

extension ErrorBound {
  /// The attained error; 0 where the error is zero for all frames.
  public var lowerValue: Rational { lower?.value ?? 0 }

  /// upper / lower, rounded up to 6 significant digits; `nil` where the lower bound is 0.
  public var ratio: Rational? { BoundNumber.ratio(upper: upper, lower: lowerValue) }
}

extension Variation {
  /// `0.01`, `0.01 per tick`; with the targets' where they vary.
  var text: String {
    let unit = kind == .rate ? " per tick" : ""
    return NumberText.exact(input) + (target.isZero ? "" : ", targets \(NumberText.exact(target))") + unit
  }

  var kindName: String { kind == .window ? "window" : "rate" }
}
