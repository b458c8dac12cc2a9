/// A text for people, line by line: a name that has a line end in it shows an escape and begins no line of its own.
struct TextPage {
  private var parts: [String] = []
  private let style: TextStyle

  init(_ lines: [String] = [], style: TextStyle = .plain) {
    self.style = style
    self.lines(lines)
  }

  mutating func line(_ line: String = "") { parts.append(VisibleText.line(line, style)) }

  mutating func lines(_ lines: [String]) { for line in lines { self.line(line) } }

  /// The table, a line directly below it where there is one, and an empty line.
  mutating func table(_ table: Table, below: String? = nil) {
    parts.append(table.rendered(.text) + (below.map { VisibleText.line($0, style) + "\n" } ?? ""))
  }

  mutating func page(_ page: TextPage) { parts += page.parts }

  /// With a newline at its end.
  var text: String { parts.joined(separator: "\n") + "\n" }
}
