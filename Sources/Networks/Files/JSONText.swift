import Foundation

/// Reads JSON (RFC 8259) as it stands: with places, numbers unrounded, a key that stands twice refused.
package struct JSONText {
  /// How deep lists and objects may lie in one another. No format of this project needs more than 6.
  package static let maximumDepth = 64

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value of a file, handed to what makes something of it.
  ///
  /// Complexity: linear in the length of the file.
  /// - Throws: `NetworkError` with file, line and column.
  package static func read<Value>(
    _ data: Data, named name: String, _ body: (JSONElement) throws(FileFault) -> Value
  ) throws(NetworkError) -> Value {
    let bytes = try FileText.bytes(data, named: name)
    let root: JSONElement
    do throws(FileFault) {
      var text = JSONText(bytes)
      root = try text.element(depth: 0)
      text.skipSpace()
      guard text.position == bytes.count else { throw text.fault("nothing may follow the value; the file ends here") }
    } catch {
      throw error.error(in: bytes, named: name)
    }
    do throws(FileFault) { return try body(root) } catch {
      throw error.error(in: bytes, named: name, path: root.path(to: error.offset))
    }
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault(_ message: String) -> FileFault { FileFault(at: position, message) }

  /// What stands at the present place, for a message.
  private var found: String {
    guard next != nil else { return "the file ends" }
    let scalar = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self).unicodeScalars.first
    return "\(scalar.map { String(describing: String($0)).debugDescription } ?? "") stands"
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func element(depth: Int) throws(FileFault) -> JSONElement {
    skipSpace()
    let offset = position
    let content: JSONElement.Content
    switch next {
    case UInt8(ascii: "{"): content = .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): content = .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): content = .string(try string())
    case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): content = .number(try number())
    default: content = try word()
    }
    return JSONElement(offset: offset, content: content)
  }

  private mutating func word() throws(FileFault) -> JSONElement.Content {
    for (word, content) in [
      ("null", JSONElement.Content.null), ("true", .bool(true)), ("false", .bool(false)),
    ] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return content
    }
    let isNamedNumber = ["NaN", "Infinity", "inf", "nan"].contains { bytes[position...].starts(with: $0.utf8) }
    throw fault("a value is expected where \(found)\(isNamedNumber ? "; JSON has no NaN and no infinity" : "")")
  }

  private func checkDepth(_ depth: Int) throws(FileFault) {
    guard depth <= Self.maximumDepth else {
      throw fault("lists and objects lie more than \(Self.maximumDepth) deep in one another")
    }
  }

  private mutating func array(depth: Int) throws(FileFault) -> [JSONElement] {
    try checkDepth(depth)
    position += 1
    skipSpace()
    var elements: [JSONElement] = []
    if skip(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try element(depth: depth))
      skipSpace()
      if skip(UInt8(ascii: "]")) { return elements }
      guard skip(UInt8(ascii: ",")) else { throw fault("a comma or ] is expected where \(found)") }
    }
  }

  private mutating func object(depth: Int) throws(FileFault) -> [JSONField] {
    try checkDepth(depth)
    position += 1
    skipSpace()
    var fields: [JSONField] = []
    var keys = Set<Name>()
    if skip(UInt8(ascii: "}")) { return fields }
    while true {
      skipSpace()
      let offset = position
      guard next == UInt8(ascii: "\"") else { throw fault("a key in quotes is expected where \(found)") }
      let key = try string()
      guard keys.insert(Name(key)).inserted else {
        throw FileFault(at: offset, "the key \(key.debugDescription) stands twice in one object; keep one of them")
      }
      skipSpace()
      guard skip(UInt8(ascii: ":")) else { throw fault("a colon is expected where \(found)") }
      fields.append(JSONField(key: key, offset: offset, value: try element(depth: depth)))
      skipSpace()
      if skip(UInt8(ascii: "}")) { return fields }
      guard skip(UInt8(ascii: ",")) else { throw fault("a comma or } is expected where \(found)") }
    }
  }

  private mutating func digits() throws(FileFault) {
    let start = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else { throw fault("a digit is expected where \(found)") }
  }

  private mutating func number() throws(FileFault) -> String {
    let start = position
    _ = skip(UInt8(ascii: "-"))
    if !skip(UInt8(ascii: "0")) { try digits() }
    if let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      throw fault("a JSON number does not begin with 0 and another digit; write it in quotes or without the 0")
    }
    if skip(UInt8(ascii: ".")) { try digits() }
    if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
      if !skip(UInt8(ascii: "-")) { _ = skip(UInt8(ascii: "+")) }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}

extension JSONText {
  private mutating func string() throws(FileFault) -> String {
    let opening = position
    position += 1
    var text = ""
    while true {
      let start = position
      while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
      // A text without escapes is one stretch, and is not copied twice.
      let stretch = String(decoding: bytes[start..<position], as: UTF8.self)
      if text.isEmpty { text = stretch } else { text += stretch }
      switch next {
      case UInt8(ascii: "\""):
        position += 1
        return text
      case UInt8(ascii: "\\"): text.unicodeScalars.append(try escape())
      case nil: throw FileFault(at: opening, "the text that begins here is not closed by a quote")
      default: throw fault("a control character in a text; write it as an escape such as \\n or \\u001b")
      }
    }
  }

  private mutating func escape() throws(FileFault) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let letter = next else { throw FileFault(at: start, "an escape is cut off by the end of the file") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw FileFault(at: start, "unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
    }
    let high = try unit(start)
    if let scalar = Unicode.Scalar(high) { return scalar }
    let half = FileFault(at: start, "half of a surrogate pair; a character beyond U+FFFF takes two \\u escapes")
    guard (0xD800...0xDBFF).contains(high), skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) else { throw half }
    let low = try unit(start)
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    else { throw half }
    return scalar
  }

  private mutating func unit(_ start: Int) throws(FileFault) -> UInt32 {
    let end = position + 4
    guard end <= bytes.count,
      let text = String(validating: bytes[position..<end], as: UTF8.self),
      text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }), let value = UInt32(text, radix: 16)
    else { throw FileFault(at: start, "\\u takes four hexadecimal digits") }
    position = end
    return value
  }
}
