import ExactArithmetic

extension Activation {
  /// A rational r ≥ |σ′(a)| for all |a| ≤ reach, or `nil` for an operator without values.
  ///
  /// The least such number over all reals for what is not a polynomial: 1/4 for the logistic, 1 for tanh, softsign and
  /// a/(1 + a²), each at 0.
  public func slopeBound(within reach: Rational) -> Rational? {
    switch self {
    case .identity, .relu, .hardTanh, .softsign, .tanh, .rational, .clip: Rational(1)
    case .leakyRelu(let slope): Swift.max(Rational(1), slope.magnitude)
    case .hardSigmoid(let alpha, _): alpha.magnitude
    case .logistic: Rational(Integer(1), over: 4)
    case .elu, .selu, .softplus, .gelu, .geluTanh, .swish, .mish, .hardSwish, .prelu: slopeBound
    case .opaque: nil
    case .square, .quadratic, .cubic, .polynomial: Self.bound(Self.derivative(coefficients), within: reach)
    }
  }

  /// A rational c with |σ′(a) − σ′(b)| ≤ c |a − b| for all |a|, |b| ≤ reach, or `nil` where σ′ jumps.
  ///
  /// tanh: sup |σ″| = 4/(3√3) < 77/100. Logistic: 1/(6√3) < 97/1000. a/(1 + a²): below 146/100, at a = √2 − 1.
  public func curvatureBound(within reach: Rational) -> Rational? {
    switch self {
    case _ where isAffine: Rational(0)
    case .tanh: Rational(Integer(77), over: 100)
    case .logistic: Rational(Integer(97), over: 1000)
    case .rational: Rational(Integer(146), over: 100)
    case .softsign: Rational(2)
    case .square, .quadratic, .cubic, .polynomial:
      Self.bound(Self.derivative(Self.derivative(coefficients)), within: reach)
    case .elu, .softplus, .gelu, .geluTanh, .swish, .mish: slopeVariation
    case .identity, .relu, .leakyRelu, .hardTanh, .hardSigmoid, .clip, .opaque, .selu, .hardSwish, .prelu: nil
    }
  }

  /// A rational j ≥ |σ′(a) − σ′(b)| for all |a|, |b| ≤ reach, or `nil` for an operator without values.
  ///
  /// Where σ nowhere falls, σ′ lies between 0 and its bound.
  public func slopeJumpBound(within reach: Rational) -> Rational? {
    guard let slope = slopeBound(within: reach) else { return nil }
    return switch self {
    case _ where isAffine: Rational(0)
    case .relu, .hardTanh, .hardSigmoid, .clip, .softsign, .tanh, .logistic, .cubic, .elu, .selu, .softplus: slope
    default: slope + slope
    }
  }

  /// A rational s ≥ |σ(a)| for all |a| ≤ reach, or `nil` for an operator without values.
  public func valueBound(within reach: Rational) -> Rational? {
    guard let slope = slopeBound(within: reach) else { return nil }
    let grown = slope * reach + valueAtZero.magnitude
    return switch self {
    case .hardTanh, .softsign, .tanh, .logistic, .hardSigmoid: Swift.min(grown, Rational(1))
    case .rational: Swift.min(grown, Rational(Integer(1), over: 2))
    default: grown
    }
  }

  private var valueAtZero: Rational {
    switch self {
    case .hardSigmoid(_, let beta): Swift.max(Rational(0), Swift.min(Rational(1), beta))
    case .logistic: Rational(Integer(1), over: 2)
    case .softplus: Rational(7, over: 10)
    case .clip(let lower, let upper):
      Swift.max(lower ?? Rational(0), Swift.min(upper ?? Rational(0), Rational(0)))
    case .polynomial(let coefficients): coefficients.first ?? Rational(0)
    default: Rational(0)
    }
  }

  private var coefficients: [Rational] {
    switch self {
    case .square: [0, 0, 1]
    case .quadratic: [0, 1, 1]
    case .cubic: [0, 0, 0, 1]
    case .polynomial(let coefficients): coefficients
    default: []
    }
  }

  private static func derivative(_ coefficients: [Rational]) -> [Rational] {
    coefficients.enumerated().dropFirst().map { Rational(Integer($0.offset), over: 1) * $0.element }
  }

  private static func bound(_ coefficients: [Rational], within reach: Rational) -> Rational {
    coefficients.reversed().reduce(Rational(0)) { $0 * reach + $1.magnitude }
  }
}
