import ExactArithmetic

/// The neural function σ of a node, applied to each entry of its drive a.
///
/// A derivative at a kink is the one from the left: relu'(0) = 0, hard-tanh'(−1) = 0, hard-tanh'(1) = 1.
public enum Activation: Sendable, Hashable {
  case identity
  case relu
  /// a for a > 0, slope · a otherwise.
  case leakyRelu(Rational)
  /// a clamped to [−1, 1].
  case hardTanh
  /// alpha · a + beta, clamped to [0, 1]; alpha is positive.
  case hardSigmoid(alpha: Rational, beta: Rational)
  /// a clamped to the stated ends.
  case clip(lower: Rational?, upper: Rational?)
  /// a²
  case square
  /// a² + a
  case quadratic
  /// a³
  case cubic
  /// a / (1 + a²)
  case rational
  /// a / (1 + |a|)
  case softsign
  case tanh
  /// 1 / (1 + e^{−a})
  case logistic
  /// c₀ + c₁ a + c₂ a² + …
  case polynomial([Rational])
  /// a for a > 0, alpha (eᵃ − 1) otherwise; alpha is positive.
  case elu(Rational)
  /// gamma · elu(alpha), with the constants of ONNX, which are 32-bit floats.
  case selu
  /// ln(1 + eᵃ)
  case softplus
  /// a Φ(a), Φ the distribution function of the standard normal distribution.
  case gelu
  /// The approximation of gelu by tanh: a/2 · (1 + tanh(√(2/π)(a + 0.044715 a³))).
  case geluTanh
  /// a / (1 + e^{−a})
  case swish
  /// a tanh(ln(1 + eᵃ))
  case mish
  /// a · clamp(a/6 + 1/2) to [0, 1].
  case hardSwish
  /// Per unit: a for a > 0, slope · a otherwise.
  case prelu([Rational])
  /// An operator that only timing understands; the name is the operator's.
  case opaque(String)
}

extension Activation {
  /// σ′ is one constant, so that no wave through this node depends on where its slope was read.
  public var isAffine: Bool {
    switch self {
    case .identity: true
    case .polynomial(let coefficients): coefficients.dropFirst(2).allSatisfy(\.isZero)
    case .leakyRelu(let slope): slope == 1
    case .clip(let lower, let upper): lower == nil && upper == nil
    case .prelu(let slopes): slopes.allSatisfy { $0 == 1 }
    default: false
    }
  }

  /// σ and σ′ take rationals to rationals, so that a network can be run without enclosures.
  public var isExactlyRational: Bool {
    switch self {
    case .tanh, .logistic, .opaque, .elu, .selu, .softplus, .gelu, .geluTanh, .swish, .mish: false
    default: true
    }
  }

  /// σ has no derivative somewhere.
  public var hasKink: Bool {
    switch self {
    case .relu, .hardTanh, .hardSigmoid, .hardSwish, .selu: true
    case .elu(let alpha): alpha != 1
    case .prelu: !isAffine
    case .leakyRelu(let slope): slope != 1
    case .clip(let lower, let upper): lower != nil || upper != nil
    default: false
    }
  }

  /// σ has a derivative everywhere, which has none at 0.
  public var hasBend: Bool { self == .softsign || self == .elu(1) }

  /// σ is made of finitely many straight pieces.
  public var isPiecewiseLinear: Bool {
    switch self {
    case .identity, .relu, .leakyRelu, .hardTanh, .hardSigmoid, .clip, .prelu: true
    default: isAffine
    }
  }

  /// The σ of one unit: activations with a parameter per unit differ in it.
  public func unit(_ index: Int) -> Activation {
    if case .prelu(let slopes) = self { .leakyRelu(slopes[index]) } else { self }
  }

  /// The constants of `selu`: the 32-bit floats of ONNX.
  package static let seluAlpha = Rational(14_036_349, over: 1 << 23)
  package static let seluGamma = Rational(8_813_919, over: 1 << 23)

  public var isOpaque: Bool {
    if case .opaque = self { true } else { false }
  }
}

extension Activation: CustomStringConvertible {
  /// The name that a model file uses, with parameters in parentheses.
  public var description: String {
    switch self {
    case .identity: "identity"
    case .relu: "relu"
    case .leakyRelu(let slope): "leaky-relu(\(slope))"
    case .hardTanh: "hard-tanh"
    case .hardSigmoid(let alpha, let beta): "hard-sigmoid(\(alpha), \(beta))"
    case .clip(let lower, let upper):
      "clip(\(lower.map(\.description) ?? "-"), \(upper.map(\.description) ?? "-"))"
    case .square: "square"
    case .quadratic: "quadratic"
    case .cubic: "cubic"
    case .rational: "rational"
    case .softsign: "softsign"
    case .tanh: "tanh"
    case .logistic: "logistic"
    case .polynomial(let coefficients): "polynomial(\(coefficients.map(\.description).joined(separator: ", ")))"
    case .elu(let alpha): alpha == 1 ? "elu" : "elu(\(alpha))"
    case .selu: "selu"
    case .softplus: "softplus"
    case .gelu: "gelu"
    case .geluTanh: "gelu-tanh"
    case .swish: "swish"
    case .mish: "mish"
    case .hardSwish: "hard-swish"
    case .prelu(let slopes): "prelu(\(slopes.map(\.description).joined(separator: ", ")))"
    case .opaque(let name): "operator \(name)"
    }
  }
}
