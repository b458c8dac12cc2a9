extension Rational {
  /// A decimal picture for people: the digits of |self| cut off (not rounded) after `significantDigits`.
  ///
  /// Plain notation from 10⁻⁵ up to 10¹⁵, scientific beyond: `"0.33333"`, `"-12.5"`, `"6.0221e23"`. Trailing zeros after
  /// the point are not printed. Nothing in this library reads such a text back.
  ///
  /// - Precondition: `significantDigits` is at least 1.
  public func approximation(significantDigits: Int) -> String {
    approximation(significantDigits: significantDigits, rounding: .towardZero)
  }

  /// The same with the last digit rounded in the given direction; `.down` and `.up` print a bound that still holds.
  public func approximation(significantDigits: Int, rounding: FloatingPointRoundingRule) -> String {
    precondition(significantDigits >= 1, "at least one significant digit expected, got \(significantDigits)")
    if isZero { return "0" }
    let (digits, exponent) = digits(significantDigits, awayFromZero: awayFromZero(rounding))
    let sign = sign < 0 ? "-" : ""
    let kept = String(digits.reversed().drop { $0 == "0" }.reversed())

    if exponent < -5 || exponent >= max(15, significantDigits) {
      let tail = kept.dropFirst()
      return sign + kept.prefix(1) + (tail.isEmpty ? "" : "." + tail) + "e\(exponent)"
    }
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + kept }
    if kept.count <= exponent + 1 {
      return sign + kept + String(repeating: "0", count: exponent + 1 - kept.count)
    }
    return sign + kept.prefix(exponent + 1) + "." + kept.dropFirst(exponent + 1)
  }

  private func awayFromZero(_ rounding: FloatingPointRoundingRule) -> Bool {
    switch rounding {
    case .towardZero: return false
    case .awayFromZero: return true
    case .down: return sign < 0
    case .up: return sign > 0
    default: preconditionFailure("a picture is cut off or rounded in a stated direction, not to nearest")
    }
  }

  /// The leading `count` decimal digits d₀d₁… of |self| = d₀.d₁… × 10^exponent, cut off or rounded up.
  private func digits(_ count: Int, awayFromZero: Bool) -> (digits: String, exponent: Int) {
    let (numerator, denominator) = (numerator.magnitude, denominator)
    // 0.30103 is a first guess of log₁₀ 2; the loop below makes the exponent right.
    var exponent = Int((Double(numerator.bitWidth - denominator.bitWidth) * 0.30103).rounded(.down)) - 1
    while true {
      let shift = count - 1 - exponent
      let power = Integer(10).power(abs(shift))
      let (quotient, remainder) =
        shift >= 0
        ? (numerator * power).quotientAndRemainder(dividingBy: denominator)
        : numerator.quotientAndRemainder(dividingBy: denominator * power)
      let found = quotient.isZero ? 0 : quotient.description.count
      if found == count {
        if remainder.isZero || !awayFromZero { return (quotient.description, exponent) }
        let next = (quotient + 1).description
        return next.count == count ? (next, exponent) : (String(next.dropLast()), exponent + 1)
      }
      exponent += found > count ? found - count : -1
    }
  }
}
