/// Pairs of accumulators for sums of signed products: what is added and what is subtracted.
///
/// Two of them, so that a sum that wanders around zero does not carry through all its limbs at every change of sign.
@unsafe struct Accumulators {
  let limbs: UnsafeMutablePointer<UInt>
  let width: Int

  /// `count` pairs, all zero.
  static func withPairs(_ count: Int, width: Int, _ body: (Accumulators) -> Void) {
    unsafe withUnsafeTemporaryAllocation(of: UInt.self, capacity: 2 * count * width) { buffer in
      unsafe buffer.initialize(repeating: 0)
      unsafe body(Accumulators(limbs: buffer.baseAddress!, width: width))
    }
  }

  func clear(_ count: Int) {
    unsafe limbs.update(repeating: 0, count: 2 * count * width)
  }

  @inline(__always)
  func add(
    _ pair: Int, _ left: UnsafePointer<UInt>, _ leftSize: Int, _ right: UnsafePointer<UInt>, _ rightSize: Int
  ) {
    // 1 where the signs differ; without a branch, since signs are as good as random.
    let isNegative = Int(bitPattern: UInt(bitPattern: leftSize ^ rightSize) >> UInt(UInt.bitWidth - 1))
    let accumulator = unsafe limbs + (2 * pair + isNegative) * width
    unsafe Limbs.multiplyAdd(accumulator, left, abs(leftSize), right, abs(rightSize))
  }

  @inline(__always)
  func finish(_ pair: Int, _ target: MutableEntries, _ index: Int) {
    let positive = unsafe limbs + 2 * pair * width
    unsafe Limbs.difference(target, index, positive, positive + width, width)
  }
}
