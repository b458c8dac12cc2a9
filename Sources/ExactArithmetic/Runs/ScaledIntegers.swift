internal import CMPFR

/// A run of numbers nᵢ · 2^exponent / denominator over one common scale, the nᵢ in flat limbs.
///
/// Sums of products over such runs need no gcd and no allocation per term: that is where exact dot products get their
/// speed. Entry i occupies `limbs[i * stride ..< i * stride + |sizes[i]|]`, little-endian; limbs beyond that are
/// unspecified. The sign of `sizes[i]` is that of the entry, 0 its absence.
///
/// The scale is not canonical: the same numbers may be held over different scales. ``canonicalized()`` makes it so.
@usableFromInline
struct ScaledIntegers: Sendable {
  @usableFromInline let count: Int
  /// Limbs reserved for each entry, at least 1.
  let stride: Int
  var sizes: [Int32]
  let limbs: LimbBuffer
  var exponent: Int
  /// Odd and positive.
  var denominator: Integer

  /// `body` writes all entries: their limbs and their sizes (which start as 0).
  init(
    count: Int, stride: Int, exponent: Int, denominator: Integer, writing body: (MutableEntries) -> Void
  ) {
    self.count = count
    self.stride = max(stride, 1)
    self.exponent = exponent
    self.denominator = denominator
    sizes = [Int32](repeating: 0, count: count)
    limbs = LimbBuffer(capacity: count * self.stride)
    if count == 0 { return }
    unsafe limbs.withLimbs { limbs in
      unsafe sizes.withUnsafeMutableBufferPointer { sizes in
        unsafe body(MutableEntries(sizes: sizes.baseAddress!, limbs: limbs, stride: self.stride))
      }
    }
  }

  /// `count` zeros.
  init(zeros count: Int) {
    unsafe self.init(count: count, stride: 1, exponent: 0, denominator: .one) { _ in }
  }

  /// - Precondition: there is at least one entry.
  func withEntries<Result>(_ body: (Entries) -> Result) -> Result {
    unsafe sizes.withUnsafeBufferPointer { sizes in
      unsafe limbs.withLimbs { limbs in
        unsafe body(Entries(sizes: sizes.baseAddress!, limbs: limbs, stride: stride))
      }
    }
  }

  /// The most limbs an entry uses; 0 if all are zero.
  var largestSize: Int {
    Int(sizes.reduce(0) { max($0, abs($1)) })
  }

  @usableFromInline
  var isZero: Bool { sizes.allSatisfy { $0 == 0 } }

  /// nᵢ.
  func mantissa(_ index: Int) -> Integer {
    let size = Int(sizes[index])
    if size == 0 { return .zero }
    return unsafe withEntries { entries in
      let entry = unsafe entries[index]
      if abs(size) == 1, let small = unsafe Int(exactly: entry[0]) { return Integer(size < 0 ? -small : small) }
      let large = LargeInteger()
      unsafe mpz_limbs_write(&large.value, abs(size))!.update(from: entry, count: abs(size))
      unsafe mpz_limbs_finish(&large.value, size)
      return Integer(large)
    }
  }

  /// The entry as a float, where it is one and is far from the ends of their range; `nil` otherwise.
  func double(_ index: Int) -> Double? {
    let size = Int(sizes[index])
    guard abs(size) <= 1, denominator == .one, abs(exponent) <= 512 else { return nil }
    if size == 0 { return 0 }
    let limb = unsafe withEntries { entries in unsafe entries[index][0] }
    guard limb <= 1 << 53 else { return nil }
    return Double(sign: size < 0 ? .minus : .plus, exponent: exponent, significand: Double(limb))
  }

  /// These entries, over the same scale.
  func gathered(_ indices: [Int]) -> ScaledIntegers {
    if indices.isEmpty { return ScaledIntegers(zeros: 0) }
    return unsafe withEntries { source in
      unsafe ScaledIntegers(
        count: indices.count, stride: stride, exponent: exponent, denominator: denominator
      ) { target in
        for (position, index) in indices.enumerated() {
          unsafe target.set(position, copying: source[index], size: source.sizes[index])
        }
      }
    }
  }
}

/// Pointers into the entries of a ``ScaledIntegers``, valid inside `withEntries` only.
@unsafe struct Entries {
  let sizes: UnsafePointer<Int32>
  let limbs: UnsafePointer<UInt>
  let stride: Int

  subscript(index: Int) -> UnsafePointer<UInt> {
    unsafe limbs + index * stride
  }
}

/// The same while entries are written.
@unsafe struct MutableEntries {
  let sizes: UnsafeMutablePointer<Int32>
  let limbs: UnsafeMutablePointer<UInt>
  let stride: Int

  subscript(index: Int) -> UnsafeMutablePointer<UInt> {
    unsafe limbs + index * stride
  }

  func set(_ index: Int, copying source: UnsafePointer<UInt>, size: Int32) {
    unsafe sizes[index] = size
    unsafe self[index].update(from: source, count: Int(abs(size)))
  }

  /// The size is that of `count` limbs without their leading zeros.
  func finish(_ index: Int, limbCount count: Int, isNegative: Bool) {
    let start = unsafe self[index]
    var used = count
    while unsafe used > 0 && start[used - 1] == 0 { used -= 1 }
    unsafe sizes[index] = Int32(isNegative ? -used : used)
  }

  /// - Precondition: the value has at most `stride` limbs.
  func set(_ index: Int, to value: Integer) {
    let magnitude = value.limbs
    for (offset, limb) in magnitude.enumerated() { unsafe self[index][offset] = limb }
    unsafe sizes[index] = Int32(value.sign * magnitude.count)
  }
}
