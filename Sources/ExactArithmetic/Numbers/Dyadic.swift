/// A number mantissa · 2^exponent, exact: the values floats have, closed under +, − and ×.
///
/// Canonical: the mantissa is odd, or the number is 0 · 2⁰.
public struct Dyadic: Sendable, Hashable {
  public let mantissa: Integer
  public let exponent: Int

  /// `mantissa` · 2^`exponent`.
  public init(_ mantissa: Integer, exponent: Int = 0) {
    let shift = mantissa.trailingZeroBitCount
    self.mantissa = shift == 0 ? mantissa : mantissa >> shift
    self.exponent = mantissa.isZero ? 0 : exponent + shift
  }

  /// The exact value of a finite float.
  ///
  /// - Throws: ``NumberError`` for NaN and the infinities.
  public init(exactly double: Double) throws(NumberError) {
    guard double.isFinite else {
      throw NumberError("\(double) is not a number with an exact value: finite floats expected")
    }
    if double == 0 {
      self = .zero
      return
    }
    let magnitude = Int(double.significandBitPattern) + (double.isNormal ? 1 << Double.significandBitCount : 0)
    let exponent = (double.isNormal ? Int(double.exponentBitPattern) : 1) - 1023 - Double.significandBitCount
    self.init(Integer(double < 0 ? -magnitude : magnitude), exponent: exponent)
  }

  /// nil if the denominator is not a power of two.
  public init?(exactly rational: Rational) {
    let denominator = rational.denominator
    guard denominator.isPowerOfTwo else { return nil }
    self.init(rational.numerator, exponent: 1 - denominator.bitWidth)
  }

  public static let zero = Dyadic(0)
  public static let one = Dyadic(1)

  public var isZero: Bool { mantissa.isZero }

  /// −1, 0 or 1.
  public var sign: Int { mantissa.sign }
}
