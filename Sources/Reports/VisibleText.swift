/// Names are any Unicode; what a terminal would obey, not show, is written as an escape.
public enum VisibleText {
  /// A name or a cell: no line ends either.
  static func cell(_ text: String) -> String { escaped(text) { _ in false } }

  /// A page with names in it: its line ends stay, and the colours of `TextStyle` where it has any.
  public static func page(_ text: String, _ style: TextStyle) -> String {
    guard style == .coloured else { return escaped(text) { $0 == "\n" } }
    return text.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated().map { place, part in
      let isColour = place > 0 && TextStyle.codes.contains { part.hasPrefix($0 + "m") }
      return (place == 0 ? "" : isColour ? "\u{1B}[" : "\\u{1B}[") + escaped(String(part)) { $0 == "\n" }
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
