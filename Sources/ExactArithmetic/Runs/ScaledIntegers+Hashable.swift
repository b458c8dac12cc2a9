internal import CMPFR

extension ScaledIntegers: Hashable {
  @usableFromInline
  static func == (left: ScaledIntegers, right: ScaledIntegers) -> Bool {
    if left.count != right.count { return false }
    if left.exponent == right.exponent && left.denominator == right.denominator { return left.hasSameIntegers(right) }
    let (left, right) = (left.canonicalized(), right.canonicalized())
    return left.exponent == right.exponent && left.denominator == right.denominator && left.hasSameIntegers(right)
  }

  private func hasSameIntegers(_ other: ScaledIntegers) -> Bool {
    if sizes != other.sizes { return false }
    if count == 0 { return true }
    return unsafe withEntries { left in
      unsafe other.withEntries { right in
        (0..<count).allSatisfy { index in
          let size = unsafe Int(abs(left.sizes[index]))
          return unsafe size == 0 || mpn_cmp(left[index], right[index], size) == 0
        }
      }
    }
  }

  @usableFromInline
  func hash(into hasher: inout Hasher) {
    let canonical = canonicalized()
    hasher.combine(count)
    hasher.combine(canonical.exponent)
    hasher.combine(canonical.denominator)
    for index in 0..<count { hasher.combine(canonical.mantissa(index)) }
  }
}

extension ScaledIntegers {
  /// Divides entries and denominator by what they all have in common.
  ///
  /// - Complexity: one gcd of the denominator's size on most data.
  func reduced() -> ScaledIntegers {
    if denominator == .one { return self }
    var common = denominator
    for index in 0..<count where sizes[index] != 0 {
      common = common.greatestCommonDivisor(with: mantissa(index))
      if common == .one { return self }
    }
    return unsafe ScaledIntegers(
      count: count, stride: stride, exponent: exponent, denominator: denominator.dividedExactly(by: common)
    ) { target in
      for index in 0..<count { unsafe target.set(index, to: mantissa(index).dividedExactly(by: common)) }
    }
  }

  /// ``reduced()`` once the denominator is long. A short one costs less to carry along than to look for what the entries
  /// have in common with it, and the result is the same number.
  func reducedIfLong() -> ScaledIntegers {
    denominator.bitWidth > 512 ? reduced() : self
  }

  /// The one form of these numbers: equal runs have equal canonical forms.
  func canonicalized() -> ScaledIntegers {
    if isZero { return ScaledIntegers(zeros: count) }
    return reduced().compacted()
  }
}
