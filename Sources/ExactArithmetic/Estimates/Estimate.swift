/// A rounded number without any guarantee: good for searching, and for nothing else.
///
/// No verdict and no bound is ever read off an estimate. Whatever a search finds with estimates is evaluated again,
/// exactly or enclosed, before it is used.
public struct Estimate: Sendable, Hashable {
  public let value: Double

  @inlinable
  public init(_ value: Double) {
    self.value = value
  }
}

extension Estimate: Scalar {
  public typealias Storage = EstimateRun

  public static func exact(_ value: Rational, in context: EstimateContext) -> Estimate {
    Estimate(Interval(value, precision: 53).ball.middle)
  }

  public static let zero = Estimate(0)
  public static func + (left: Estimate, right: Estimate) -> Estimate { Estimate(left.value + right.value) }
  public static func - (left: Estimate, right: Estimate) -> Estimate { Estimate(left.value - right.value) }
  public static func * (left: Estimate, right: Estimate) -> Estimate { Estimate(left.value * right.value) }
  public static prefix func - (operand: Estimate) -> Estimate { Estimate(-operand.value) }

  /// Nothing about an estimate is certain.
  public var isZero: Bool { false }
  public func isCertainlyDifferent(from other: Estimate) -> Bool { false }
  public func isCertainlyEqual(to other: Estimate) -> Bool { false }

  public var description: String { "≈ \(value)" }
}

/// The context of ``Estimate``: nothing is needed.
public struct EstimateContext: Sendable, Hashable {
  public init() {}
}
