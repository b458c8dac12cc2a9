extension Rational {
  /// The exact value of a finite float (0.1 becomes 3602879701896397/2⁵⁵).
  ///
  /// - Throws: ``NumberError`` for NaN and the infinities.
  public init(exactly double: Double) throws(NumberError) {
    self.init(try Dyadic(exactly: double))
  }

  /// - Complexity: two shifts; a dyadic is in lowest terms as soon as its mantissa is odd.
  public init(_ dyadic: Dyadic) {
    if dyadic.exponent >= 0 {
      self.init(dyadic.mantissa << dyadic.exponent)
    } else {
      self.init(reduced: dyadic.mantissa, over: Integer.one << -dyadic.exponent)
    }
  }
}
