/// Why a text, a float or an operation does not give a number.
///
/// The message is written for the person who supplied the input: it quotes the input (shortened) and says what is
/// accepted instead.
public struct NumberError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence, without a trailing full stop.
  public let message: String

  public init(_ message: String) {
    self.message = message
  }

  public var description: String { message }

  /// At most 40 characters of `text` in quotation marks, for use inside a message.
  static func quoted(_ text: String) -> String {
    let head = text.prefix(40)
    return head.utf8.count == text.utf8.count ? "\"\(head)\"" : "\"\(head)…\" (\(text.utf8.count) bytes)"
  }
}
