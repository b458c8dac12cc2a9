import ExactArithmetic
import Networks

extension Generator where Value == Activation {
  /// Activations of the given classes, each class equally often; the first alternative of the first is the simplest.
  ///
  /// Every activation is a non-constant function that its class describes: a polynomial has a non-zero leading
  /// coefficient, a leaky slope is neither 0 nor 1, a clip has an end, and what saturates is not saturated right of 0.
  public static func activation(_ classes: [ActivationClass] = ActivationClass.common) -> Generator {
    oneOf(classes.map { member(of: $0) })
  }

  private static func member(of activationClass: ActivationClass) -> Generator {
    switch activationClass {
    case .affine: .oneOf([.just(.identity), polynomial(degree: 1...1)])
    case .polynomial: .oneOf([.just(.quadratic), .just(.square), .just(.cubic), polynomial(degree: 2...3)])
    case .piecewiseLinear: .oneOf([.just(.relu), .just(.hardTanh), leakyRelu, hardSigmoid, clip])
    case .rational: .element(of: [.rational, .softsign])
    case .transcendental: .element(of: [.tanh, .logistic])
    case .smooth: .element(of: [.softplus, .elu(1), .swish, .gelu, .geluTanh, .mish])
    case .kinked: .oneOf([.just(.hardSwish), .just(.selu), elu])
    case .perUnit: leakyRelu.map { if case .leakyRelu(let slope) = $0 { .prelu([slope]) } else { $0 } }
    }
  }

  private static func polynomial(degree: ClosedRange<Int>) -> Generator {
    Generator { (source) throws(DiscardedCase) in
      let lower = try source.draw(
        Generator<[Rational]>.array(of: .rational(height: 4, allowingZero: true), count: degree))
      return .polynomial(lower + [try source.draw(Generator<Rational>.rational(height: 4))])
    }
  }

  private static var leakyRelu: Generator {
    Generator<Int>.integer(in: 2...20).map { .leakyRelu(Rational(1, over: Integer($0))) }
  }

  private static var elu: Generator {
    Generator<Int>.element(of: [2, 3, 5, 8]).map { .elu(Rational(Integer($0), over: 4)) }
  }

  private static var hardSigmoid: Generator {
    Generator { (source) throws(DiscardedCase) in
      let alpha = try source.draw(Generator<Rational>.positiveRational(height: 5))
      let part = try source.draw(Generator<Int>.integer(in: 2...5))
      return .hardSigmoid(alpha: alpha, beta: Rational(1, over: Integer(part)))
    }
  }

  private static var clip: Generator {
    Generator { (source) throws(DiscardedCase) in
      let lower = -(try source.draw(Generator<Rational>.rational(height: 4, allowingZero: true))).magnitude
      let upper = try source.draw(Generator<Rational>.positiveRational(height: 4))
      switch source.choice(through: 2) {
      case 0: return .clip(lower: lower, upper: upper)
      case 1: return .clip(lower: lower, upper: nil)
      default: return .clip(lower: nil, upper: upper)
      }
    }
  }
}
