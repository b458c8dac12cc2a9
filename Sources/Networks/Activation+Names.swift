import ExactArithmetic

extension Activation {
  /// The activations that a model file names without parameters.
  ///
  /// `leaky-relu` alone has the slope 1/100 and `hard-sigmoid` alone is a/5 + 1/2 clamped, the defaults of ONNX as
  /// exact rationals.
  public static let named: [(name: String, activation: Activation)] = [
    ("identity", .identity), ("relu", .relu), ("leaky-relu", .leakyRelu(Rational(1, over: 100))),
    ("hard-tanh", .hardTanh), ("hard-sigmoid", .hardSigmoid(alpha: Rational(1, over: 5), beta: Rational(1, over: 2))),
    ("square", .square), ("quadratic", .quadratic), ("cubic", .cubic), ("rational", .rational),
    ("softsign", .softsign), ("tanh", .tanh), ("logistic", .logistic), ("elu", .elu(1)), ("selu", .selu),
    ("softplus", .softplus), ("gelu", .gelu), ("gelu-tanh", .geluTanh), ("swish", .swish), ("mish", .mish),
    ("hard-swish", .hardSwish),
  ]

  /// - Throws: `NetworkError` with the list of known names.
  public init(named name: String) throws(NetworkError) {
    guard let found = Activation.named.first(where: { $0.name == name }) else {
      let known = Activation.named.map(\.name).joined(separator: ", ")
      throw NetworkError(
        "unknown activation \"\(name)\"; known are \(known), or {\"polynomial\": [\"c0\", \"c1\", …]} and the like")
    }
    self = found.activation
  }
}
