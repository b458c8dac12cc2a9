/// Thrown by the body of a property when what it states does not hold.
public struct Falsified: Error, Sendable, CustomStringConvertible {
  /// What does not hold.
  public let message: String

  /// Where it was demanded, as `file:line`.
  public let place: String

  /// What does not hold, and the place of the demand.
  public var description: String { "\(message) (\(place))" }
}

/// Fails the case unless `condition` holds.
public func demand(
  _ condition: Bool, _ message: @autoclosure () -> String = "the condition does not hold",
  file: String = #fileID, line: Int = #line
) throws(Falsified) {
  if !condition { throw Falsified(message: message(), place: "\(file):\(line)") }
}

/// Fails the case unless `actual` equals `expected`; says what both are.
public func demandEqual<Value: Equatable>(
  _ actual: Value, _ expected: Value, _ message: @autoclosure () -> String = "these must be equal",
  file: String = #fileID, line: Int = #line
) throws(Falsified) {
  if actual != expected {
    throw Falsified(
      message: "\(message()): \(sourceCode(of: actual).rendered()) and \(sourceCode(of: expected).rendered())",
      place: "\(file):\(line)")
  }
}
