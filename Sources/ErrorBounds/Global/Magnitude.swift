import ExactArithmetic

/// A bound of something finite: a nonnegative rational, or infinity where no bound is known.
///
/// 0 · ∞ is 0: what has no known bound is finite all the same. Exact.
struct Magnitude: Sendable, Hashable {
  /// `nil` for infinity.
  let value: Rational?

  static let infinite = Magnitude(value: nil)
  static let zero = Magnitude(0)

  private init(value: Rational?) { self.value = value }

  /// - Precondition: nonnegative.
  init(_ value: Rational) {
    precondition(value.sign >= 0, "a magnitude of \(value)")
    self.value = value
  }

  /// Infinity for `nil`.
  init(_ value: Rational?) {
    self = value.map { Magnitude($0) } ?? .infinite
  }

  var isZero: Bool { value?.isZero ?? false }

  static func + (left: Magnitude, right: Magnitude) -> Magnitude {
    guard let a = left.value, let b = right.value else { return .infinite }
    return Magnitude(a + b)
  }

  static func * (left: Magnitude, right: Magnitude) -> Magnitude {
    if left.isZero || right.isZero { return .zero }
    guard let a = left.value, let b = right.value else { return .infinite }
    return Magnitude(a * b)
  }
}

extension Magnitude: Comparable {
  static func < (left: Magnitude, right: Magnitude) -> Bool {
    guard let a = left.value else { return false }
    return right.value.map { a < $0 } ?? true
  }
}

extension Magnitude: CustomStringConvertible {
  var description: String { value?.description ?? "∞" }
}

extension Magnitude {
  /// This bound, or a slightly larger one of twelve decimal digits where its own fraction is long.
  var tidied: Magnitude {
    guard let value, value.numerator.bitWidth + value.denominator.bitWidth > 128 else { return self }
    let text = NumberText.upper(value, digits: 12)
    guard let rounded = try? Rational(parsing: text), rounded >= value else { return self }
    return Magnitude(rounded)
  }
}
