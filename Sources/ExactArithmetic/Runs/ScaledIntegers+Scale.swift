internal import CMPFR

extension ScaledIntegers {
  /// Every entry times `factor`, which is not negative, the scale left as it is.
  func multiplied(by factor: Integer) -> ScaledIntegers {
    if factor == .one || count == 0 { return self }
    if factor.isZero { return ScaledIntegers(zeros: count) }
    let multiplier = factor.limbs
    return unsafe withEntries { source in
      unsafe ScaledIntegers(
        count: count, stride: largestSize + multiplier.count, exponent: exponent, denominator: denominator
      ) { target in
        unsafe multiplier.withUnsafeBufferPointer { multiplier in
          for index in 0..<count {
            unsafe Limbs.multiply(
              target, index, source[index], Int(source.sizes[index]), multiplier.baseAddress!, multiplier.count)
          }
        }
      }
    }
  }

  /// Every entry times `factor`.
  func scaled(by factor: ScaledParts) -> ScaledIntegers {
    var result = multiplied(by: factor.mantissa.magnitude)
    result.exponent += factor.exponent
    result.denominator *= factor.denominator
    return factor.mantissa.sign < 0 ? result.negated() : result
  }

  /// One run after the other.
  ///
  /// - Precondition: all have the scale of the first, except runs of zeros.
  init(concatenating runs: [ScaledIntegers]) {
    let scale = runs.first { !$0.isZero }
    unsafe self.init(
      count: runs.reduce(0) { $0 + $1.count }, stride: runs.reduce(1) { max($0, $1.largestSize) },
      exponent: scale?.exponent ?? 0, denominator: scale?.denominator ?? .one
    ) { target in
      var start = 0
      for run in runs where run.count > 0 {
        precondition(run.isZero || (run.exponent == scale?.exponent && run.denominator == scale?.denominator))
        unsafe run.withEntries { source in
          for index in 0..<run.count {
            unsafe target.set(start + index, copying: source[index], size: source.sizes[index])
          }
        }
        start += run.count
      }
    }
  }

  /// The same numbers over a finer scale.
  ///
  /// - Precondition: `exponent` is at most the own one, and `denominator` a multiple of the own one.
  func rescaled(exponent: Int, denominator: Integer) -> ScaledIntegers {
    if exponent == self.exponent && denominator == self.denominator { return self }
    var factor = Integer.one << (self.exponent - exponent)
    if denominator != self.denominator { factor *= denominator.dividedExactly(by: self.denominator) }
    var result = multiplied(by: factor)
    result.exponent = exponent
    result.denominator = denominator
    return result
  }

  /// Both over one scale.
  static func aligned(_ left: ScaledIntegers, _ right: ScaledIntegers) -> (ScaledIntegers, ScaledIntegers) {
    if left.exponent == right.exponent && left.denominator == right.denominator { return (left, right) }
    // The exponent of zeros says nothing, and must not lengthen the other side.
    if left.isZero { return (ScaledIntegers(zerosLike: right), right) }
    if right.isZero { return (left, ScaledIntegers(zerosLike: left)) }
    let exponent = min(left.exponent, right.exponent)
    let denominator =
      left.denominator == right.denominator
      ? left.denominator : left.denominator.leastCommonMultiple(with: right.denominator)
    return (
      left.rescaled(exponent: exponent, denominator: denominator),
      right.rescaled(exponent: exponent, denominator: denominator)
    )
  }

  private init(zerosLike other: ScaledIntegers) {
    unsafe self.init(count: other.count, stride: 1, exponent: other.exponent, denominator: other.denominator) { _ in }
  }

  /// The same numbers in no more limbs than they need, a common power of two moved into the exponent. On most data this
  /// looks at one entry or two.
  func compacted() -> ScaledIntegers {
    if count == 0 { return self }
    let needed = max(largestSize, 1)
    let shift = commonTrailingZeroBitCount
    if shift == 0 && needed == stride { return self }
    let skipped = shift / UInt.bitWidth
    let bits = UInt32(shift % UInt.bitWidth)
    return unsafe withEntries { source in
      unsafe ScaledIntegers(
        count: count, stride: needed - skipped, exponent: exponent + shift, denominator: denominator
      ) { target in
        for index in 0..<count {
          let size = unsafe source.sizes[index]
          if size == 0 { continue }
          let (start, used) = unsafe (source[index] + skipped, Int(abs(size)) - skipped)
          if bits == 0 {
            unsafe target[index].update(from: start, count: used)
          } else {
            _ = unsafe mpn_rshift(target[index], start, used, bits)
          }
          unsafe target.finish(index, limbCount: used, isNegative: size < 0)
        }
      }
    }
  }

  /// How often 2 divides all entries; 0 if all are zero.
  private var commonTrailingZeroBitCount: Int {
    unsafe withEntries { source in
      var common = Int.max
      for index in 0..<count where unsafe source.sizes[index] != 0 {
        let entry = unsafe source[index]
        var own = 0
        while unsafe entry[own] == 0 { own += 1 }
        common = unsafe min(common, own * UInt.bitWidth + entry[own].trailingZeroBitCount)
        if common == 0 { break }
      }
      return common == .max ? 0 : common
    }
  }
}
