/// Exact ring operations: no gcd, shifts only.
extension Dyadic: SignedNumeric, Comparable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  public init(integerLiteral literal: StaticBigInt) {
    self.init(Integer(integerLiteral: literal))
  }

  public init?(exactly source: some BinaryInteger) {
    self.init(Integer(source))
  }

  /// The two mantissas over the smaller exponent.
  private static func aligned(_ left: Dyadic, _ right: Dyadic) -> (Integer, Integer, Int) {
    let exponent = min(left.exponent, right.exponent)
    return (left.mantissa << (left.exponent - exponent), right.mantissa << (right.exponent - exponent), exponent)
  }

  /// - Precondition: the exponents differ by at most 2³⁶ (any float's do by less than 2¹²).
  public static func + (left: Dyadic, right: Dyadic) -> Dyadic {
    if left.isZero { return right }
    if right.isZero { return left }
    let (a, b, exponent) = aligned(left, right)
    return Dyadic(a + b, exponent: exponent)
  }

  public static func - (left: Dyadic, right: Dyadic) -> Dyadic { left + -right }

  public static func * (left: Dyadic, right: Dyadic) -> Dyadic {
    Dyadic(left.mantissa * right.mantissa, exponent: left.exponent + right.exponent)
  }

  public static func *= (left: inout Dyadic, right: Dyadic) { left = left * right }

  public static prefix func - (operand: Dyadic) -> Dyadic { Dyadic(-operand.mantissa, exponent: operand.exponent) }

  public var magnitude: Dyadic { sign < 0 ? -self : self }

  public static func < (left: Dyadic, right: Dyadic) -> Bool {
    if left.sign != right.sign { return left.sign < right.sign }
    if left.isZero { return false }
    // The position of the leading bit decides unless it is the same, which keeps the shift below short.
    let (a, b) = (left.mantissa.bitWidth + left.exponent, right.mantissa.bitWidth + right.exponent)
    if a != b { return (a < b) == (left.sign > 0) }
    let (m, n, _) = aligned(left, right)
    return m < n
  }

  /// As a fraction: `"p/q"`, or `"p"` for an integer.
  public var description: String { Rational(self).description }
}
