internal import CMPFR

extension ScaledIntegers {
  /// Shares the limbs.
  @usableFromInline
  func negated() -> ScaledIntegers {
    var result = self
    unsafe result.sizes.withUnsafeMutableBufferPointer { sizes in
      for index in sizes.indices { unsafe sizes[index] = -sizes[index] }
    }
    return result
  }

  /// Entry i where the i-th entry of `gate` is positive, 0 elsewhere; shares the limbs unless fewer would do.
  @usableFromInline
  func masked(wherePositive gate: ScaledIntegers) -> ScaledIntegers {
    precondition(count == gate.count, "a gate of \(gate.count) entries for a vector of \(count)")
    var result = self
    unsafe result.sizes.withUnsafeMutableBufferPointer { sizes in
      for index in sizes.indices where gate.sizes[index] <= 0 { unsafe sizes[index] = 0 }
    }
    return result.compacted()
  }

  @usableFromInline
  static func sum(_ left: ScaledIntegers, _ right: ScaledIntegers) -> ScaledIntegers {
    precondition(left.count == right.count, "vectors of \(left.count) and \(right.count) entries do not combine")
    if left.count == 0 { return left }
    let (left, right) = aligned(left, right)
    let result = unsafe left.withEntries { a in
      unsafe right.withEntries { b in
        unsafe ScaledIntegers(
          count: left.count, stride: max(left.largestSize, right.largestSize) + 1, exponent: left.exponent,
          denominator: left.denominator
        ) { target in
          for index in 0..<left.count {
            unsafe Limbs.add(target, index, a[index], a.sizes[index], b[index], b.sizes[index])
          }
        }
      }
    }
    return result.reducedIfLong().compacted()
  }

  @usableFromInline
  static func hadamard(_ left: ScaledIntegers, _ right: ScaledIntegers) -> ScaledIntegers {
    precondition(left.count == right.count, "vectors of \(left.count) and \(right.count) entries do not combine")
    if left.count == 0 { return left }
    let result = unsafe left.withEntries { a in
      unsafe right.withEntries { b in
        unsafe ScaledIntegers(
          count: left.count, stride: left.largestSize + right.largestSize,
          exponent: left.exponent + right.exponent, denominator: left.denominator * right.denominator
        ) { target in
          for index in 0..<left.count {
            unsafe Limbs.multiply(target, index, a[index], Int(a.sizes[index]), b[index], Int(b.sizes[index]))
          }
        }
      }
    }
    return result.reducedIfLong().compacted()
  }

  /// All products, row by row. The scale is the product of the scales: nothing is reduced.
  @usableFromInline
  static func outer(_ column: ScaledIntegers, _ row: ScaledIntegers) -> ScaledIntegers {
    if column.count == 0 || row.count == 0 { return ScaledIntegers(zeros: 0) }
    return unsafe column.withEntries { a in
      unsafe row.withEntries { b in
        unsafe ScaledIntegers(
          count: column.count * row.count, stride: column.largestSize + row.largestSize,
          exponent: column.exponent + row.exponent, denominator: column.denominator * row.denominator
        ) { target in
          for i in 0..<column.count {
            let (entry, size) = unsafe (a[i], Int(a.sizes[i]))
            if size == 0 { continue }
            for j in 0..<row.count {
              unsafe Limbs.multiply(target, i * row.count + j, entry, size, b[j], Int(b.sizes[j]))
            }
          }
        }
      }
    }
  }

  /// Where |nᵢ| is largest; nil for no entries.
  var indexOfLargestMagnitude: Int? {
    if count == 0 { return nil }
    return unsafe withEntries { entries in
      (1..<max(count, 1)).reduce(0) { best, index in
        let (own, other) = (abs(sizes[index]), abs(sizes[best]))
        if own != other { return own > other ? index : best }
        return unsafe own > 0 && mpn_cmp(entries[index], entries[best], Int(own)) > 0 ? index : best
      }
    }
  }
}
