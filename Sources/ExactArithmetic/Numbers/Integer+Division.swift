internal import CMPFR

extension Integer {
  /// The quotient rounded toward zero, and the remainder, which has the sign of `self`.
  ///
  /// - Precondition: `divisor` is not zero.
  public func quotientAndRemainder(dividingBy divisor: Integer) -> (quotient: Integer, remainder: Integer) {
    precondition(!divisor.isZero, "division of an Integer by zero")
    if let a = small, let b = divisor.small, !(a == .min && b == -1) {
      return (Integer(a / b), Integer(a % b))
    }
    let (quotient, remainder) = (LargeInteger(), LargeInteger())
    let (left, right) = (boxed, divisor.boxed)
    unsafe mpz_tdiv_qr(&quotient.value, &remainder.value, &left.value, &right.value)
    return (Integer(quotient), Integer(remainder))
  }

  /// The quotient, when it is known that there is no remainder: several times faster than a division.
  func dividedExactly(by divisor: Integer) -> Integer {
    if let a = small, let b = divisor.small, !(a == .min && b == -1) { return Integer(a / b) }
    return unsafe Integer.large(self, divisor, mpz_divexact)
  }

  /// The greatest common divisor, never negative; gcd(0, 0) is 0.
  public func greatestCommonDivisor(with other: Integer) -> Integer {
    if let a = small, let b = other.small {
      return Integer(WordGCD.of(a.magnitude, b.magnitude))
    }
    return unsafe Integer.large(self, other, mpz_gcd)
  }

  /// The least common multiple, never negative; it is 0 if either number is.
  public func leastCommonMultiple(with other: Integer) -> Integer {
    if isZero || other.isZero { return .zero }
    return (dividedExactly(by: greatestCommonDivisor(with: other)) * other).magnitude
  }
}

/// Binary greatest common divisor of machine words.
enum WordGCD {
  static func of(_ first: UInt, _ second: UInt) -> UInt {
    if first == 0 { return second }
    if second == 0 { return first }
    let shift = (first | second).trailingZeroBitCount
    var a = first >> first.trailingZeroBitCount
    var b = second >> second.trailingZeroBitCount
    while a != b {
      if a < b { swap(&a, &b) }
      a -= b
      a >>= a.trailingZeroBitCount
    }
    return a << shift
  }
}
