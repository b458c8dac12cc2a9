/// A model, stream or schedule that cannot be used as asked.
///
/// The message names the place (file section, node, edge, tick) and what would mend it.
public struct NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  public let message: String

  public init(_ message: String) {
    self.message = message
  }

  public var description: String { message }
}
