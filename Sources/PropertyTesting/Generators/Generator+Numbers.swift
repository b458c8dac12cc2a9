import ExactArithmetic

extension Generator where Value == Integer {
  /// Integers of every size up to `bits` bits, of both signs; 0 is the simplest.
  public static func wideInteger(bits: ClosedRange<Int>) -> Generator {
    Generator { (source) throws(DiscardedCase) in
      var rest = try source.draw(.integer(in: bits))
      var value: Integer = 0
      while rest > 0 {
        let count = min(rest, 32)
        let limb = source.choice(through: (1 << UInt64(count)) - 1)
        value = (value << count) + Integer(limb)
        rest -= count
      }
      return try source.draw(.boolean) ? -value : value
    }
  }
}

extension Generator where Value == Rational {
  /// Rationals p/q with |p| and q at most `height`; the simplest is 1, or 0 where zero is allowed.
  ///
  /// Zero makes whole paths of a network vanish, and with them what a property says; so it must be asked for.
  ///
  /// - Precondition: `height` is at least 1.
  public static func rational(height: Int = 12, allowingZero: Bool = false) -> Generator {
    precondition(height >= 1, "no rational but 0 has a height below 1")
    return Generator { (source) throws(DiscardedCase) in
      let denominator = try source.draw(.integer(in: 1...height))
      let magnitude = try source.draw(.integer(in: (allowingZero ? 0 : 1)...height))
      let negative = source.choice(through: magnitude == 0 ? 0 : 1) == 1
      return Rational(Integer(negative ? -magnitude : magnitude), over: Integer(denominator))
    }
  }

  /// Positive rationals p/q with p and q at most `height`; the simplest is 1.
  public static func positiveRational(height: Int = 12) -> Generator {
    rational(height: height).map(\.magnitude)
  }

  /// Non-zero rationals whose sums and products seldom coincide: ±p/7, ±p/11, ±p/13 with p at most 90.
  ///
  /// Use these where a property says that two formulas differ: between small numbers they often agree by accident.
  public static var genericRational: Generator {
    Generator { (source) throws(DiscardedCase) in
      let prime = try source.draw(.element(of: [7, 11, 13]))
      let index = try source.draw(.integer(in: 0...89))
      // The index-th positive number that the prime does not divide.
      let numerator = index + index / (prime - 1) + 1
      let negative = try source.draw(.boolean)
      return Rational(Integer(negative ? -numerator : numerator), over: Integer(prime))
    }
  }

  /// Rationals with numerators and denominators of every size up to `bits` bits; 0 is the simplest.
  public static func wideRational(bits: ClosedRange<Int>) -> Generator {
    Generator { (source) throws(DiscardedCase) in
      let denominator = try source.draw(Generator<Integer>.wideInteger(bits: bits))
      let numerator = try source.draw(Generator<Integer>.wideInteger(bits: bits))
      return Rational(numerator, over: denominator.isZero ? 1 : denominator.magnitude)
    }
  }
}

extension Generator where Value == Dyadic {
  /// Dyadics m · 2^e with |m| below 2^`mantissaBits` and e in `exponents`; the simplest is 1, or 0 where it is allowed.
  ///
  /// - Precondition: `mantissaBits` lies in 1...62.
  public static func dyadic(
    mantissaBits: Int = 8, exponents: ClosedRange<Int> = -6...6, allowingZero: Bool = false
  ) -> Generator {
    precondition((1...62).contains(mantissaBits), "a mantissa has 1 to 62 bits here")
    return Generator { (source) throws(DiscardedCase) in
      let exponent = try source.draw(.integer(in: exponents))
      let magnitude = try source.draw(.integer(in: (allowingZero ? 0 : 1)...(1 << mantissaBits) - 1))
      let negative = source.choice(through: magnitude == 0 ? 0 : 1) == 1
      return Dyadic(Integer(negative ? -magnitude : magnitude), exponent: exponent)
    }
  }
}
