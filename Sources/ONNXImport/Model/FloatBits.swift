/// The short float formats, from their bits; every one of their values is a double.
enum FloatBits {
  /// IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits.
  static func half(_ bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF)
    let magnitude: Double
    switch exponent {
    case 0: magnitude = fraction * 0x1p-24
    case 0x1F: magnitude = fraction == 0 ? .infinity : .nan
    default: magnitude = Double(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
    return bits >> 15 == 0 ? magnitude : -magnitude
  }

  /// The upper half of a 32-bit float.
  static func brain(_ bits: UInt16) -> Double { Double(Float(bitPattern: UInt32(bits) << 16)) }
}
