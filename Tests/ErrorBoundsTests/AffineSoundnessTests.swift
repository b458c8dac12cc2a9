import ErrorBounds
import ExactArithmetic
import Networks
import PropertyTesting
import Testing

@Suite("Bands of σ and σ′")
struct BandTests {
  static let activations: [Activation] = [
    .identity, .relu, .leakyRelu(Rational(1, over: 10)), .hardTanh,
    .hardSigmoid(alpha: Rational(1, over: 5), beta: Rational(1, over: 2)), .clip(lower: -1, upper: nil), .square,
    .quadratic, .cubic, .rational, .softsign, .tanh, .logistic, .polynomial([1, -2, Rational(1, over: 3), 0, 1]),
  ]
}
