extension Dyadic: Scalar {
  public typealias Storage = ScaledRun<Dyadic>

  /// - Precondition: the denominator of `value` is a power of two. Where that is not known: ``tryExact(_:)``.
  public static func exact(_ value: Rational, in context: ExactContext) -> Dyadic {
    guard let dyadic = Dyadic(exactly: value) else {
      preconditionFailure("\(value) is not dyadic: evaluate on Rational instead")
    }
    return dyadic
  }

  /// - Throws: ``NumberError`` if the denominator of `value` is not a power of two.
  public static func tryExact(_ value: Rational) throws(NumberError) -> Dyadic {
    guard let dyadic = Dyadic(exactly: value) else {
      throw NumberError("\(NumberError.quoted(value.description)) is not dyadic: its denominator is no power of two")
    }
    return dyadic
  }

  public func isCertainlyDifferent(from other: Dyadic) -> Bool { self != other }
  public func isCertainlyEqual(to other: Dyadic) -> Bool { self == other }
}
