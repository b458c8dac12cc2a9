internal import CMPFR

extension Rational: Comparable, Hashable {
  public static func == (left: Rational, right: Rational) -> Bool {
    switch (left.representation, right.representation) {
    case (.small(let a, let b), .small(let c, let d)): a == c && b == d
    case (.large(let a), .large(let b)): unsafe a === b || mpq_equal(&a.value, &b.value) != 0
    default: false
    }
  }

  public static func < (left: Rational, right: Rational) -> Bool {
    if case .small(let a, let b) = left.representation, case .small(let c, let d) = right.representation {
      if b == d { return a < c }
      return a.multipliedFullWidth(by: d) < c.multipliedFullWidth(by: b)
    }
    let (left, right) = (left.boxed, right.boxed)
    return unsafe mpq_cmp(&left.value, &right.value) < 0
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(numerator)
    hasher.combine(denominator)
  }
}
