import ExactArithmetic

/// SplitMix64: every test names its seed, so a failure repeats.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension SeededGenerator {
  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func chance(_ numerator: Int, in denominator: Int) -> Bool { int(1...denominator) <= numerator }

  /// Signed, up to `bits` bits, with the values where representations change made likely.
  mutating func integer(bits: Int) -> Integer {
    switch int(0...9) {
    case 0: return Integer(int(-2...2))
    case 1: return Integer(chance(1, in: 2) ? Int.max : Int.min) + Integer(int(-2...2))
    case 2:
      // Runs of ones and zeros: carries through whole limbs.
      let power = Integer.one << int(0...bits)
      return chance(1, in: 2) ? power - 1 : -power
    default:
      let width = int(1...bits)
      var value = Integer.zero
      for _ in 0..<(width + 62) / 63 { value = (value << 63) + Integer(Int(truncatingIfNeeded: next() >> 1)) }
      value = value >> max(0, value.bitWidth - width)
      return chance(1, in: 2) ? value : -value
    }
  }

  mutating func nonzeroInteger(bits: Int) -> Integer {
    let value = integer(bits: bits)
    return value.isZero ? 1 : value
  }

  mutating func rational(bits: Int) -> Rational {
    Rational(integer(bits: bits), over: nonzeroInteger(bits: bits))
  }

  mutating func nonzeroRational(bits: Int) -> Rational {
    Rational(nonzeroInteger(bits: bits), over: nonzeroInteger(bits: bits))
  }

  /// Numerators of 1 to 20 limbs, small odd and even denominators, zeros.
  mutating func mixedRational() -> Rational {
    if chance(1, in: 5) { return .zero }
    let numerator = integer(bits: 64 * int(1...20))
    let denominator = chance(1, in: 2) ? Integer.one << int(0...70) : nonzeroInteger(bits: 12)
    return Rational(numerator, over: denominator)
  }

  mutating func dyadic(bits: Int) -> Dyadic { Dyadic(integer(bits: bits), exponent: int(-100...100)) }

  /// Any finite float, subnormal ones and the extremes included.
  mutating func double() -> Double {
    switch int(0...7) {
    case 0:
      return [0, -0.0, .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude, 1].randomElement(
        using: &self)!
    case 1: return Double(bitPattern: next() & 0x800F_FFFF_FFFF_FFFF)
    case 2: return Double(int(-9...9))
    case 3:
      let any = Double(bitPattern: next())
      return any.isFinite ? any : 0.5
    default: return Double.random(in: -2...2, using: &self)
    }
  }
}
