/// A name as it is spelled: two names are one only where their Unicode scalars are the same.
///
/// `String` compares canonical equivalents as equal (é as one scalar and as e with an accent), which would make two
/// nodes of a file one. Where names are keys of a dictionary or are looked up, they are of this type.
public struct Name: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
  public let text: String

  public init(_ text: some StringProtocol) { self.text = String(text) }

  public init(stringLiteral value: String) { text = value }

  public var description: String { text }

  public static func == (left: Name, right: Name) -> Bool { left.text.isSpelled(right.text) }

  public static func < (left: Name, right: Name) -> Bool {
    left.text.unicodeScalars.lexicographicallyPrecedes(right.text.unicodeScalars)
  }

  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }

  /// Whether the text ends in `#` and digits, the mark of a parallel edge, which no node's name may end in.
  var endsLikeAParallelEdge: Bool {
    let digits = text.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
    return digits > 0 && text.utf8.dropLast(digits).last == UInt8(ascii: "#")
  }
}

extension StringProtocol {
  /// Whether both texts have the same Unicode scalars, which `==` does not ask.
  public func isSpelled(_ other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}
