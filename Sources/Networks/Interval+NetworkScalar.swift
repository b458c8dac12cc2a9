import ExactArithmetic

/// Enclosing evaluation: every entry of a result contains σ(a), or σ′(a), for every a in the entry it came from.
extension Interval: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<Interval>, in context: IntervalContext
  ) -> Vector<Interval> {
    switch activation {
    case .identity: drive
    default:
      Vector(drive.elements.enumerated().map { $0.element.image(under: activation.unit($0.offset), in: context) })
    }
  }

  public static func slope(
    _ activation: Activation, at drive: Vector<Interval>, in context: IntervalContext
  ) -> Vector<Interval> {
    Vector(drive.elements.enumerated().map { $0.element.slopes(of: activation.unit($0.offset), in: context) })
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
    case .elu(let alpha): exponentialUnit(0, alpha: alpha, gamma: 1)
    case .selu: exponentialUnit(0, alpha: Activation.seluAlpha, gamma: Activation.seluGamma)
    case .softplus, .gelu, .geluTanh, .swish, .mish: smooth(0, activation)
    case .hardSwish: between(activation.value, turningAt: [Rational(-3, over: 2)], in: context)
    case .prelu: preconditionFailure("prelu has a slope per unit: ask unit(_:)")
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
    case .elu(let alpha): exponentialUnit(1, alpha: alpha, gamma: 1)
    case .selu: exponentialUnit(1, alpha: Activation.seluAlpha, gamma: Activation.seluGamma)
    case .softplus, .gelu, .geluTanh, .swish, .mish: smooth(1, activation)
    // −1/2 is the limit at −3 from the right, 3/2 the value at 3; between them it rises.
    case .hardSwish: between(activation.slope, turningAt: [3], in: context, limits: [(-3, Rational(-1, over: 2))])
    case .prelu: preconditionFailure("prelu has a slope per unit: ask unit(_:)")
    case .opaque: preconditionFailure("\(activation) has no slopes")
    }
  }

  func smooth(_ order: Int, _ activation: Activation) -> Interval {
    guard let smooth = SmoothActivation(activation) else { preconditionFailure("\(activation) is not smooth") }
    return smooth.derivative(order, over: self)
  }

  /// gamma · elu(alpha) and its derivatives: that of the straight piece right of 0, of the exponential left of it (and at
  /// 0), and where the interval has parts of both, what encloses both.
  func exponentialUnit(_ order: Int, alpha: Rational, gamma: Rational) -> Interval {
    func number(_ value: Rational) -> Interval { Interval(value, precision: max(precision, 53)) }
    let left = number(alpha * gamma) * (order == 0 ? negativeExponentialMinusOne() : negativeExponential())
    if upper.sign <= 0, order < 2 || upper.sign < 0 { return left }
    let right =
      order == 0 ? number(gamma) * Interval.maximum(self, number(0)) : order == 1 ? number(gamma) : number(0)
    return lower.sign > 0 ? right : left.hull(right)
  }

  private func increasingSlope(_ activation: Activation, in context: IntervalContext) -> Interval {
    Interval(lower: activation.slope(at: lower), upper: activation.slope(at: upper), precision: context.precision)
  }

  /// The range of a function that is monotone between its turning points: the ends and what lies inside.
  ///
  /// - Parameter limits: of a function that jumps, its limits from the right.
  private func between(
    _ function: (Rational) -> Rational, turningAt points: [Rational], in context: IntervalContext,
    limits: [(place: Rational, value: Rational)] = []
  ) -> Interval {
    let values =
      ([lower, upper] + points.filter(contains)).map(function)
      + limits.filter { $0.place >= lower && $0.place < upper }.map(\.value)
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
  /// Where σ′ jumps, ascending.
  package var kinks: [Rational] {
    switch self {
    case .relu: [0]
    case .leakyRelu(let slope): slope == 1 ? [] : [0]
    case .hardTanh: [-1, 1]
    case .hardSigmoid(let alpha, let beta): [-beta / alpha, (1 - beta) / alpha]
    case .clip(let lower, let upper): [lower, upper].compactMap { $0 }
    case .elu(let alpha): alpha == 1 ? [] : [0]
    case .selu: [0]
    case .hardSwish: [-3, 3]
    case .prelu: isAffine ? [] : [0]
    default: []
    }
  }

  /// The slope of the piece that begins at a kink: that at a point before the next kink.
  func slopeRightOf(_ kink: Rational) -> Rational {
    let next = kinks.first { $0 > kink } ?? kink + 2
    return slope(at: (kink + next) / 2)
  }
}
