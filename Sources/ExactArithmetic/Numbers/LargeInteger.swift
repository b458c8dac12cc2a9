internal import CMPFR

/// The owner of one GMP integer.
///
/// Callers pass `&large.value`, never a pointer kept beside the object: with a stored pointer the optimizer may release
/// the owner before the call that reads it. Exclusivity is unchecked because GMP reads one operand through several
/// pointers (x + x), which is no conflict: an instance is written only until it is first shared.
@safe final class LargeInteger: @unchecked Sendable {
  @exclusivity(unchecked) var value = unsafe __mpz_struct()

  init() {
    unsafe mpz_init(&value)
  }

  init(_ small: Int) {
    unsafe mpz_init_set_si(&value, small)
  }

  init(copying source: UnsafePointer<__mpz_struct>) {
    unsafe mpz_init_set(&value, source)
  }

  deinit {
    unsafe mpz_clear(&value)
  }
}
