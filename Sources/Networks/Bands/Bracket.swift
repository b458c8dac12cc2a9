/// A small interval in floats, rounded outward by one float at every operation: what the coefficients of a band need.
///
/// Not for results: ``Interval`` is. Overflow makes an end infinite, which stays an enclosure.
struct Bracket {
  let lower: Double
  let upper: Double

  init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  init(_ point: Double) { self.init(point, point) }

  static func + (left: Bracket, right: Bracket) -> Bracket {
    Bracket((left.lower + right.lower).nextDown, (left.upper + right.upper).nextUp)
  }

  static func - (left: Bracket, right: Bracket) -> Bracket {
    Bracket((left.lower - right.upper).nextDown, (left.upper - right.lower).nextUp)
  }

  static func * (left: Bracket, right: Bracket) -> Bracket {
    let (a, b, c, d) = (
      left.lower * right.lower, left.lower * right.upper, left.upper * right.lower, left.upper * right.upper
    )
    return Bracket(min(min(a, b), min(c, d)).nextDown, max(max(a, b), max(c, d)).nextUp)
  }

  var magnitude: Double { max(lower.magnitude, upper.magnitude) }

  /// A float near the middle, and a radius that reaches both ends.
  var ball: (middle: Double, radius: Double) {
    let middle = lower + (upper - lower) / 2
    return (middle, max((upper - middle).nextUp, (middle - lower).nextUp))
  }
}
