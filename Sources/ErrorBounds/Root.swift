import ExactArithmetic

/// Rational square roots, rounded to a stated side.
enum Root {
  static func below(_ value: Rational) -> Rational {
    value.isZero ? 0 : root(value, above: false)
  }

  static func above(_ value: Rational) -> Rational {
    value.isZero ? 0 : root(value, above: true)
  }

  /// By the integer root of numerator · denominator · 4ᵏ: at least 64 bits.
  private static func root(_ value: Rational, above: Bool) -> Rational {
    // √(n/d) = √(n d 4ᵏ) / (d 2ᵏ)
    let shift = max(0, 64 - (value.numerator.bitWidth + value.denominator.bitWidth) / 2) + 1
    let square = (value.numerator * value.denominator) << (2 * shift)
    var root = square.squareRoot
    if above, root * root != square { root = root + 1 }
    return Rational(root, over: value.denominator << shift)
  }
}
