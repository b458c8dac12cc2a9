/// The pseudo-random sequence from which cases are drawn: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
///
/// The sequence, and how ``next(through:)`` reads bounded integers off it, are fixed by this file alone, so that
/// a seed means the same cases with every version of the standard library and on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A sequence that depends on `seed` alone.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A uniformly distributed integer in `0...bound`.
  ///
  /// Words beyond `bound` are rejected after masking, so the distribution is exactly uniform; fewer than two words
  /// are read on average.
  public mutating func next(through bound: UInt64) -> UInt64 {
    guard bound > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(bound.leadingZeroBitCount)
    while true {
      let candidate = next() & mask
      if candidate <= bound { return candidate }
    }
  }

  /// True with probability `numerator / denominator`.
  public mutating func chance(_ numerator: UInt64, in denominator: UInt64) -> Bool {
    next(through: denominator - 1) < numerator
  }
}
