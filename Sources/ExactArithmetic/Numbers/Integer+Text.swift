internal import CMPFR

extension Integer: LosslessStringConvertible, ExpressibleByIntegerLiteral {
  /// The longest decimal text that is read: longer input is refused before anything is evaluated.
  public static let maximumDigitCount = 1_000_000

  /// A literal of any length.
  public init(integerLiteral literal: StaticBigInt) {
    let wordCount = (literal.bitWidth + UInt.bitWidth - 1) / UInt.bitWidth
    self.init(words: (0..<wordCount).map { literal[$0] }, isNegative: literal.signum() < 0)
  }

  /// Reads an optional sign and decimal digits; nothing else (no spaces, no separators).
  ///
  /// - Throws: ``NumberError`` for other text and for more than ``maximumDigitCount`` digits.
  public init(parsing text: some StringProtocol) throws(NumberError) {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
      throw NumberError("\(NumberError.quoted(String(text))) is not an integer: a sign and decimal digits expected")
    }
    try self.init(digits: digits, isNegative: isNegative)
  }

  /// - Parameter digits: ASCII digits, already checked.
  init(digits: some Collection<UInt8>, isNegative: Bool) throws(NumberError) {
    let count = digits.count
    try Integer.checkDigitCount(count)
    if count <= 18 {
      let magnitude = digits.reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) }
      self.init(isNegative ? -magnitude : magnitude)
      return
    }
    let large = LargeInteger()
    let text = digits.map { CChar(bitPattern: $0) } + [0]
    let status = unsafe text.withUnsafeBufferPointer { unsafe mpz_set_str(&large.value, $0.baseAddress, 10) }
    precondition(status == 0, "checked digits were refused")
    if isNegative { unsafe mpz_neg(&large.value, &large.value) }
    self.init(large)
  }

  static func checkDigitCount(_ count: Int) throws(NumberError) {
    guard count <= Integer.maximumDigitCount else {
      throw NumberError("a number of \(count) digits is refused: at most \(Integer.maximumDigitCount) are read")
    }
  }

  public init?(_ text: String) {
    guard let value = try? Integer(parsing: text) else { return nil }
    self = value
  }

  public var description: String {
    switch representation {
    case .small(let value): return value.description
    case .large(let large):
      let capacity = unsafe mpz_sizeinbase(&large.value, 10) + 2
      return unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
        let start = unsafe UnsafeMutableRawPointer(buffer.baseAddress!).assumingMemoryBound(to: CChar.self)
        unsafe mpz_get_str(start, 10, &large.value)
        return unsafe buffer.firstIndex(of: 0)!
      }
    }
  }
}
