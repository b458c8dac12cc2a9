internal import CMPFR

/// The owner of the two MPFR numbers of an ``Interval``. See ``LargeInteger`` for why callers pass `&ends.lower`.
@safe final class IntervalEnds: @unchecked Sendable {
  @exclusivity(unchecked) var lower = unsafe __mpfr_struct()
  @exclusivity(unchecked) var upper = unsafe __mpfr_struct()
  let precision: Int

  /// Both ends NaN until written.
  init(precision: Int) {
    self.precision = precision
    unsafe mpfr_init2(&lower, precision)
    unsafe mpfr_init2(&upper, precision)
  }

  deinit {
    unsafe mpfr_clear(&lower)
    unsafe mpfr_clear(&upper)
  }
}

/// One MPFR number for an intermediate result.
@safe final class Scratch {
  @exclusivity(unchecked) var value = unsafe __mpfr_struct()

  init(precision: Int) {
    unsafe mpfr_init2(&value, precision)
  }

  deinit {
    unsafe mpfr_clear(&value)
  }
}
