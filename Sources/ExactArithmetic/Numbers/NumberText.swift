/// Numbers as people read them: the one printer of decimals.
///
/// What is printed holds. A bound is rounded to the side on which it stays one, an exact number is printed exactly, and
/// what is cut off says so with `≈`. Results for programs hold exact numbers, ``Rational/description``, instead.
public enum NumberText {
  /// A decimal that is at least the value, by less than a unit in the last of `digits` significant ones.
  public static func upper(_ value: Rational, digits: Int) -> String {
    value.approximation(significantDigits: digits, rounding: .up)
  }

  /// A decimal that is at most the value, by less than a unit in the last of `digits` significant ones.
  public static func lower(_ value: Rational, digits: Int) -> String {
    value.approximation(significantDigits: digits, rounding: .down)
  }

  /// `[lower, upper]`: contains all that lies between the two.
  public static func enclosure(_ lower: Rational, _ upper: Rational, digits: Int) -> String {
    "[\(self.lower(lower, digits: digits)), \(self.upper(upper, digits: digits))]"
  }

  /// The number itself: as a decimal where a short one is the same number, else as a fraction.
  public static func exact(_ value: Rational) -> String {
    decimal(value, digits: 12) ?? value.description
  }

  /// The leading digits of a number, marked as such.
  public static func marked(_ value: Rational, digits: Int) -> String {
    "≈ " + value.approximation(significantDigits: digits)
  }

  /// The number itself as a decimal where it has no more digits, else its leading ones, marked.
  public static func brief(_ value: Rational, digits: Int) -> String {
    decimal(value, digits: digits) ?? marked(value, digits: digits)
  }

  private static func decimal(_ value: Rational, digits: Int) -> String? {
    let decimal = value.approximation(significantDigits: digits)
    return Rational(decimal) == value ? decimal : nil
  }
}
