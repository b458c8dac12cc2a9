extension ScaledIntegers {
  /// Over the least common denominator and the largest power of two that leave integers.
  init(parts: [ScaledParts]) {
    var denominator = Integer.one
    var exponent = Int.max
    for part in parts where !part.mantissa.isZero {
      if part.denominator != denominator { denominator = denominator.leastCommonMultiple(with: part.denominator) }
      exponent = min(exponent, part.exponent)
    }
    let mantissas = parts.map { part -> Integer in
      if part.mantissa.isZero { return .zero }
      let factor = part.denominator == denominator ? Integer.one : denominator.dividedExactly(by: part.denominator)
      return (factor == .one ? part.mantissa : part.mantissa * factor) << (part.exponent - exponent)
    }
    let bits = mantissas.reduce(0) { max($0, $1.bitWidth) }
    unsafe self.init(
      count: parts.count, stride: (bits + UInt.bitWidth - 1) / UInt.bitWidth,
      exponent: exponent == .max ? 0 : exponent, denominator: denominator
    ) { target in
      for (index, mantissa) in mantissas.enumerated() { unsafe target.set(index, to: mantissa) }
    }
  }

  /// Finite floats, exactly.
  ///
  /// - Precondition: every entry is finite.
  /// - Complexity: one pass for the common exponent, one to write; no big number is built.
  init(finite doubles: [Double]) {
    var lowest = Int.max
    var highest = Int.min
    for double in doubles where double != 0 {
      let (mantissa, exponent) = double.mantissaAndExponent
      lowest = min(lowest, exponent)
      highest = max(highest, exponent + UInt.bitWidth - mantissa.leadingZeroBitCount)
    }
    let exponent = lowest == .max ? 0 : lowest
    let bits = lowest == .max ? 1 : highest - lowest
    unsafe self.init(
      count: doubles.count, stride: (bits + UInt.bitWidth - 1) / UInt.bitWidth, exponent: exponent, denominator: .one
    ) { target in
      for (index, double) in doubles.enumerated() where double != 0 {
        let (mantissa, own) = double.mantissaAndExponent
        let (skipped, shift) = (own - exponent).quotientAndRemainder(dividingBy: UInt.bitWidth)
        let entry = unsafe target[index]
        for offset in 0..<skipped { unsafe entry[offset] = 0 }
        unsafe entry[skipped] = mantissa << UInt(shift)
        let carry = shift == 0 ? 0 : mantissa >> UInt(UInt.bitWidth - shift)
        if carry != 0 { unsafe entry[skipped + 1] = carry }
        unsafe target.finish(index, limbCount: skipped + (carry == 0 ? 1 : 2), isNegative: double < 0)
      }
    }
  }
}

extension Double {
  /// |self| = mantissa · 2^exponent with an odd mantissa.
  ///
  /// - Precondition: finite and not zero.
  var mantissaAndExponent: (mantissa: UInt, exponent: Int) {
    let pattern = UInt(significandBitPattern) | (isNormal ? 1 << UInt(Double.significandBitCount) : 0)
    let exponent = (isNormal ? Int(exponentBitPattern) : 1) - 1023 - Double.significandBitCount
    let shift = pattern.trailingZeroBitCount
    return (pattern >> UInt(shift), exponent + shift)
  }
}
