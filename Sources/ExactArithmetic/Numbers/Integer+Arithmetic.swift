internal import CMPFR

/// Exact ring operations. Complexity: GMP's (linear for sums, quasi-linear for large products).
extension Integer: SignedNumeric {
  typealias BinaryOperation = (
    UnsafeMutablePointer<__mpz_struct>?, UnsafePointer<__mpz_struct>?, UnsafePointer<__mpz_struct>?
  )
    -> Void

  static func large(_ left: Integer, _ right: Integer, _ operation: BinaryOperation) -> Integer {
    let result = LargeInteger()
    let (left, right) = (left.boxed, right.boxed)
    unsafe operation(&result.value, &left.value, &right.value)
    return Integer(result)
  }

  public static func + (left: Integer, right: Integer) -> Integer {
    if let a = left.small, let b = right.small {
      let (sum, overflow) = a.addingReportingOverflow(b)
      if !overflow { return Integer(sum) }
    }
    return unsafe large(left, right, mpz_add)
  }

  public static func - (left: Integer, right: Integer) -> Integer {
    if let a = left.small, let b = right.small {
      let (difference, overflow) = a.subtractingReportingOverflow(b)
      if !overflow { return Integer(difference) }
    }
    return unsafe large(left, right, mpz_sub)
  }

  public static func * (left: Integer, right: Integer) -> Integer {
    if let a = left.small, let b = right.small {
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow { return Integer(product) }
    }
    return unsafe large(left, right, mpz_mul)
  }

  public static prefix func - (operand: Integer) -> Integer {
    zero - operand
  }

  public static func *= (left: inout Integer, right: Integer) {
    left = left * right
  }

  public var magnitude: Integer { sign < 0 ? -self : self }

  public init?(exactly source: some BinaryInteger) {
    self.init(source)
  }

  /// `self` to the power `exponent`.
  ///
  /// - Precondition: `exponent` is not negative.
  public func power(_ exponent: Int) -> Integer {
    precondition(exponent >= 0, "an integer power needs an exponent that is not negative, got \(exponent)")
    var (result, base, rest) = (Integer.one, self, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= base }
      rest >>= 1
      if rest > 0 { base *= base }
    }
    return result
  }
}
