/// Names are any Unicode; what a terminal would obey, not show, is written as an escape.
public enum VisibleText {
  /// A name or a cell: no line ends either.
  static func cell(_ text: String) -> String { line(text) }

  /// One line with names in it, and the colours of `TextStyle` where it has any.
  public static func line(_ text: String, _ style: TextStyle = .plain) -> String { visible(text, style) { _ in false } }

  /// A page made of such lines: its line ends stay.
  public static func page(_ text: String, _ style: TextStyle) -> String { visible(text, style) { $0 == "\n" } }

  private static func visible(
    _ text: String, _ style: TextStyle, keeping isKept: (Unicode.Scalar) -> Bool
  ) -> String {
    guard style == .coloured else { return escaped(text, keeping: isKept) }
    return text.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated().map { place, part in
      let isColour = place > 0 && TextStyle.codes.contains { part.hasPrefix($0 + "m") }
      return (place == 0 ? "" : isColour ? "\u{1B}[" : "\\u{1B}[") + escaped(String(part), keeping: isKept)
    }.joined()
  }

  private static func escaped(_ text: String, keeping isKept: (Unicode.Scalar) -> Bool) -> String {
    guard text.unicodeScalars.contains(where: { isObeyed($0) && !isKept($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isObeyed(scalar), !isKept(scalar) {
        result += scalar.escaped(asASCII: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Control characters, line and paragraph ends, and what turns the direction of writing.
  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: scalar.properties.isBidiControl
    default: false
    }
  }
}
