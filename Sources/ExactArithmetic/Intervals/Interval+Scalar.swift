/// The precision that exact numbers are enclosed with.
public struct IntervalContext: Sendable, Hashable {
  public let precision: Int

  public init(precision: Int = Interval.defaultPrecision) {
    self.precision = precision
  }
}

extension Interval: Scalar {
  public typealias Storage = IntervalRun

  public static func exact(_ value: Rational, in context: IntervalContext) -> Interval {
    Interval(value, precision: context.precision)
  }

  public var isZero: Bool { signs == (0, 0) }

  /// Whether no number is in both.
  public func isCertainlyDifferent(from other: Interval) -> Bool { isDisjoint(from: other) }

  /// Whether both are the same single point.
  public func isCertainlyEqual(to other: Interval) -> Bool {
    isPoint && other.isPoint && !isDisjoint(from: other)
  }
}
