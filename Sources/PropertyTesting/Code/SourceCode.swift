/// Swift code that is laid out when it is printed: on one line where it fits, else one item a line.
public indirect enum SourceCode: Sendable, Hashable {
  /// Code that is never broken.
  case text(String)

  /// Items between an opening and a closing text, separated by commas, such as `[1, 2]` or `f(a, b: c)`.
  case list(opening: String, [SourceCode], closing: String)

  /// An item with a text before it, such as an argument with its label.
  case prefixed(String, SourceCode)

  /// A call of `function` with labelled arguments; a nil label stands for none.
  public static func call(_ function: String, _ arguments: [(label: String?, value: SourceCode)]) -> SourceCode {
    let items = arguments.map { argument in
      argument.label.map { SourceCode.prefixed("\($0): ", argument.value) } ?? argument.value
    }
    return .list(opening: "\(function)(", items, closing: ")")
  }

  /// An array literal.
  public static func array(_ elements: [SourceCode]) -> SourceCode {
    .list(opening: "[", elements, closing: "]")
  }

  /// The code as text.
  ///
  /// - Parameter width: The length of line aimed at; text that is never broken may exceed it.
  public func rendered(width: Int = 120) -> String {
    rendered(width: width, indentation: 0, lead: 0)
  }

  private var flat: String {
    switch self {
    case .text(let text): text
    case .prefixed(let label, let item): label + item.flat
    case .list(let opening, let items, let closing): opening + items.map(\.flat).joined(separator: ", ") + closing
    }
  }

  private func rendered(width: Int, indentation: Int, lead: Int) -> String {
    let flat = flat
    if flat.count + indentation + lead <= width { return flat }
    switch self {
    case .text(let text): return text
    case .prefixed(let label, let item):
      return label + item.rendered(width: width, indentation: indentation, lead: lead + label.count)
    case .list(let opening, let items, let closing):
      guard !items.isEmpty else { return flat }
      let margin = String(repeating: " ", count: indentation + 2)
      let lines = items.map { margin + $0.rendered(width: width - 1, indentation: indentation + 2, lead: 0) }
      return opening + "\n" + lines.joined(separator: ",\n") + "\n" + String(repeating: " ", count: indentation)
        + closing
    }
  }
}
