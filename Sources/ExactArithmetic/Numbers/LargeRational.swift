internal import CMPFR

/// The owner of one GMP rational, always canonical once shared. See ``LargeInteger`` for why callers pass `&large.value`.
@safe final class LargeRational: @unchecked Sendable {
  @exclusivity(unchecked) var value = unsafe __mpq_struct()

  init() {
    unsafe mpq_init(&value)
  }

  deinit {
    unsafe mpq_clear(&value)
  }

  /// - Parameters: numerator and denominator in lowest terms, the denominator positive.
  init(reduced numerator: Integer, over denominator: Integer) {
    unsafe mpq_init(&value)
    let (numerator, denominator) = (numerator.boxed, denominator.boxed)
    unsafe mpq_set_num(&value, &numerator.value)
    unsafe mpq_set_den(&value, &denominator.value)
  }
}
