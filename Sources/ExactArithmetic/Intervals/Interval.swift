internal import CMPFR

/// A closed interval with binary floating-point ends of a stated precision: an enclosure of a real number.
///
/// Contract of every operation: if the operands contain x and y, the result contains the exact result. Ends are rounded
/// outward, once where a doc comment says "tight", at the larger precision of the operands. Bits are lost by
/// composition, so the default precision is 128.
///
/// There is no `==`: whether two enclosed numbers are equal is what ``isCertainlyEqual(to:)`` and
/// ``isCertainlyDifferent(from:)`` decide, if they can.
public struct Interval: Sendable {
  let ends: IntervalEnds

  /// 128 bits: 53 bits lose 47 of them at width 64 and depth 9.
  public static let defaultPrecision = 128

  /// Takes over `ends`, which nobody else may write from now on.
  init(_ ends: IntervalEnds) {
    precondition(
      unsafe mpfr_number_p(&ends.lower) != 0 && mpfr_number_p(&ends.upper) != 0
        && mpfr_lessequal_p(&ends.lower, &ends.upper) != 0,
      "an interval end is not a finite number: an operation overflowed")
    self.ends = ends
  }

  /// The tightest interval of this precision around `value`.
  public init(_ value: Rational, precision: Int = defaultPrecision) {
    self.init(lower: value, upper: value, precision: precision)
  }

  /// The tightest interval of this precision around [lower, upper].
  ///
  /// - Precondition: lower ≤ upper; the precision is between 2 and 2²⁰ bits.
  public init(lower: Rational, upper: Rational, precision: Int = defaultPrecision) {
    precondition(lower <= upper, "an interval from \(lower) to \(upper) is empty")
    precondition(precision >= 2 && precision <= 1 << 20, "a precision of \(precision) bits: 2 to 2^20 expected")
    let ends = IntervalEnds(precision: precision)
    let (low, high) = (lower.boxed, upper.boxed)
    unsafe mpfr_set_q(&ends.lower, &low.value, MPFR_RNDD)
    unsafe mpfr_set_q(&ends.upper, &high.value, MPFR_RNDU)
    self.init(ends)
  }

  /// The point 0 at the smallest precision, so that it never raises the precision of a result.
  public static let zero = Interval(.zero, precision: 2)

  /// The bits of each end's mantissa.
  public var precision: Int { ends.precision }

  /// The lower end, exactly.
  public var lower: Rational { Rational(lowerEnd) }

  /// The upper end, exactly.
  public var upper: Rational { Rational(upperEnd) }

  /// The lower end as the dyadic number it is.
  public var lowerEnd: Dyadic { unsafe Dyadic(reading: &ends.lower) }

  /// The upper end as the dyadic number it is.
  public var upperEnd: Dyadic { unsafe Dyadic(reading: &ends.upper) }

  /// upper − lower, exactly.
  public var width: Rational { upper - lower }

  public func contains(_ value: Rational) -> Bool {
    let value = value.boxed
    return unsafe mpfr_cmp_q(&ends.lower, &value.value) <= 0 && mpfr_cmp_q(&ends.upper, &value.value) >= 0
  }

  public func contains(_ other: Interval) -> Bool {
    unsafe mpfr_lessequal_p(&ends.lower, &other.ends.lower) != 0
      && mpfr_greaterequal_p(&ends.upper, &other.ends.upper) != 0
  }

  public func isDisjoint(from other: Interval) -> Bool {
    unsafe mpfr_less_p(&ends.upper, &other.ends.lower) != 0 || mpfr_less_p(&other.ends.upper, &ends.lower) != 0
  }

  /// Whether the ends coincide, so that the enclosed number is known exactly.
  public var isPoint: Bool {
    unsafe mpfr_equal_p(&ends.lower, &ends.upper) != 0
  }

  /// The signs (−1, 0, 1) of the ends.
  var signs: (lower: Int, upper: Int) {
    unsafe (Int(mpfr_sgn(&ends.lower)).signum(), Int(mpfr_sgn(&ends.upper)).signum())
  }

  public var isPositive: Bool { signs.lower > 0 }
  public var isNegative: Bool { signs.upper < 0 }
}

extension Dyadic {
  /// The exact value of a finite MPFR number.
  ///
  /// - Precondition: the exponent is within ±2³⁶, so that the number can be written out.
  init(reading number: UnsafePointer<__mpfr_struct>) {
    if unsafe mpfr_zero_p(number) != 0 {
      self = .zero
      return
    }
    let mantissa = LargeInteger()
    let exponent = unsafe mpfr_get_z_2exp(&mantissa.value, number)
    precondition(exponent.magnitude <= 1 << 36, "an interval end of exponent \(exponent) cannot be written out")
    self.init(Integer(mantissa), exponent: exponent)
  }
}
