import ExactArithmetic
import Networks
import PropertyTesting
import Testing

@Suite struct ActivationGeneratorTests {
  @Test(arguments: ActivationClass.allCases)
  func activationsBelongToTheirClass(activationClass: ActivationClass) {
    for activation in samples(.activation([activationClass])) {
      #expect(activation.isAffine == (activationClass == .affine))
      #expect(activation.hasKink == (activationClass == .piecewiseLinear))
      #expect(activation.isExactlyRational == (activationClass != .transcendental))
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
    let names = samples(.activation()).map { $0.description.prefix { $0 != "(" } }
    #expect(
      Set(names) == [
        "identity", "polynomial", "quadratic", "square", "cubic", "relu", "hard-tanh", "leaky-relu", "hard-sigmoid",
        "clip", "rational", "softsign", "tanh", "logistic",
      ])
  }
}
