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
    default: false
    }
  }

  /// σ and σ′ take rationals to rationals, so that a network can be run without enclosures.
  public var isExactlyRational: Bool {
    switch self {
    case .tanh, .logistic, .opaque: false
    default: true
    }
  }

  /// σ has no derivative somewhere.
  public var hasKink: Bool {
    switch self {
    case .relu, .hardTanh, .hardSigmoid: true
    case .leakyRelu(let slope): slope != 1
    case .clip(let lower, let upper): lower != nil || upper != nil
    default: false
    }
  }

  /// σ is made of finitely many straight pieces.
  public var isPiecewiseLinear: Bool { isAffine || hasKink }

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
    case .opaque(let name): "operator \(name)"
    }
  }
}
