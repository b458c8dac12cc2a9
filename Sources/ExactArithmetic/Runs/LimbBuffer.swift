internal import Synchronization

/// The owner of the limbs of one run, written once and then only read.
///
/// Readers go through ``withLimbs(_:)``, which keeps the owner alive: a pointer kept beside the object would not.
@usableFromInline
@safe final class LimbBuffer: @unchecked Sendable {
  private let start: UnsafeMutablePointer<UInt>
  private let capacity: Int

  /// Room for `capacity` limbs, unspecified until written.
  init(capacity: Int) {
    self.capacity = capacity
    unsafe start = LimbPool.take(capacity)
  }

  deinit {
    unsafe LimbPool.give(start, capacity)
  }

  @inline(__always)
  func withLimbs<Result>(_ body: (UnsafeMutablePointer<UInt>) -> Result) -> Result {
    withExtendedLifetime(self) { unsafe body(start) }
  }
}

/// Keeps large blocks for the next run instead of handing them back to the system.
///
/// Results of 64 × 64 entries are past the size from which malloc maps fresh pages for each block and unmaps them after:
/// the page faults then take more than half of the time of an exact backward pass.
private enum LimbPool {
  /// Blocks of 2ᵏ limbs for k in these bounds are kept (32 KiB to 32 MiB).
  static let exponents = 12...22
  /// No more than this is kept (64 MiB).
  static let limbLimit = 1 << 23

  struct Blocks {
    /// Addresses by exponent.
    var free = [[UInt]](repeating: [], count: exponents.upperBound + 1)
    var limbs = 0
  }

  static let blocks = Mutex(Blocks())

  /// The exponent of the block that holds `capacity` limbs, if such blocks are kept.
  static func exponent(_ capacity: Int) -> Int? {
    let exponent = Int.bitWidth - max(capacity - 1, 0).leadingZeroBitCount
    return exponents.contains(exponent) ? exponent : nil
  }

  static func take(_ capacity: Int) -> UnsafeMutablePointer<UInt> {
    guard let exponent = exponent(capacity) else { return .allocate(capacity: max(capacity, 1)) }
    let address = blocks.withLock { blocks -> UInt? in
      guard let address = blocks.free[exponent].popLast() else { return nil }
      blocks.limbs -= 1 << exponent
      return address
    }
    if let address { return unsafe UnsafeMutablePointer(bitPattern: address)! }
    return .allocate(capacity: 1 << exponent)
  }

  static func give(_ start: UnsafeMutablePointer<UInt>, _ capacity: Int) {
    if let exponent = exponent(capacity) {
      let address = UInt(bitPattern: start)
      let isKept = blocks.withLock { blocks in
        guard blocks.limbs + (1 << exponent) <= limbLimit else { return false }
        blocks.free[exponent].append(address)
        blocks.limbs += 1 << exponent
        return true
      }
      if isKept { return }
    }
    unsafe start.deallocate()
  }
}
