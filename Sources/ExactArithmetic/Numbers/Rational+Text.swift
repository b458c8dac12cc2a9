extension Rational: LosslessStringConvertible, ExpressibleByIntegerLiteral, Codable {
  /// The largest decimal exponent that is read, in either direction.
  public static let maximumDecimalExponent = 1_000_000

  /// A literal of any length.
  public init(integerLiteral literal: StaticBigInt) {
    self.init(Integer(integerLiteral: literal))
  }

  /// Reads `"-7/3"`, `"12"`, `"0.1"`, `"1e-3"`, `"1.5e2"`: the decimal forms mean exactly what they say (0.1 is 1/10).
  ///
  /// - Throws: ``NumberError`` for other text, a zero denominator, more than ``Integer/maximumDigitCount`` digits, or a
  ///   decimal exponent beyond ``maximumDecimalExponent``: all are refused before any number is built.
  public init(parsing text: String) throws(NumberError) {
    if let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) {
      let numerator = try Integer(parsing: text[..<slash])
      let tail = text[text.utf8.index(after: slash)...]
      guard tail.utf8.first.map({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) == true else {
        throw NumberError("\(NumberError.quoted(text)) is not a fraction: digits expected after the slash")
      }
      let denominator = try Integer(parsing: tail)
      guard !denominator.isZero else { throw NumberError("\(NumberError.quoted(text)) has denominator zero") }
      self.init(numerator, over: denominator)
    } else {
      try self.init(decimal: text)
    }
  }

  private init(decimal text: String) throws(NumberError) {
    let parts = try DecimalParts(text)
    let digits = try Integer(digits: Array(parts.whole) + Array(parts.fraction), isNegative: parts.isNegative)
    let exponent = parts.exponent - parts.fraction.count
    if digits.isZero {
      self = .zero
    } else if exponent >= 0 {
      self.init(digits * Integer(10).power(exponent))
    } else {
      self.init(digits, over: Integer(10).power(-exponent))
    }
  }

  /// Refuses a decimal text that ``init(parsing:)`` refuses, without building its number.
  ///
  /// - Throws: ``NumberError`` as there; a text that is meant as a float is held to the same limits.
  package static func checkSize(ofDecimal text: String) throws(NumberError) {
    let parts = try DecimalParts(text)
    try Integer.checkDigitCount(parts.whole.count + parts.fraction.count)
  }

  /// A decimal text taken apart: `-12.5e3` has the whole part 12, the fraction 5 and the exponent 3.
  private struct DecimalParts {
    let isNegative: Bool
    let whole: Substring.UTF8View
    let fraction: Substring.UTF8View
    let exponent: Int

    init(_ text: String) throws(NumberError) {
      func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
      let malformed = "\(NumberError.quoted(text)) is not a number: \"-7/3\", \"12\", \"0.1\" or \"1.5e-3\" expected"

      var rest = text[...].utf8
      isNegative = rest.first == UInt8(ascii: "-")
      if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      whole = rest.prefix(while: isDigit)
      rest = rest.dropFirst(whole.count)
      var decimals = rest.prefix(0)
      if rest.first == UInt8(ascii: ".") {
        decimals = rest.dropFirst().prefix(while: isDigit)
        rest = rest.dropFirst(1 + decimals.count)
        guard !decimals.isEmpty else { throw NumberError(malformed) }
      }
      fraction = decimals
      guard !whole.isEmpty else { throw NumberError(malformed) }

      var power = 0
      if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
        let tail = rest.dropFirst()
        let digits = tail.first == UInt8(ascii: "-") || tail.first == UInt8(ascii: "+") ? tail.dropFirst() : tail
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { throw NumberError(malformed) }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard significant.count <= 7 else { throw Rational.exponentTooLarge(text) }
        power = significant.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        guard power <= Rational.maximumDecimalExponent else { throw Rational.exponentTooLarge(text) }
        if tail.first == UInt8(ascii: "-") { power = -power }
        rest = rest.suffix(0)
      }
      guard rest.isEmpty else { throw NumberError(malformed) }
      exponent = power
    }
  }

  private static func exponentTooLarge(_ text: String) -> NumberError {
    NumberError("\(NumberError.quoted(text)) is refused: its exponent is beyond ±\(maximumDecimalExponent)")
  }

  public init?(_ text: String) {
    guard let value = try? Rational(parsing: text) else { return nil }
    self = value
  }

  /// `"p/q"`, or `"p"` for an integer.
  public var description: String {
    isInteger ? numerator.description : "\(numerator)/\(denominator)"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(parsing: container.decode(String.self))
    } catch let error as NumberError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
