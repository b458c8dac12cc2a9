internal import CMPFR
public import RealModule

/// Exact field operations. Inline operands that stay inline cost two word-sized greatest common divisors at most and
/// no allocation; others are GMP's `mpq` operations.
extension Rational: AlgebraicField {
  typealias BinaryOperation = (
    UnsafeMutablePointer<__mpq_struct>?, UnsafePointer<__mpq_struct>?, UnsafePointer<__mpq_struct>?
  )
    -> Void

  private static func large(_ left: Rational, _ right: Rational, _ operation: BinaryOperation) -> Rational {
    let result = LargeRational()
    let (left, right) = (left.boxed, right.boxed)
    unsafe operation(&result.value, &left.value, &right.value)
    return Rational(result)
  }

  /// a/b ± c/d with one gcd when the denominators are coprime (Knuth 4.5.1); nil on overflow.
  private static func smallSum(_ left: Rational, _ right: Rational, subtracting: Bool) -> Rational? {
    guard case .small(let a, let b) = left.representation, case .small(let c, let d) = right.representation else {
      return nil
    }
    let divisor = b == 1 || d == 1 ? 1 : Int(WordGCD.of(b.magnitude, d.magnitude))
    let (first, overflow1) = a.multipliedReportingOverflow(by: d / divisor)
    let (second, overflow2) = c.multipliedReportingOverflow(by: b / divisor)
    let (sum, overflow3) =
      subtracting ? first.subtractingReportingOverflow(second) : first.addingReportingOverflow(second)
    if overflow1 || overflow2 || overflow3 { return nil }
    let common = divisor == 1 ? 1 : Int(WordGCD.of(sum.magnitude, divisor.magnitude))
    let (denominator, overflow4) = (b / divisor).multipliedReportingOverflow(by: d / common)
    return overflow4 ? nil : Rational(reduced: sum / common, over: denominator)
  }

  private static func smallProduct(_ left: Rational, _ right: Rational) -> Rational? {
    guard case .small(let a, let b) = left.representation, case .small(let c, let d) = right.representation else {
      return nil
    }
    if a == 0 || c == 0 { return .zero }
    // A gcd of a word with a positive Int fits in an Int even when the word is |Int.min|.
    let first = d == 1 ? 1 : Int(WordGCD.of(a.magnitude, d.magnitude))
    let second = b == 1 ? 1 : Int(WordGCD.of(c.magnitude, b.magnitude))
    let (numerator, overflow1) = (a / first).multipliedReportingOverflow(by: c / second)
    let (denominator, overflow2) = (b / second).multipliedReportingOverflow(by: d / first)
    return overflow1 || overflow2 ? nil : Rational(reduced: numerator, over: denominator)
  }

  public static func + (left: Rational, right: Rational) -> Rational {
    unsafe smallSum(left, right, subtracting: false) ?? large(left, right, mpq_add)
  }

  public static func - (left: Rational, right: Rational) -> Rational {
    unsafe smallSum(left, right, subtracting: true) ?? large(left, right, mpq_sub)
  }

  public static func * (left: Rational, right: Rational) -> Rational {
    unsafe smallProduct(left, right) ?? large(left, right, mpq_mul)
  }

  /// - Precondition: `right` is not zero. Where that is not known, use ``reciprocal``, which is then nil.
  public static func / (left: Rational, right: Rational) -> Rational {
    guard let inverse = right.reciprocal else { preconditionFailure("division of the Rational \(left) by zero") }
    return left * inverse
  }

  public static prefix func - (operand: Rational) -> Rational {
    zero - operand
  }

  public static func *= (left: inout Rational, right: Rational) {
    left = left * right
  }

  public static func /= (left: inout Rational, right: Rational) {
    left = left / right
  }

  public var magnitude: Rational { sign < 0 ? -self : self }

  /// The multiplicative inverse; nil for zero.
  public var reciprocal: Rational? {
    switch representation {
    case .small(0, _): return nil
    case .small(let numerator, let denominator) where numerator > 0:
      return Rational(reduced: denominator, over: numerator)
    case .small(let numerator, let denominator) where numerator != .min:
      return Rational(reduced: -denominator, over: -numerator)
    default:
      let (result, operand) = (LargeRational(), boxed)
      unsafe mpq_inv(&result.value, &operand.value)
      return Rational(result)
    }
  }

  public init?(exactly source: some BinaryInteger) {
    self.init(Integer(source))
  }

  /// `self` to the power `exponent`, exactly.
  ///
  /// - Precondition: `exponent` is not negative, or `self` is not zero.
  public func power(_ exponent: Int) -> Rational {
    if exponent >= 0 {
      return Rational(reduced: numerator.power(exponent), over: denominator.power(exponent))
    }
    guard let inverse = reciprocal else { preconditionFailure("zero to the power \(exponent)") }
    return inverse.power(-exponent)
  }
}
