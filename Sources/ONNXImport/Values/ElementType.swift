/// The type of a tensor's elements, by its number in the file.
struct ElementType: RawRepresentable, Hashable, Sendable {
  let rawValue: Int

  static let float = ElementType(rawValue: 1)
  static let float16 = ElementType(rawValue: 10)
  static let double = ElementType(rawValue: 11)
  static let bfloat16 = ElementType(rawValue: 16)
  static let uint8 = ElementType(rawValue: 2)
  static let int8 = ElementType(rawValue: 3)
  static let uint16 = ElementType(rawValue: 4)
  static let int16 = ElementType(rawValue: 5)
  static let int32 = ElementType(rawValue: 6)
  static let int64 = ElementType(rawValue: 7)
  static let string = ElementType(rawValue: 8)
  static let bool = ElementType(rawValue: 9)
  static let uint32 = ElementType(rawValue: 12)
  static let uint64 = ElementType(rawValue: 13)

  private static let names = [
    "undefined", "float", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "double",
    "uint32", "uint64", "complex64", "complex128", "bfloat16", "float8e4m3fn", "float8e4m3fnuz", "float8e5m2",
    "float8e5m2fnuz", "uint4", "int4", "float4e2m1", "float8e8m0", "uint2", "int2",
  ]

  /// Whose values are real numbers; a cast of a variable to one of them is read as the identity.
  var isFloat: Bool { [.float, .float16, .double, .bfloat16].contains(self) }

  /// Whole numbers and truth values, of 8 to 64 bits.
  var isInteger: Bool { [2, 3, 4, 5, 6, 7, 9, 12, 13].contains(rawValue) }

  /// The bytes of one element in raw data.
  var byteCount: Int {
    switch rawValue {
    case 2, 3, 9: 1
    case 4, 5, 10, 16: 2
    case 1, 6, 12: 4
    default: 8
    }
  }
}

extension ElementType: CustomStringConvertible {
  var description: String { Self.names.indices.contains(rawValue) ? Self.names[rawValue] : "type \(rawValue)" }
}
