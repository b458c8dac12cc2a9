internal import CMPFR

/// Operations on single entries: signed sizes as in ``ScaledIntegers``.
@unsafe enum Limbs {
  /// target[index] = left · right; there is room for both sizes together.
  @inline(__always)
  static func multiply(
    _ target: MutableEntries, _ index: Int,
    _ left: UnsafePointer<UInt>, _ leftSize: Int, _ right: UnsafePointer<UInt>, _ rightSize: Int
  ) {
    if leftSize == 0 || rightSize == 0 {
      unsafe target.sizes[index] = 0
      return
    }
    let (m, n) = (abs(leftSize), abs(rightSize))
    let entry = unsafe target[index]
    let top: UInt
    if n == 1 {
      top = unsafe mpn_mul_1(entry, left, m, right[0])
      unsafe entry[m] = top
    } else if m == 1 {
      top = unsafe mpn_mul_1(entry, right, n, left[0])
      unsafe entry[n] = top
    } else if m >= n {
      top = unsafe mpn_mul(entry, left, m, right, n)
    } else {
      top = unsafe mpn_mul(entry, right, n, left, m)
    }
    let size = Int32(m + n - (top == 0 ? 1 : 0))
    unsafe target.sizes[index] = (leftSize < 0) == (rightSize < 0) ? size : -size
  }

  /// accumulator += left · right, all magnitudes; the accumulator has room for the sum and is at least one limb longer
  /// than both together.
  @inline(__always)
  static func multiplyAdd(
    _ accumulator: UnsafeMutablePointer<UInt>,
    _ left: UnsafePointer<UInt>, _ leftSize: Int, _ right: UnsafePointer<UInt>, _ rightSize: Int
  ) {
    if leftSize == 1 {
      unsafe addProduct(accumulator, right, rightSize, left[0])
    } else if rightSize == 1 {
      unsafe addProduct(accumulator, left, leftSize, right[0])
    } else if leftSize >= rightSize {
      for offset in 0..<rightSize { unsafe addProduct(accumulator + offset, left, leftSize, right[offset]) }
    } else {
      for offset in 0..<leftSize { unsafe addProduct(accumulator + offset, right, rightSize, left[offset]) }
    }
  }

  @inline(__always)
  static func addProduct(
    _ accumulator: UnsafeMutablePointer<UInt>, _ operand: UnsafePointer<UInt>, _ size: Int, _ factor: UInt
  ) {
    var carry = unsafe mpn_addmul_1(accumulator, operand, size, factor)
    var position = size
    while carry != 0 {
      let (sum, overflow) = unsafe accumulator[position].addingReportingOverflow(carry)
      unsafe accumulator[position] = sum
      carry = overflow ? 1 : 0
      position += 1
    }
  }

  /// target[index] = positive − negative, both `width` limbs.
  @inline(__always)
  static func difference(
    _ target: MutableEntries, _ index: Int,
    _ positive: UnsafePointer<UInt>, _ negative: UnsafePointer<UInt>, _ width: Int
  ) {
    var used = width
    while unsafe used > 0 && positive[used - 1] == negative[used - 1] { used -= 1 }
    if used == 0 {
      unsafe target.sizes[index] = 0
      return
    }
    let isNegative = unsafe positive[used - 1] < negative[used - 1]
    let (larger, smaller) = unsafe isNegative ? (negative, positive) : (positive, negative)
    _ = unsafe mpn_sub_n(target[index], larger, smaller, used)
    unsafe target.finish(index, limbCount: used, isNegative: isNegative)
  }

  /// target[index] = left + right; there is room for one limb more than the longer one.
  static func add(
    _ target: MutableEntries, _ index: Int,
    _ left: UnsafePointer<UInt>, _ leftSize: Int32, _ right: UnsafePointer<UInt>, _ rightSize: Int32
  ) {
    if abs(leftSize) < abs(rightSize) {
      unsafe add(target, index, right, rightSize, left, leftSize)
      return
    }
    if rightSize == 0 {
      unsafe target.set(index, copying: left, size: leftSize)
      return
    }
    let (m, n) = (Int(abs(leftSize)), Int(abs(rightSize)))
    let entry = unsafe target[index]
    if (leftSize < 0) == (rightSize < 0) {
      unsafe entry[m] = mpn_add(entry, left, m, right, n)
      unsafe target.finish(index, limbCount: m + 1, isNegative: leftSize < 0)
    } else if unsafe m > n || mpn_cmp(left, right, m) >= 0 {
      _ = unsafe mpn_sub(entry, left, m, right, n)
      unsafe target.finish(index, limbCount: m, isNegative: leftSize < 0)
    } else {
      _ = unsafe mpn_sub(entry, right, n, left, m)
      unsafe target.finish(index, limbCount: n, isNegative: rightSize < 0)
    }
  }
}
