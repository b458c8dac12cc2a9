extension Rational: Scalar {
  public typealias Storage = ScaledRun<Rational>

  public static func exact(_ value: Rational, in context: ExactContext) -> Rational { value }

  public func isCertainlyDifferent(from other: Rational) -> Bool { self != other }
  public func isCertainlyEqual(to other: Rational) -> Bool { self == other }
}
