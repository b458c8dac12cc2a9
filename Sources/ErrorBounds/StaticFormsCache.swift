import ExactArithmetic
internal import Synchronization

/// Static forms by the radii of their box, each made once.
final class StaticFormsCache<S: BoundingScalar>: Sendable {
  private struct Radii: Hashable {
    let input: Rational
    let target: Rational
  }

  private let made = Mutex<[Radii: StaticForms<S>]>([:])

  func forms(_ radii: (input: Rational, target: Rational), _ make: () -> StaticForms<S>) -> StaticForms<S> {
    let key = Radii(input: radii.input, target: radii.target)
    if let known = made.withLock({ $0[key] }) { return known }
    // Made outside the lock: threads that ask at once make the same forms, and one of them is kept.
    let forms = make()
    made.withLock { $0[key] = forms }
    return forms
  }
}
