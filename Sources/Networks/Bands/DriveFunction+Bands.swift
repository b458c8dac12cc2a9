import ExactArithmetic

extension DriveFunction {
  /// Encloses f(a) − slope · a for every a of the range.
  ///
  /// Sound for every finite slope; tight when the slope is near those of f there.
  public func band(slope: Double, over range: Interval) -> Interval {
    if isPiecewiseLinear { return PiecewiseLinearBand(self, slope: slope, over: range).band }
    if hasKink(inside: range) {
      // Curved pieces that meet in a kink or jump: the plain range, whatever the slope.
      return values(over: range) - Interval(point: slope, precision: max(range.precision, 64)) * range
    }
    guard let band = ConvexBand(self, slope: slope, over: range).band else {
      preconditionFailure("no band of \(activation) over \(range)")
    }
    return band
  }

  /// f over the range, enclosed.
  public func values(over range: Interval) -> Interval { derivative(0, over: range) }

  /// A slope that makes the band narrow: that of the chord, or 0 for a jump.
  public func chordSlope(over range: Interval) -> Double {
    let (low, high) = range.doubles
    guard order == .value || !(isPiecewiseLinear || hasKink(inside: range)) else { return 0 }
    let width = high - low
    let rise = derivative(0, over: range.upperPoint) - derivative(0, over: range.lowerPoint)
    let chord = rise.ball.middle / width
    if chord.isFinite, width > 0x1p-500 { return chord }
    // Too narrow for a chord in floats: the tangent. Where that is beyond the floats too, no slope is a good one.
    let tangent = derivative(1, over: range.lowerPoint).ball.middle
    return tangent.isFinite ? tangent : 0
  }

  /// Whether Taylor's formula is used near a point, which then needs σ there.
  func usesTaylor(low: Double, high: Double) -> Bool {
    (activation == .tanh || activation == .logistic) && max(-low, high) <= TaylorBand.largestRadius
  }

  /// The same, σ at the centre computed here.
  func line(centre: Interval, low: Double, high: Double) -> LinearBand {
    line(centre: centre, low: low, high: high) {
      centre.image(under: activation, in: IntervalContext(precision: max(centre.precision, 64)))
    }
  }

  /// A good line for f over the range of a form, whose centre and reach are given.
  ///
  /// - Parameter value: σ at the centre, asked for at most once.
  func line(centre: Interval, low: Double, high: Double, value: () -> Interval) -> LinearBand {
    if let constant = constantLine(centre: centre, low: low, high: high) { return constant }
    if usesTaylor(low: low, high: high),
      let taylor = TaylorBand(self, centre: centre, value: value(), reach: max(-low, high))
    {
      return taylor.line
    }
    let range = centre.widened(low: low, high: high)
    let slope = chordSlope(over: range)
    return LinearBand(slope: slope, band: band(slope: slope, over: range), range: values(over: range))
  }

  /// The common cases in which f is one straight piece over the whole range.
  private func constantLine(centre: Interval, low: Double, high: Double) -> LinearBand? {
    let zero = Interval(point: 0, precision: max(centre.precision, 53))
    let one = Interval(point: 1, precision: max(centre.precision, 53))
    switch activation {
    case .identity: return order == .value ? LinearBand(slope: 1, band: zero) : LinearBand(slope: 0, band: one)
    case .relu:
      let range = centre.doubles
      if (range.lower + low).nextDown > 0 {
        return order == .value ? LinearBand(slope: 1, band: zero) : LinearBand(slope: 0, band: one)
      }
      if (range.upper + high).nextUp < 0 { return LinearBand(slope: 0, band: zero) }
      return nil
    default: return nil
    }
  }
}
