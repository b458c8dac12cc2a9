import ExactArithmetic

/// Softplus, gelu, swish and mish: smooth, without rational values, and but for softplus not monotone.
///
/// Each is x·S(x) for a sigmoid S (softplus is an integral of one). Source of the formulas: differentiation by hand;
/// gelu is x·Φ(x) (Hendrycks and Gimpel 2016), its tanh form x·logistic(√(8/π)(x + 0.044715 x³)), swish x·logistic(x),
/// mish x·tanh(ln(1 + eˣ)).
struct SmoothActivation {
  let activation: Activation

  init?(_ activation: Activation) {
    switch activation {
    case .softplus, .gelu, .geluTanh, .swish, .mish: self.activation = activation
    default: return nil
    }
  }

  /// The derivative of this order, 0 to 3, over an interval.
  ///
  /// Orders 0 and 1 by their turning points within ±32, at most a few rounding errors wider than the range; elsewhere,
  /// and for orders 2 and 3, by interval arithmetic, which is wider.
  func derivative(_ order: Int, over range: Interval) -> Interval {
    guard order <= 1, activation != .softplus, !range.isPoint else { return natural(order, over: range) }
    let edge = Interval(point: Self.reach, precision: max(range.precision, 53))
    var parts: [Interval] = []
    if range.lower < -edge.lower { parts.append(natural(order, over: Interval.minimum(range, -edge))) }
    if range.upper > edge.upper { parts.append(natural(order, over: Interval.maximum(range, edge))) }
    if range.lower <= edge.upper, range.upper >= -edge.lower {
      let inner = Interval.minimum(Interval.maximum(range, -edge), edge)
      parts.append(natural(order, over: inner.lowerPoint))
      parts.append(natural(order, over: inner.upperPoint))
      for turn in turns(order) {
        let bracket = Interval(point: turn - Self.width, precision: edge.precision)
          .hull(Interval(point: turn + Self.width, precision: edge.precision))
        if !bracket.isDisjoint(from: inner) { parts.append(natural(order, over: bracket)) }
      }
    }
    return parts.dropFirst().reduce(parts[0]) { $0.hull($1) }
  }

  /// The range in which `turns` are known to be all turning points, and the distance within which each of them lies:
  /// a test proves both by enclosing the next derivative.
  static let reach = 32.0
  static let width = 0x1p-40

  /// Where σ (order 0) or σ′ (order 1) turns, near.
  func turns(_ order: Int) -> [Double] {
    switch (activation, order) {
    case (.gelu, 0): [-0.75179152469356446]
    case (.gelu, 1): [-1.4142135623730951, 1.4142135623730951]
    case (.geluTanh, 0): [-0.75246142207101626]
    case (.geluTanh, 1): [-1.4185040087908284, 1.4185040087908284]
    case (.swish, 0): [-1.2784645427610738]
    case (.swish, 1): [-2.3993572805154677, 2.3993572805154677]
    case (.mish, 0): [-1.1924312145154952]
    case (.mish, 1): [-2.2563763963607931, 1.4905711794854285]
    default: []
    }
  }

  /// By interval arithmetic alone.
  func natural(_ order: Int, over range: Interval) -> Interval {
    if activation == .softplus { return softplus(order, range) }
    let sigmoid = sigmoid(through: order, range)
    // (x S)⁽ᵏ⁾ = x S⁽ᵏ⁾ + k S⁽ᵏ⁻¹⁾
    let product = range * sigmoid[order]
    return order == 0 ? product : product + number(order, range) * sigmoid[order - 1]
  }

  private func number(_ value: Int, _ range: Interval) -> Interval {
    Interval(point: Double(value), precision: max(range.precision, 53))
  }

  private func softplus(_ order: Int, _ range: Interval) -> Interval {
    order == 0 ? range.softplus() : logistic(through: order - 1, range)[order - 1]
  }

  /// The logistic function and its derivatives: s, p = s(1 − s), p(1 − 2s), p(1 − 6p).
  private func logistic(through order: Int, _ range: Interval) -> [Interval] {
    let (value, slope) = (range.logistic(), range.logisticDerivative())
    let (one, two, six) = (number(1, range), number(2, range), number(6, range))
    return Array([value, slope, slope * (one - two * value), slope * (one - six * slope)].prefix(order + 1))
  }

  /// S and its derivatives.
  private func sigmoid(through order: Int, _ x: Interval) -> [Interval] {
    switch activation {
    case .gelu:
      let density = x.normalDensity()
      // φ′ = −x φ, φ″ = (x² − 1) φ
      return [x.normalDistribution(), density, -(x * density), (x.squared() - number(1, x)) * density]
    case .swish: return logistic(through: order, x)
    case .geluTanh:
      let factor = Interval.rootOfEightOverPi(precision: x.precision)
      let cubic = Interval(Rational(8943, over: 200_000), precision: max(x.precision, 53))
      let square = x.squared()
      let three = number(3, x)
      // w = factor (x + c x³), which increases; its derivatives w′, w″, w‴.
      let inner = x * (number(1, x) + cubic * square)
      let w1 = factor * (number(1, x) + three * cubic * square)
      let w2 = factor * number(6, x) * cubic * x
      let w3 = factor * number(6, x) * cubic
      let s = logistic(through: 3, factor * inner)
      return [
        s[0], s[1] * w1, s[2] * w1.squared() + s[1] * w2,
        s[3] * w1 * w1.squared() + three * s[2] * w1 * w2 + s[1] * w3,
      ]
    default:
      // mish: t = tanh(softplus), q = 1 − t², t′ = q s.
      let plus = x.softplus()
      let (t, q) = (plus.tanh(), plus.tanhDerivative())
      let s = logistic(through: 2, x)
      let two = number(2, x)
      let first = q * s[0]
      let bend = -(two * t * first)
      let second = bend * s[0] + q * s[1]
      // q″ = −2(t′² + t t″)
      let third =
        -(two * (first.squared() + t * second)) * s[0] + two * bend * s[1] + q * s[2]
      return [t, first, second, third]
    }
  }
}
