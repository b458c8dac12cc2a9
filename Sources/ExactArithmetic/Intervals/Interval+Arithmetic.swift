internal import CMPFR

extension Interval {
  /// Ends at the larger precision of two operands.
  static func result(_ left: Interval, _ right: Interval) -> IntervalEnds {
    IntervalEnds(precision: max(left.precision, right.precision))
  }

  /// Tight.
  public static func + (left: Interval, right: Interval) -> Interval {
    let (result, left, right) = (result(left, right), left.ends, right.ends)
    unsafe mpfr_add(&result.lower, &left.lower, &right.lower, MPFR_RNDD)
    unsafe mpfr_add(&result.upper, &left.upper, &right.upper, MPFR_RNDU)
    return Interval(result)
  }

  /// Tight.
  public static func - (left: Interval, right: Interval) -> Interval {
    let (result, left, right) = (result(left, right), left.ends, right.ends)
    unsafe mpfr_sub(&result.lower, &left.lower, &right.upper, MPFR_RNDD)
    unsafe mpfr_sub(&result.upper, &left.upper, &right.lower, MPFR_RNDU)
    return Interval(result)
  }

  /// Exact.
  public static prefix func - (operand: Interval) -> Interval {
    let (result, operand) = (IntervalEnds(precision: operand.precision), operand.ends)
    unsafe mpfr_neg(&result.lower, &operand.upper, MPFR_RNDD)
    unsafe mpfr_neg(&result.upper, &operand.lower, MPFR_RNDU)
    return Interval(result)
  }

  /// Tight. `x * x` does not know that its operands are the same number: use ``squared()``.
  public static func * (left: Interval, right: Interval) -> Interval {
    let (result, a, b) = (result(left, right), left.ends, right.ends)
    let scratch = Scratch(precision: result.precision)
    unsafe mpfr_mul(&result.lower, &a.lower, &b.lower, MPFR_RNDD)
    unsafe mpfr_mul(&result.upper, &a.lower, &b.lower, MPFR_RNDU)
    // The extremes of a product are at corners of the box.
    func corner(_ x: UnsafePointer<__mpfr_struct>, _ y: UnsafePointer<__mpfr_struct>) {
      unsafe mpfr_mul(&scratch.value, x, y, MPFR_RNDD)
      unsafe mpfr_min(&result.lower, &result.lower, &scratch.value, MPFR_RNDD)
      unsafe mpfr_mul(&scratch.value, x, y, MPFR_RNDU)
      unsafe mpfr_max(&result.upper, &result.upper, &scratch.value, MPFR_RNDU)
    }
    unsafe corner(&a.lower, &b.upper)
    unsafe corner(&a.upper, &b.lower)
    unsafe corner(&a.upper, &b.upper)
    return Interval(result)
  }

  /// { x² : x in self }, tight and never below zero.
  public func squared() -> Interval {
    let (result, magnitude) = (IntervalEnds(precision: precision), absoluteValue.ends)
    unsafe mpfr_sqr(&result.lower, &magnitude.lower, MPFR_RNDD)
    unsafe mpfr_sqr(&result.upper, &magnitude.upper, MPFR_RNDU)
    return Interval(result)
  }

  /// Tight.
  ///
  /// - Throws: ``NumberError`` if `divisor` contains zero.
  public func dividing(by divisor: Interval) throws(NumberError) -> Interval {
    let signs = divisor.signs
    guard signs.lower > 0 || signs.upper < 0 else {
      throw NumberError("division by the interval \(divisor), which contains zero")
    }
    if signs.upper < 0 { return try (-self).dividing(by: -divisor) }
    let (result, a, b) = (Interval.result(self, divisor), ends, divisor.ends)
    let own = self.signs
    if own.lower >= 0 {
      unsafe mpfr_div(&result.lower, &a.lower, &b.upper, MPFR_RNDD)
    } else {
      unsafe mpfr_div(&result.lower, &a.lower, &b.lower, MPFR_RNDD)
    }
    if own.upper >= 0 {
      unsafe mpfr_div(&result.upper, &a.upper, &b.lower, MPFR_RNDU)
    } else {
      unsafe mpfr_div(&result.upper, &a.upper, &b.upper, MPFR_RNDU)
    }
    return Interval(result)
  }

  /// { |x| : x in self }, exact.
  public var absoluteValue: Interval {
    let signs = signs
    if signs.lower >= 0 { return self }
    if signs.upper <= 0 { return -self }
    let (result, ends) = (IntervalEnds(precision: precision), ends)
    unsafe mpfr_set_ui_2exp(&result.lower, 0, 0, MPFR_RNDD)
    unsafe mpfr_neg(&result.upper, &ends.lower, MPFR_RNDU)
    unsafe mpfr_max(&result.upper, &result.upper, &ends.upper, MPFR_RNDU)
    return Interval(result)
  }

  /// { max(x, y) }, exact.
  public static func maximum(_ left: Interval, _ right: Interval) -> Interval {
    let (result, left, right) = (result(left, right), left.ends, right.ends)
    unsafe mpfr_max(&result.lower, &left.lower, &right.lower, MPFR_RNDD)
    unsafe mpfr_max(&result.upper, &left.upper, &right.upper, MPFR_RNDU)
    return Interval(result)
  }

  /// { min(x, y) }, exact.
  public static func minimum(_ left: Interval, _ right: Interval) -> Interval {
    let (result, left, right) = (result(left, right), left.ends, right.ends)
    unsafe mpfr_min(&result.lower, &left.lower, &right.lower, MPFR_RNDD)
    unsafe mpfr_min(&result.upper, &left.upper, &right.upper, MPFR_RNDU)
    return Interval(result)
  }

  /// The smallest interval that contains both, exact.
  public func hull(_ other: Interval) -> Interval {
    let (result, left, right) = (Interval.result(self, other), ends, other.ends)
    unsafe mpfr_min(&result.lower, &left.lower, &right.lower, MPFR_RNDD)
    unsafe mpfr_max(&result.upper, &left.upper, &right.upper, MPFR_RNDU)
    return Interval(result)
  }
}
