import ExactArithmetic

extension Activation {
  /// σ(a), exactly.
  ///
  /// Precondition: `isExactlyRational`.
  public func value(at drive: Rational) -> Rational {
    switch self {
    case .identity: drive
    case .relu: drive.sign > 0 ? drive : 0
    case .leakyRelu(let slope): drive.sign > 0 ? drive : slope * drive
    case .hardTanh: min(max(drive, -1), 1)
    case .hardSigmoid(let alpha, let beta): min(max(alpha * drive + beta, 0), 1)
    case .clip(let lower, let upper): Self.clamped(drive, lower, upper)
    case .square: drive * drive
    case .quadratic: drive * drive + drive
    case .cubic: drive * drive * drive
    case .rational: drive / (drive * drive + 1)
    case .softsign: drive / (drive.magnitude + 1)
    case .polynomial(let coefficients): Self.horner(coefficients, at: drive)
    case .hardSwish: drive * min(max(drive / 6 + Rational(1, over: 2), 0), 1)
    case .prelu: preconditionFailure("prelu has a slope per unit: ask unit(_:)")
    case .tanh, .logistic, .opaque, .elu, .selu, .softplus, .gelu, .geluTanh, .swish, .mish:
      preconditionFailure("\(self) has no rational values; use an enclosure")
    }
  }

  /// σ′(a), exactly; at a kink the derivative from the left.
  ///
  /// Precondition: `isExactlyRational`.
  public func slope(at drive: Rational) -> Rational {
    switch self {
    case .identity: return 1
    case .relu: return drive.sign > 0 ? 1 : 0
    case .leakyRelu(let slope): return drive.sign > 0 ? 1 : slope
    case .hardTanh: return drive > -1 && drive <= 1 ? 1 : 0
    case .hardSigmoid(let alpha, let beta):
      let inner = alpha * drive + beta
      return inner.sign > 0 && inner <= 1 ? alpha : 0
    case .clip(let lower, let upper):
      return lower.map { drive > $0 } ?? true && upper.map { drive <= $0 } ?? true ? 1 : 0
    case .square: return drive + drive
    case .quadratic: return drive + drive + 1
    case .cubic: return 3 * drive * drive
    case .rational:
      let square = drive * drive
      return (1 - square) / ((1 + square) * (1 + square))
    case .softsign:
      let scale = drive.magnitude + 1
      return 1 / (scale * scale)
    case .polynomial(let coefficients):
      return Self.horner(Self.derivative(of: coefficients), at: drive)
    case .hardSwish:
      if drive <= -3 { return 0 }
      return drive <= 3 ? drive / 3 + Rational(1, over: 2) : 1
    case .prelu: preconditionFailure("prelu has a slope per unit: ask unit(_:)")
    case .tanh, .logistic, .opaque, .elu, .selu, .softplus, .gelu, .geluTanh, .swish, .mish:
      preconditionFailure("\(self) has no rational slopes; use an enclosure")
    }
  }

  private static func clamped(_ drive: Rational, _ lower: Rational?, _ upper: Rational?) -> Rational {
    let raised = lower.map { max($0, drive) } ?? drive
    return upper.map { min($0, raised) } ?? raised
  }

  /// c₀ + c₁ a + … by nested multiplication; no coefficients make 0.
  static func horner(_ coefficients: [Rational], at drive: Rational) -> Rational {
    coefficients.reversed().reduce(0) { $0 * drive + $1 }
  }

  static func derivative(of coefficients: [Rational]) -> [Rational] {
    coefficients.enumerated().dropFirst().map { Rational(Integer($0.offset), over: 1) * $0.element }
  }
}
