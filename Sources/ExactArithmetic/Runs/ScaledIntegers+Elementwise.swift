extension ScaledIntegers {
  /// Shares the limbs.
  func negated() -> ScaledIntegers {
    var result = self
    for index in sizes.indices { result.sizes[index] = -sizes[index] }
    return result
  }

  /// Entry i is kept where `keep(i)`, 0 elsewhere; shares the limbs.
  func keeping(where keep: (Int) -> Bool) -> ScaledIntegers {
    var result = self
    for index in sizes.indices where !keep(index) { result.sizes[index] = 0 }
    return result
  }

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
    return (1..<max(count, 1)).reduce(0) { best, index in
      let (own, other) = (abs(sizes[index]), abs(sizes[best]))
      if own != other { return own > other ? index : best }
      for offset in Swift.stride(from: Int(own) - 1, through: 0, by: -1) {
        let (a, b) = (limbs[index * stride + offset], limbs[best * stride + offset])
        if a != b { return a > b ? index : best }
      }
      return best
    }
  }
}
