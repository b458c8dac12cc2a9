internal import CMPFR

/// An integer of any size, exact.
///
/// Values that fit in an `Int` are held inline; larger ones live in GMP. The representation is canonical, so equality and
/// hashing never depend on how a value was reached.
///
/// Size: results above about 2³⁷ bits exhaust GMP, which ends the process. Text is therefore bounded while it is parsed
/// (``init(parsing:)``), and every shift states its precondition.
public struct Integer: Sendable {
  enum Representation: Sendable {
    case small(Int)
    /// Never a value that fits in an `Int`.
    case large(LargeInteger)
  }

  let representation: Representation

  public init(_ value: Int) {
    representation = .small(value)
  }

  public init(_ value: some BinaryInteger) {
    if let small = Int(exactly: value) {
      self.init(small)
    } else {
      self.init(words: value.words.map { $0 }, isNegative: value < 0)
    }
  }

  /// Takes over `large`, which nobody else may write from now on.
  init(_ large: LargeInteger) {
    if unsafe mpz_fits_slong_p(&large.value) != 0 {
      representation = .small(unsafe mpz_get_si(&large.value))
    } else {
      representation = .large(large)
    }
  }

  /// From little-endian two's complement words, the sign bit of the last word (if any) being `isNegative`.
  init(words: [UInt], isNegative: Bool) {
    var magnitude = words
    if isNegative {
      var carry = true
      for index in magnitude.indices {
        let (sum, overflow) = (~magnitude[index]).addingReportingOverflow(carry ? 1 : 0)
        magnitude[index] = sum
        carry = overflow
      }
    }
    self.init(limbs: magnitude, isNegative: isNegative)
  }

  /// From a little-endian magnitude and a sign.
  init(limbs: some Collection<UInt>, isNegative: Bool) {
    let large = LargeInteger()
    let count = limbs.count
    if count > 0 {
      let target = unsafe mpz_limbs_write(&large.value, count)!
      for (offset, limb) in limbs.enumerated() { unsafe target[offset] = limb }
      unsafe mpz_limbs_finish(&large.value, isNegative ? -count : count)
    }
    self.init(large)
  }

  /// A GMP object with this value: the own one if there is one. Read only.
  var boxed: LargeInteger {
    switch representation {
    case .small(let value): LargeInteger(value)
    case .large(let large): large
    }
  }

  /// The value, if it fits.
  var small: Int? {
    if case .small(let value) = representation { value } else { nil }
  }

  public static let zero = Integer(0)
  public static let one = Integer(1)

  public var isZero: Bool { small == 0 }

  /// −1, 0 or 1.
  public var sign: Int {
    switch representation {
    case .small(let value): value.signum()
    case .large(let large): unsafe Int(waveproof_mpz_sgn(&large.value))
    }
  }
}

extension Int {
  /// The value of `integer`, or nil when it needs more than 64 bits.
  public init?(exactly integer: Integer) {
    guard let small = integer.small else { return nil }
    self = small
  }
}
