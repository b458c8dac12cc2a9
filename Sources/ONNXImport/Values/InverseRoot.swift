import ExactArithmetic

/// scale/√radicand, correctly rounded to a double (to nearest, ties to even), as the dyadic number that the double is.
struct InverseRoot {
  let factor: Rational
  /// Nothing was rounded.
  let isExact: Bool

  /// - Throws: if the radicand is not positive or the factor exceeds the doubles.
  init(scale: Rational, radicand: Rational) throws(OperatorProblem) {
    guard radicand.sign > 0 else {
      throw .malformed("variance + epsilon is \(NumberText.brief(radicand, digits: 6)), which is not positive")
    }
    let square = scale * scale / radicand
    let magnitude = try Self.nearestRoot(of: square)
    let root = Rational(finite: magnitude)
    factor = scale.sign < 0 ? -root : root
    isExact = root * root == square
  }

  /// The double nearest to √square. Bisection over the doubles, which are ordered as their bit patterns; each step is
  /// decided by exact squares, so that no rounded number decides.
  private static func nearestRoot(of square: Rational) throws(OperatorProblem) -> Double {
    var low: UInt64 = 0
    var high = Double.greatestFiniteMagnitude.bitPattern
    func isAtMostRoot(_ bits: UInt64) -> Bool {
      let value = Rational(finite: Double(bitPattern: bits))
      return value * value <= square
    }
    guard !isAtMostRoot(high) else { throw .malformed("the factor scale/√(variance + epsilon) exceeds a double") }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isAtMostRoot(middle) { low = middle } else { high = middle }
    }
    let (below, above) = (Double(bitPattern: low), Double(bitPattern: high))
    let midpoint = (Rational(finite: below) + Rational(finite: above)) / 2
    let distance = midpoint * midpoint
    if distance == square { return low.isMultiple(of: 2) ? below : above }
    return distance < square ? above : below
  }
}
