/// Thrown by ``requireProperty(_:_:seed:cases:shrinkAttempts:replay:_:)`` when a property does not pass.
public struct PropertyViolation: Error, Sendable, CustomStringConvertible {
  /// The full report: what failed, on which value, and the line that replays it.
  public let description: String

  /// The line that replays the smallest failing case, if the property failed on one.
  public let replay: ReplayCode?
}
