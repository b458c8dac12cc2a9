/// The smallest case found on which a property fails.
public struct Counterexample<Value> {
  /// The value on which the property fails.
  public let value: Value

  /// What the body of the property threw.
  public let error: any Error

  /// The line that replays the case.
  public let replay: ReplayCode

  /// The value as Swift code, what failed, and the line to replay it with; the same for a replay as for the run.
  public var description: String {
    """
    \(sourceCode(of: value).rendered())
    fails: \(error)
    replay: "\(replay)"
    """
  }
}

extension Counterexample: CustomStringConvertible {}
