/// Whether words of a text are coloured for a terminal.
public enum TextStyle: Sendable, Hashable {
  case plain
  case coloured

  static let codes = ["31", "32", "33", "0"]

  public func good(_ text: String) -> String { wrapped(text, "32") }
  public func bad(_ text: String) -> String { wrapped(text, "31") }
  public func open(_ text: String) -> String { wrapped(text, "33") }

  private func wrapped(_ text: String, _ code: String) -> String {
    self == .coloured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
