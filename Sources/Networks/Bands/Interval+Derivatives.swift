import ExactArithmetic

extension Interval {
  /// The derivatives σ, σ′, σ″, σ‴ (order 0 to 3) of an activation over the interval, enclosed.
  ///
  /// Where a derivative of that order does not exist at a point inside (kinks; 0 for softsign from order 2 on), its limits
  /// from both sides are enclosed. For piecewise linear activations orders 2 and 3 are 0, the jumps left out.
  func derivative(_ order: Int, of activation: Activation, in context: IntervalContext) -> Interval {
    switch order {
    case 0: image(under: activation, in: context)
    case 1: slopes(of: activation, in: context)
    case 2: second(of: activation, in: context)
    case 3: third(of: activation, in: context)
    default: preconditionFailure("derivatives of order \(order) are not enclosed")
    }
  }

  private func number(_ value: Rational) -> Interval { Interval(value, precision: precision) }

  private func second(of activation: Activation, in context: IntervalContext) -> Interval {
    switch activation {
    case .identity, .relu, .leakyRelu, .hardTanh, .hardSigmoid, .clip, .prelu: return number(0)
    case .elu(let alpha): return exponentialUnit(2, alpha: alpha, gamma: 1)
    case .selu: return exponentialUnit(2, alpha: Activation.seluAlpha, gamma: Activation.seluGamma)
    case .softplus, .gelu, .geluTanh, .swish, .mish: return smooth(2, activation)
    // 1/3 inside, 0 outside; at ±3 both limits.
    case .hardSwish:
      if lower > 3 || upper < -3 { return number(0) }
      return lower > -3 && upper < 3 ? number(Rational(1, over: 3)) : number(0).hull(number(Rational(1, over: 3)))
    // −2t(1 − t²)
    case .tanh: return tanh() * tanhDerivative() * number(-2)
    // p(1 − 2s), p = σ′
    case .logistic: return logisticDerivative() * (number(1) - number(2) * logistic())
    // ∓2/(1 + |a|)³
    case .softsign:
      let scale = number(1) + absoluteValue
      return sides(number(2).quotient(scale * scale * scale), negativeRight: true)
    // 2a(a² − 3)/(1 + a²)³
    case .rational:
      let square = squared()
      let scale = number(1) + square
      return (number(2) * self * (square - number(3))).quotient(scale * scale * scale)
    case .square, .quadratic, .cubic, .polynomial:
      return horner(Activation.derivative(of: Activation.derivative(of: activation.polynomial ?? [])))
    case .opaque: preconditionFailure("\(activation) has no derivatives")
    }
  }

  private func third(of activation: Activation, in context: IntervalContext) -> Interval {
    switch activation {
    case .identity, .relu, .leakyRelu, .hardTanh, .hardSigmoid, .clip, .prelu, .hardSwish: return number(0)
    case .elu(let alpha): return exponentialUnit(3, alpha: alpha, gamma: 1)
    case .selu: return exponentialUnit(3, alpha: Activation.seluAlpha, gamma: Activation.seluGamma)
    case .softplus, .gelu, .geluTanh, .swish, .mish: return smooth(3, activation)
    // q(4 − 6q), q = σ′
    case .tanh:
      let slope = tanhDerivative()
      return slope * (number(4) - number(6) * slope)
    // p(1 − 6p), p = σ′
    case .logistic:
      let slope = logisticDerivative()
      return slope * (number(1) - number(6) * slope)
    // 6/(1 + |a|)⁴
    case .softsign:
      let square = (number(1) + absoluteValue).squared()
      return number(6).quotient(square.squared())
    // −6(a⁴ − 6a² + 1)/(1 + a²)⁴
    case .rational:
      let square = squared()
      let scale = (number(1) + square).squared()
      return (number(-6) * ((square - number(3)).squared() - number(8))).quotient(scale.squared())
    case .opaque: preconditionFailure("\(activation) has no derivatives")
    case .square, .quadratic, .cubic, .polynomial:
      let second = Activation.derivative(of: Activation.derivative(of: activation.polynomial ?? []))
      return horner(Activation.derivative(of: second))
    }
  }

  /// `magnitude` with the sign of a derivative that is odd in a: one sign on either side of 0, both where 0 is inside.
  private func sides(_ magnitude: Interval, negativeRight: Bool) -> Interval {
    let (right, left) = negativeRight ? (-magnitude, magnitude) : (magnitude, -magnitude)
    if lower.sign >= 0 && upper.sign > 0 { return right }
    if upper.sign <= 0 && lower.sign < 0 { return left }
    return right.hull(left)
  }

  /// self / divisor, where the divisor is known to be at least 1.
  private func quotient(_ divisor: Interval) -> Interval {
    guard let result = try? dividing(by: divisor) else { preconditionFailure("\(divisor) contains zero") }
    return result
  }

  private func horner(_ coefficients: [Rational]) -> Interval {
    coefficients.reversed().reduce(number(0)) { $0 * self + number($1) }
  }
}

extension Activation {
  /// The coefficients c₀, c₁, … where σ is a polynomial.
  var polynomial: [Rational]? {
    switch self {
    case .identity: [0, 1]
    case .square: [0, 0, 1]
    case .quadratic: [0, 1, 1]
    case .cubic: [0, 0, 0, 1]
    case .polynomial(let coefficients): coefficients
    default: nil
    }
  }
}
