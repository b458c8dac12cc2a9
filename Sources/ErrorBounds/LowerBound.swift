import ExactArithmetic
import Networks

/// An attained error: frames inside the family, and what the error is there.
public struct LowerBound: Sendable {
  /// The parameters in [−1, 1] that make the frames.
  public let point: [Rational]
  /// The stream whose last tick sees these frames.
  public let stream: FrameStream
  public let tick: Int
  /// The tick of the reference frame in that stream.
  public let referenceTick: Int
  /// The norm of the error there, exactly, or the lower end of its enclosure.
  public let value: Rational
  /// The upper end; equal to `value` where the error is known exactly.
  public let upperEnd: Rational
  /// The entry with the largest error.
  public let entry: (row: Int, column: Int)
  /// The budget ended the search for it.
  var ranOut = false

  public var isExact: Bool { value == upperEnd }
}
