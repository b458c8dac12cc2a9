import ExactArithmetic

extension Activation {
  /// A rational upper bound of |σ′| over the whole line; `nil` where σ′ is unbounded.
  ///
  /// tanh, rational, softsign: σ′(0) = 1; logistic: σ′(0) = 1/4; hard-swish: 3/2 at 3. swish, mish, gelu: below 11/10,
  /// 109/100 and 113/100, at 2.40, 1.49 and √2.
  public var slopeBound: Rational? {
    switch self {
    case .identity, .relu, .hardTanh, .rational, .softsign, .tanh: 1
    case .leakyRelu(let slope): max(slope.magnitude, 1)
    case .hardSigmoid(let alpha, _): alpha
    case .clip: 1
    case .logistic: Rational(1, over: 4)
    case .polynomial(let coefficients) where isAffine: coefficients.count > 1 ? coefficients[1].magnitude : 0
    case .elu(let alpha): max(alpha, 1)
    case .selu: Self.seluAlpha * Self.seluGamma
    case .softplus: 1
    case .swish: Rational(11, over: 10)
    case .mish: Rational(109, over: 100)
    case .gelu, .geluTanh: Rational(113, over: 100)
    case .hardSwish: Rational(3, over: 2)
    case .prelu(let slopes): slopes.reduce(1) { max($0, $1.magnitude) }
    case .square, .quadratic, .cubic, .polynomial, .opaque: nil
    }
  }

  /// A rational upper bound of the Lipschitz constant of σ′ over the whole line; `nil` where σ′ jumps or there is none.
  ///
  /// tanh: max |σ″| = 4/(3√3) < 77/100, since 16/27 < 0.5929; logistic: 1/(6√3) < 97/1000, since 1/108 < 0.009409;
  /// softplus: that of logistic, 1/4; gelu and its tanh form: σ″(0) = 2φ(0) = √(2/π) < 7979/10000; swish: σ″(0) = 1/2;
  /// mish: |σ″| < 6443/10000, near −0.08793; elu: alpha = 1, else a jump.
  /// softsign: σ″(0±) = ∓2. rational: σ″ = 2a(a² − 3)/(1 + a²)³ < 3/2: with s = a², 9(1 + s)⁶ − 16 s (s − 3)² > 0 for s ≥ 0.
  public var slopeVariation: Rational? {
    if isAffine { return 0 }
    return switch self {
    case .tanh: Rational(77, over: 100)
    case .logistic: Rational(97, over: 1000)
    case .softsign: 2
    case .rational: Rational(3, over: 2)
    case .square, .quadratic: 2
    case .softplus: Rational(1, over: 4)
    case .gelu, .geluTanh: Rational(7979, over: 10_000)
    case .swish: Rational(1, over: 2)
    case .mish: Rational(6443, over: 10_000)
    case .elu(1): 1
    default: nil
    }
  }

  /// How far the slopes of a piecewise linear σ lie apart at most, and how far a drive is from the nearest kink; `nil` for
  /// other σ. |σ′(b) − σ′(a)| ≤ (jump/distance) |b − a| for every b.
  public func kinkDistance(of drives: Interval) -> (jump: Rational, distance: Rational)? {
    guard hasKink, isPiecewiseLinear else { return nil }
    let distance =
      kinks.map { kink in
        drives.contains(kink) ? 0 : drives.lower > kink ? drives.lower - kink : kink - drives.upper
      }.min() ?? 0
    if case .prelu(let slopes) = self {
      return (slopes.map { ($0 - 1).magnitude }.max() ?? 0, distance)
    }
    let slopes = kinks.flatMap { [slope(at: $0), slopeRightOf($0)] }
    return ((slopes.max() ?? 0) - (slopes.min() ?? 0), distance)
  }
}
