internal import CMPFR

extension Integer: Comparable, Hashable {
  public static func == (left: Integer, right: Integer) -> Bool {
    switch (left.representation, right.representation) {
    case (.small(let a), .small(let b)): a == b
    case (.large(let a), .large(let b)): unsafe a === b || mpz_cmp(&a.value, &b.value) == 0
    default: false
    }
  }

  public static func < (left: Integer, right: Integer) -> Bool {
    if let a = left.small, let b = right.small { return a < b }
    let (left, right) = (left.boxed, right.boxed)
    return unsafe mpz_cmp(&left.value, &right.value) < 0
  }

  public func hash(into hasher: inout Hasher) {
    if let small {
      hasher.combine(small)
    } else {
      hasher.combine(sign)
      hasher.combine(limbs)
    }
  }
}
