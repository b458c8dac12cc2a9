import ExactArithmetic

/// A number that two programs agree on when they computed the same rationals: the residues modulo 2⁶¹ − 1 of every
/// reduced numerator and denominator, in order, as digits of a polynomial hash.
struct Fingerprint {
  static let modulus = Integer(1 << 61 - 1)
  static let base: Integer = 1_000_003
  private(set) var value = Integer.zero

  mutating func combine(_ number: Rational) {
    for part in [number.numerator, number.denominator] {
      let next = value * Fingerprint.base + part
      let remainder = next.quotientAndRemainder(dividingBy: Fingerprint.modulus).remainder
      value = remainder.sign < 0 ? remainder + Fingerprint.modulus : remainder
    }
  }
}
