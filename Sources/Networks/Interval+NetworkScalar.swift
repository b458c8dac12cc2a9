import ExactArithmetic

/// Enclosing evaluation: every entry of a result contains σ(a), or σ′(a), for every a in the entry it came from.
extension Interval: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<Interval>, in context: IntervalContext
  ) -> Vector<Interval> {
    switch activation {
    case .identity: drive
    default: Vector(drive.elements.map { $0.image(under: activation, in: context) })
    }
  }

  public static func slope(
    _ activation: Activation, at drive: Vector<Interval>, in context: IntervalContext
  ) -> Vector<Interval> {
    Vector(drive.elements.map { $0.slopes(of: activation, in: context) })
  }
}

extension Interval {
  /// The tightest enclosure of a function that is increasing over the interval.
  private func increasing(_ activation: Activation, in context: IntervalContext) -> Interval {
    Interval(
      lower: activation.value(at: lower), upper: activation.value(at: upper), precision: context.precision)
  }

  /// σ over the interval: tight where σ is monotone, by its turning points otherwise.
  func image(under activation: Activation, in context: IntervalContext) -> Interval {
    switch activation {
    case .identity: self
    case .tanh: tanh()
    case .logistic: logistic()
    case .softsign: softsign()
    case .relu, .hardTanh, .hardSigmoid, .clip, .cubic: increasing(activation, in: context)
    case .leakyRelu: between(activation.value, turningAt: [0], in: context)
    case .square: between(activation.value, turningAt: [0], in: context)
    case .quadratic: between(activation.value, turningAt: [Rational(-1, over: 2)], in: context)
    case .rational: between(activation.value, turningAt: [-1, 1], in: context)
    case .polynomial(let coefficients): horner(coefficients, in: context)
    case .opaque: preconditionFailure("\(activation) has no values")
    }
  }

  /// σ′ over the interval, at a kink the value from the left.
  func slopes(of activation: Activation, in context: IntervalContext) -> Interval {
    switch activation {
    case .tanh: tanhDerivative()
    case .logistic: logisticDerivative()
    case .softsign: softsignDerivative()
    case .identity: Interval(1, precision: context.precision)
    case .relu, .leakyRelu, .hardTanh, .hardSigmoid, .clip: stepSlopes(of: activation, in: context)
    case .square, .quadratic: increasingSlope(activation, in: context)
    case .cubic: between(activation.slope, turningAt: [0], in: context)
    case .rational: rationalSlopes(in: context)
    case .polynomial(let coefficients): horner(Activation.derivative(of: coefficients), in: context)
    case .opaque: preconditionFailure("\(activation) has no slopes")
    }
  }

  private func increasingSlope(_ activation: Activation, in context: IntervalContext) -> Interval {
    Interval(lower: activation.slope(at: lower), upper: activation.slope(at: upper), precision: context.precision)
  }

  /// The range of a continuous function that is monotone between its turning points: the ends and what lies inside.
  private func between(
    _ function: (Rational) -> Rational, turningAt points: [Rational], in context: IntervalContext
  ) -> Interval {
    let values = ([lower, upper] + points.filter(contains)).map(function)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    return Interval(lower: low, upper: high, precision: context.precision)
  }

  /// The slopes of a piecewise linear function: those at the ends, and those of every piece that begins inside.
  private func stepSlopes(of activation: Activation, in context: IntervalContext) -> Interval {
    var values = [activation.slope(at: lower), activation.slope(at: upper)]
    for kink in activation.kinks where kink >= lower && kink < upper {
      values.append(activation.slope(at: kink))
      values.append(activation.slopeRightOf(kink))
    }
    return Interval(lower: values.min() ?? 0, upper: values.max() ?? 0, precision: context.precision)
  }

  /// (1 − a²)/(1 + a²)², as a function of s = a²: falling until s = 3, where it is −1/8, then rising.
  private func rationalSlopes(in context: IntervalContext) -> Interval {
    let squares = between({ $0 * $0 }, turningAt: [0], in: context)
    func slope(_ square: Rational) -> Rational { (1 - square) / ((1 + square) * (1 + square)) }
    let points = [squares.lower, squares.upper] + (squares.contains(3) ? [3 as Rational] : [])
    let values = points.map(slope)
    return Interval(lower: values.min() ?? 0, upper: values.max() ?? 0, precision: context.precision)
  }

  /// Nested multiplication; encloses, and is exact up to rounding only on points.
  private func horner(_ coefficients: [Rational], in context: IntervalContext) -> Interval {
    coefficients.reversed().reduce(Interval(0, precision: context.precision)) {
      $0 * self + Interval($1, precision: context.precision)
    }
  }
}

extension Activation {
  /// Where a piecewise linear σ changes its slope, ascending.
  package var kinks: [Rational] {
    switch self {
    case .relu: [0]
    case .leakyRelu(let slope): slope == 1 ? [] : [0]
    case .hardTanh: [-1, 1]
    case .hardSigmoid(let alpha, let beta): [-beta / alpha, (1 - beta) / alpha]
    case .clip(let lower, let upper): [lower, upper].compactMap { $0 }
    default: []
    }
  }

  /// The slope of the piece that begins at a kink: that at a point before the next kink.
  func slopeRightOf(_ kink: Rational) -> Rational {
    let next = kinks.first { $0 > kink } ?? kink + 2
    return slope(at: (kink + next) / 2)
  }
}
