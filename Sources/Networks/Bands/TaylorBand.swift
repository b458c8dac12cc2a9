import ExactArithmetic

/// Encloses f(a) − f′(c) a near a point c for tanh and logistic, by Taylor's formula of second order: one evaluation of σ.
///
/// f(c + α) = f + f′α + ½f″α² + f‴(ξ)α³/6 with α² in [0, r²]: the band is about half as wide as that of first order.
/// The last term is bounded by |f‴(c)| + r · sup|f⁗|. Suprema: |tanh⁗| ≤ 4.1, |tanh⁽⁵⁾| ≤ 16, and for
/// logistic(a) = ½ + ½ tanh(a/2) the same over 2⁵ and 2⁶; a test encloses them on the whole line.
struct TaylorBand {
  /// Beyond this radius a band by convex pieces is the better one.
  static let largestRadius = 0.25

  static let fourthOfTanh = 4.1
  static let fifthOfTanh = 16.0

  let line: LinearBand

  /// - Parameters:
  ///   - value: σ at the centre, enclosed.
  ///   - reach: |x − centre| at most.
  init?(_ function: DriveFunction, centre: Interval, value: Interval, reach: Double) {
    guard reach <= Self.largestRadius else { return nil }
    let ends = value.doubles
    let t = Bracket(ends.lower, ends.upper)
    let one = Bracket(1)
    let isTanh = function.activation == .tanh
    // The derivatives of σ at the centre: q = 1 − t² for tanh, p = s(1 − s) for logistic.
    let q = isTanh ? one - t * t : t * (one - t)
    let second = isTanh ? Bracket(-2) * t * q : q * (one - Bracket(2) * t)
    let third = isTanh ? q * (Bracket(4) - Bracket(6) * q) : q * (one - Bracket(6) * q)
    let steepness: (middle: Double, radius: Double)
    let (bend, cubic): (Bracket, Double)
    let height: Interval
    switch function.order {
    case .value:
      (steepness, height) = (q.ball, value)
      let fourth = isTanh ? Self.fourthOfTanh : Self.fourthOfTanh / 32
      (bend, cubic) = (second, (third.magnitude + (fourth * reach).nextUp).nextUp)
    case .slope:
      // −8tq(1 − 3q) for tanh, p(1 − 2s)(1 − 12p) for logistic.
      let fourth =
        isTanh
        ? Bracket(-8) * t * q * (one - Bracket(3) * q) : q * (one - Bracket(2) * t) * (one - Bracket(12) * q)
      let fifth = isTanh ? Self.fifthOfTanh : Self.fifthOfTanh / 64
      steepness = second.ball
      let unit = Interval(point: 1, precision: value.precision)
      height = isTanh ? unit - value.squared() : value * (unit - value)
      (bend, cubic) = (third, (fourth.magnitude + (fifth * reach).nextUp).nextUp)
    }
    let r = Bracket(reach)
    // ½ f″ α² with α² in [0, r²], and the cubic rest.
    let bow = Bracket(0.5) * bend * r * r
    let rest =
      Bracket(cubic) * r * r * r * Bracket(0x1.5555555555556p-3) + Bracket(steepness.radius) * r
    guard rest.upper.isFinite, bow.lower.isFinite, bow.upper.isFinite else { return nil }
    let centred = height - centre.scaled(by: steepness.middle)
    let (low, high) = ((min(bow.lower, 0) - rest.upper).nextDown, (max(bow.upper, 0) + rest.upper).nextUp)
    line = LinearBand(slope: steepness.middle, band: centred.widened(low: low, high: high))
  }
}
