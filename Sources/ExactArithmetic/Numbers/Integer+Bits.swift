internal import CMPFR

extension Integer {
  /// The number of bits of the magnitude; 0 for zero.
  public var bitWidth: Int {
    switch representation {
    case .small(let value): Int.bitWidth - value.magnitude.leadingZeroBitCount
    case .large(let large): unsafe mpz_sizeinbase(&large.value, 2)
    }
  }

  /// How often 2 divides the number; 0 for zero.
  public var trailingZeroBitCount: Int {
    switch representation {
    case .small(let value): value == 0 ? 0 : value.trailingZeroBitCount
    case .large(let large): unsafe Int(mpz_scan1(&large.value, 0))
    }
  }

  public var isOdd: Bool { !isZero && trailingZeroBitCount == 0 }

  /// Whether the number is 2ᵏ for some k ≥ 0.
  public var isPowerOfTwo: Bool { sign > 0 && trailingZeroBitCount == bitWidth - 1 }

  /// `value` · 2^`count`, exactly.
  ///
  /// - Precondition: `count` is between 0 and 2³⁶.
  public static func << (value: Integer, count: Int) -> Integer {
    precondition(count >= 0 && count <= 1 << 36, "shift by \(count) bits: between 0 and 2^36 expected")
    if let small = value.small {
      if small == 0 { return .zero }
      if count < Int.bitWidth - 1 - value.bitWidth { return Integer(small << count) }
    }
    let (result, operand) = (LargeInteger(), value.boxed)
    unsafe mpz_mul_2exp(&result.value, &operand.value, UInt(count))
    return Integer(result)
  }

  /// `value` / 2^`count` rounded toward −∞.
  ///
  /// - Precondition: `count` is not negative.
  public static func >> (value: Integer, count: Int) -> Integer {
    precondition(count >= 0, "shift by \(count) bits: a count that is not negative expected")
    if let small = value.small { return Integer(small >> count) }
    let (result, operand) = (LargeInteger(), value.boxed)
    unsafe mpz_fdiv_q_2exp(&result.value, &operand.value, UInt(count))
    return Integer(result)
  }

  /// The little-endian magnitude without leading zeros.
  var limbs: [UInt] {
    switch representation {
    case .small(let value): return value == 0 ? [] : [value.magnitude]
    case .large(let large):
      let count = unsafe mpz_size(&large.value)
      let source = unsafe mpz_limbs_read(&large.value)!
      return (0..<count).map { unsafe source[$0] }
    }
  }
}
