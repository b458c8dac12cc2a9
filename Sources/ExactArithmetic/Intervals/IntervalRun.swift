internal import CMPFR

/// Storage of enclosures: an array, with a kernel for exact linear maps.
public struct IntervalRun: ScalarStorage {
  public let elements: [Interval]

  public init(_ elements: [Interval]) {
    self.elements = elements
  }

  public var count: Int { elements.count }

  public subscript(index: Int) -> Interval { elements[index] }

  /// Each end of each entry is an exact sum in flat integers (lower = W⁺ lo + W⁻ hi), rounded outward once to the
  /// context's precision: tight, where a chain of interval operations would round at every term.
  ///
  /// Ends so far apart in magnitude that a common scale would need more than 2¹⁶ bits are summed term by term.
  public static func apply(
    _ map: LinearMap, transposed: Bool, to vector: IntervalRun, in context: IntervalContext
  ) -> IntervalRun {
    let (outputs, inputs) = (transposed ? map.columns : map.rows, vector.count)
    let ends = vector.elements.map(\.lowerEnd) + vector.elements.map(\.upperEnd)
    let exponents = ends.lazy.filter { !$0.isZero }.map(\.exponent)
    if let lowest = exponents.min(), let highest = exponents.max(), highest - lowest > 1 << 16 {
      return applyTermByTerm(map, transposed: transposed, to: vector, in: context)
    }
    let scaled = ScaledIntegers(parts: ends.map(\.scaledParts)).compacted()
    let lower = map.applied(
      transposed: transposed, to: scaled, selecting: Selection(offset: 0, negativeOffset: inputs))
    let upper = map.applied(
      transposed: transposed, to: scaled, selecting: Selection(offset: inputs, negativeOffset: 0))
    return IntervalRun(
      (0..<outputs).map { index in
        let ends = IntervalEnds(precision: context.precision)
        unsafe lower.round(index, into: &ends.lower, MPFR_RNDD)
        unsafe upper.round(index, into: &ends.upper, MPFR_RNDU)
        return Interval(ends)
      })
  }
}

extension ScaledIntegers {
  /// Entry `index`, rounded once.
  func round(_ index: Int, into target: UnsafeMutablePointer<__mpfr_struct>, _ rounding: mpfr_rnd_t) {
    let mantissa = mantissa(index).boxed
    if denominator == .one {
      unsafe mpfr_set_z_2exp(target, &mantissa.value, exponent, rounding)
      return
    }
    // The numerator is held exactly, so that the division is the only rounding; the shift is exact.
    let numerator = unsafe Scratch(precision: max(2, mpz_sizeinbase(&mantissa.value, 2)))
    let denominator = denominator.boxed
    unsafe mpfr_set_z(&numerator.value, &mantissa.value, MPFR_RNDN)
    unsafe mpfr_div_z(target, &numerator.value, &denominator.value, rounding)
    unsafe mpfr_mul_2si(target, target, exponent, rounding)
  }
}
