import ExactArithmetic
import Networks
import PropertyTesting
import Testing

@Suite struct ActivationGeneratorTests {
  @Test(arguments: ActivationClass.allCases)
  func activationsBelongToTheirClass(activationClass: ActivationClass) {
    for activation in samples(.activation([activationClass])) {
      #expect(activation.isAffine == (activationClass == .affine))
      #expect(activation.hasKink == [.piecewiseLinear, .kinked, .perUnit].contains(activationClass))
      #expect(activation.isPiecewiseLinear == [.affine, .piecewiseLinear, .perUnit].contains(activationClass))
      let isIrrational = [.transcendental, .smooth].contains(activationClass)
      if activationClass != .kinked { #expect(activation.isExactlyRational == !isIrrational) }
      #expect(!activation.isOpaque)
    }
  }

  @Test func noActivationIsConstant() {
    let points = (-12...12).map { Rational(Integer($0), over: 2) }
    for activation in samples(.activation(ActivationClass.exact)) {
      switch activation {
      case .polynomial(let coefficients): #expect(coefficients.count > 1 && coefficients.last?.isZero == false)
      case .clip(let lower, let upper):
        #expect(lower != nil || upper != nil)
        #expect((lower ?? 0) <= 0 && (upper ?? 1) > 0)
      case .hardSigmoid(let alpha, let beta): #expect(alpha > 0 && beta > 0 && beta < 1)
      case .leakyRelu(let slope): #expect(slope > 0 && slope < 1)
      default: break
      }
      let values = Set(Rational.apply(activation, to: Vector(points), in: ExactContext()).elements)
      #expect(values.count > 1, "\(activation)")
    }
  }

  @Test func everyAlternativeIsDrawn() {
    let names = samples(.activation(ActivationClass.allCases)).map { $0.description.prefix { $0 != "(" } }
    #expect(
      Set(names) == [
        "identity", "polynomial", "quadratic", "square", "cubic", "relu", "hard-tanh", "leaky-relu", "hard-sigmoid",
        "clip", "rational", "softsign", "tanh", "logistic", "softplus", "elu", "swish", "gelu", "gelu-tanh", "mish",
        "hard-swish", "selu", "prelu",
      ])
  }
}
