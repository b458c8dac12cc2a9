internal import CMPFR

extension Interval {
  /// The point `value`, exactly.
  ///
  /// - Precondition: `value` is finite; the precision is at least 53 bits.
  public init(point value: Double, precision: Int = defaultPrecision) {
    precondition(value.isFinite && precision >= 53, "\(value) is no point of an interval of \(precision) bits")
    let ends = IntervalEnds(precision: precision)
    unsafe mpfr_set_d(&ends.lower, value, MPFR_RNDN)
    unsafe mpfr_set_d(&ends.upper, value, MPFR_RNDN)
    self.init(ends)
  }

  /// The ends rounded outward to floats; an end beyond the floats becomes an infinity.
  public var doubles: (lower: Double, upper: Double) {
    unsafe (mpfr_get_d(&ends.lower, MPFR_RNDD), mpfr_get_d(&ends.upper, MPFR_RNDU))
  }

  /// A float near the middle and a radius that certainly reaches both ends: self ⊆ [middle − radius, middle + radius].
  public var ball: (middle: Double, radius: Double) {
    let (lower, upper) = doubles
    if lower == upper { return (lower, 0) }
    let middle = lower + (upper - lower) / 2
    return (middle, max((upper - middle).nextUp, (middle - lower).nextUp))
  }

  /// An exact point inside, near the middle, and at least half of the width as a float.
  public var centred: (point: Interval, radius: Double) {
    if isPoint { return (self, 0) }
    let (middle, half) = (IntervalEnds(precision: precision), Scratch(precision: 53))
    unsafe mpfr_add(&middle.lower, &ends.lower, &ends.upper, MPFR_RNDN)
    unsafe mpfr_div_2ui(&middle.lower, &middle.lower, 1, MPFR_RNDN)
    unsafe mpfr_set(&middle.upper, &middle.lower, MPFR_RNDN)
    unsafe mpfr_sub(&half.value, &ends.upper, &middle.lower, MPFR_RNDU)
    let above = unsafe mpfr_get_d(&half.value, MPFR_RNDU)
    unsafe mpfr_sub(&half.value, &middle.lower, &ends.lower, MPFR_RNDU)
    let below = unsafe mpfr_get_d(&half.value, MPFR_RNDU)
    return (Interval(middle), max(above, below))
  }

  /// self + [low, high], rounded outward.
  ///
  /// - Precondition: finite, low ≤ high.
  public func widened(low: Double, high: Double) -> Interval {
    let result = IntervalEnds(precision: max(precision, 53))
    let ends = ends
    unsafe mpfr_add_d(&result.lower, &ends.lower, low, MPFR_RNDD)
    unsafe mpfr_add_d(&result.upper, &ends.upper, high, MPFR_RNDU)
    return Interval(result)
  }

  /// self · factor, rounded outward once.
  public func scaled(by factor: Double) -> Interval {
    let result = IntervalEnds(precision: max(precision, 53))
    let ends = ends
    if factor < 0 {
      unsafe mpfr_mul_d(&result.lower, &ends.upper, factor, MPFR_RNDD)
      unsafe mpfr_mul_d(&result.upper, &ends.lower, factor, MPFR_RNDU)
    } else {
      unsafe mpfr_mul_d(&result.lower, &ends.lower, factor, MPFR_RNDD)
      unsafe mpfr_mul_d(&result.upper, &ends.upper, factor, MPFR_RNDU)
    }
    return Interval(result)
  }
}
