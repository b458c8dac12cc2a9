/// The numbers that networks, gradients and the tick machine are evaluated on.
///
/// One evaluator serves exact values (``Rational``, ``Dyadic``), enclosures (``Interval``) and abstract values
/// (``LagSet``). Vector kernels belong to ``Storage``, so that each scalar brings its fast ones.
public protocol Scalar: Sendable, CustomStringConvertible {
  /// What is needed to make a value out of an exact number: nothing, or a precision.
  associatedtype Context: Sendable
  /// How a run of these scalars is held.
  associatedtype Storage: ScalarStorage where Storage.Element == Self

  /// `value` itself, or an enclosure of it where the scalar cannot hold it.
  ///
  /// `Dyadic` has no enclosures: its precondition is a power of two as denominator.
  static func exact(_ value: Rational, in context: Context) -> Self

  /// Neutral for addition, absorbing for multiplication.
  static var zero: Self { get }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static prefix func - (operand: Self) -> Self

  /// Whether this is certainly the exact zero.
  var isZero: Bool { get }

  /// Exact scalars: `!=`. Enclosures: no common point. Abstract values: false.
  func isCertainlyDifferent(from other: Self) -> Bool

  /// Exact scalars: `==`. Enclosures: both the same single point.
  func isCertainlyEqual(to other: Self) -> Bool
}

/// The context of scalars that hold every value they are given.
public struct ExactContext: Sendable, Hashable {
  public init() {}
}
