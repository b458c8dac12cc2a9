import ExactArithmetic
internal import Synchronization

/// Static forms by the radii of their box, each made once while the keeper has room for it.
final class StaticFormsCache<S: BoundingScalar>: Sendable {
  private struct Radii: Hashable {
    let input: Rational
    let target: Rational
  }

  private let keeper: FormsKeeper
  private let made = Mutex<[Radii: StaticForms<S>]>([:])

  init(_ keeper: FormsKeeper) {
    self.keeper = keeper
  }

  /// - Parameter bytes: about what the forms hold.
  func forms(
    _ radii: (input: Rational, target: Rational), bytes: Double, _ make: () -> StaticForms<S>
  ) -> StaticForms<S> {
    let key = Radii(input: radii.input, target: radii.target)
    if let known = made.withLock({ $0[key] }) { return known }
    // Made outside the lock: threads that ask at once make the same forms, and one of them is kept.
    let forms = make()
    let isNew = made.withLock { $0.updateValue(forms, forKey: key) == nil }
    if isNew { keeper.keep(bytes: bytes) { [weak self] in self?.made.withLock { $0[key] = nil } } }
    return forms
  }
}

/// Bounds what all caches of forms hold together: the oldest are let go, and made again by whoever asks.
public final class FormsKeeper: Sendable {
  private struct Kept {
    let bytes: Double
    let drop: @Sendable () -> Void
  }

  private let limit: Double
  private let kept = Mutex<[Kept]>([])

  /// - Parameter bytes: the most that is kept beside the newest.
  public init(bytes: Int) {
    limit = Double(bytes)
  }

  func keep(bytes: Double, drop: @escaping @Sendable () -> Void) {
    let old = kept.withLock { kept in
      kept.append(Kept(bytes: bytes, drop: drop))
      var (total, count) = (kept.reduce(0) { $0 + $1.bytes }, 0)
      while total > limit, count < kept.count - 1 {
        total -= kept[count].bytes
        count += 1
      }
      defer { kept.removeFirst(count) }
      return Array(kept.prefix(count))
    }
    // Outside the lock: each takes that of its own cache.
    for entry in old { entry.drop() }
  }
}
