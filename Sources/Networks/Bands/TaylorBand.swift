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

  /// - Parameter reach: |x − centre| at most.
  init?(_ function: DriveFunction, centre: Interval, reach: Double) {
    guard reach <= Self.largestRadius else { return nil }
    let one = Interval(point: 1, precision: centre.precision)
    let value: Interval
    let derivatives: (Interval, Interval, Interval)
    let fifth: Double
    switch function.activation {
    case .tanh:
      value = centre.tanh()
      let q = one - value.squared()
      derivatives = (q, (value * q).scaled(by: -2), q * (one.scaled(by: 4) - q.scaled(by: 6)))
      fifth = function.order == .value ? Self.fourthOfTanh : Self.fifthOfTanh
    case .logistic:
      value = centre.logistic()
      let p = value * (one - value)
      derivatives = (p, p * (one - value.scaled(by: 2)), p * (one - p.scaled(by: 6)))
      fifth = function.order == .value ? Self.fourthOfTanh / 32 : Self.fifthOfTanh / 64
    default: return nil
    }
    let fourth = Self.fourth(function.activation, value, derivatives.0, one)
    let (height, first, second, third) =
      function.order == .value
      ? (value, derivatives.0, derivatives.1, derivatives.2) : (derivatives.0, derivatives.1, derivatives.2, fourth)
    let steepness = first.ball
    let r = Interval(point: reach, precision: centre.precision)
    let square = r.squared()
    // ½ f″ α² with α² in [0, r²].
    let bend = (second * square).scaled(by: 0.5)
    let zero = Interval(point: 0, precision: centre.precision)
    let cubic = (third.absoluteValue + r.scaled(by: fifth)) * square * r
    let rest = (cubic.scaled(by: 0x1.5555555555556p-3) + r.scaled(by: steepness.radius)).doubles.upper
    let centred = height - centre.scaled(by: steepness.middle)
    line = LinearBand(
      slope: steepness.middle, band: (centred + zero.hull(bend)).widened(low: -rest, high: rest))
  }

  /// f⁗ of σ at the centre: −8tq(1 − 3q) for tanh, p(1 − 2s)(1 − 12p) for logistic.
  private static func fourth(_ activation: Activation, _ value: Interval, _ slope: Interval, _ one: Interval)
    -> Interval
  {
    activation == .tanh
      ? (value * slope * (one - slope.scaled(by: 3))).scaled(by: -8)
      : slope * (one - value.scaled(by: 2)) * (one - slope.scaled(by: 12))
  }
}
