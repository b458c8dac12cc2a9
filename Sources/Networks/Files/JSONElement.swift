import ExactArithmetic

/// A value of a JSON file with its place in it. Numbers are kept as they are written, so that none is rounded twice.
package struct JSONElement: Sendable {
  package enum Content: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONElement])
    /// Keys in the order of the file, each once.
    case object([JSONField])
  }

  /// Bytes from the start of the file.
  package let offset: Int
  package let content: Content

  /// The keys and indices that lead to the value or key at a place of the file, such as `nodes[2].bias[0]`; the innermost
  /// value that begins before it where none begins there.
  func path(to place: Int) -> String {
    switch content {
    case .array(let elements):
      guard let index = elements.lastIndex(where: { $0.offset <= place }) else { return "" }
      return "[\(index)]" + Self.behind(elements[index].path(to: place))
    case .object(let fields):
      guard let field = fields.last(where: { $0.offset <= place }) else { return "" }
      return field.key + Self.behind(field.value.path(to: place))
    default: return ""
    }
  }

  private static func behind(_ path: String) -> String { path.isEmpty || path.hasPrefix("[") ? path : ".\(path)" }

  package func fault(_ message: String) -> FileFault { FileFault(at: offset, message) }
}

/// One key of an object and its value.
package struct JSONField: Sendable {
  package let key: String
  /// Of the key.
  package let offset: Int
  package let value: JSONElement
}

extension JSONElement {
  package var isNull: Bool { if case .null = content { true } else { false } }

  /// What the value is, for messages.
  package var kind: String {
    switch content {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  package func string(_ what: String) throws(FileFault) -> String {
    guard case .string(let text) = content else { throw fault("\(what) is a text in quotes, not \(kind)") }
    return text
  }

  package func array(_ what: String) throws(FileFault) -> [JSONElement] {
    guard case .array(let elements) = content else { throw fault("\(what) is a list in brackets, not \(kind)") }
    return elements
  }

  /// The members of an object whose keys are names of the user's.
  package func members(_ what: String) throws(FileFault) -> [JSONField] {
    guard case .object(let fields) = content else { throw fault("\(what) is an object in braces, not \(kind)") }
    return fields
  }

  /// A whole number, however it is written: `3`, `3.0`, `3e0`.
  package func integer(_ what: String, in range: ClosedRange<Int> = Int.min...Int.max) throws(FileFault) -> Int {
    guard case .number(let text) = content else { throw fault("\(what) is a whole number without quotes, not \(kind)") }
    let value: Int?
    if let plain = Int(text) { value = plain } else { value = try rational().exactInt }
    guard let value else { throw fault("\(what) is a whole number, not \(text)") }
    guard range.contains(value) else {
      throw fault("\(what) is \(value); it is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A number of a file: a text is exact, a bare number the IEEE-754 double that it denotes.
  ///
  /// A bare number too small for a double is 0, as the double that it denotes is; one too large denotes none.
  package func rational() throws(FileFault) -> Rational {
    do throws(NumberError) {
      switch content {
      case .string(let text): return try Rational(parsing: text)
      case .number(let text):
        try Rational.checkSize(ofDecimal: text)
        guard let double = Double(text), double.isFinite else {
          throw NumberError("\(text) is beyond the doubles; write it as a text, \"\(text)\", where it is meant exactly")
        }
        return try Rational(exactly: double)
      default:
        throw NumberError("a number is a text such as \"-7/3\" or \"0.1\", or a JSON number; this is \(kind)")
      }
    } catch {
      throw fault(error.message)
    }
  }

  package func rationals(_ what: String) throws(FileFault) -> [Rational] {
    var values: [Rational] = []
    for element in try array(what) { values.append(try element.rational()) }
    return values
  }

  package func rows(_ what: String) throws(FileFault) -> [[Rational]] {
    var rows: [[Rational]] = []
    for element in try array(what) { rows.append(try element.rationals("a row of \(what)")) }
    return rows
  }
}

extension Rational {
  /// The integer, where it is one of the machine's.
  fileprivate var exactInt: Int? { isInteger ? Int(numerator.description) : nil }
}
