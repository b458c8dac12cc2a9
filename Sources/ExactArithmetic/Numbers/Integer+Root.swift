internal import CMPFR

extension Integer {
  /// The largest integer whose square is at most this one.
  ///
  /// - Precondition: not negative.
  public var squareRoot: Integer {
    precondition(sign >= 0, "the square root of \(self)")
    let (operand, root) = (boxed, LargeInteger())
    unsafe mpz_sqrt(&root.value, &operand.value)
    return Integer(root)
  }
}
