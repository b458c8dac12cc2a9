import ExactArithmetic

/// A function of a node's drive that a pass reads: σ or σ′.
public struct DriveFunction: Sendable, Hashable {
  public enum Order: Int, Sendable, Hashable {
    case value = 0
    case slope = 1
  }

  public let activation: Activation
  public let order: Order

  public init(_ activation: Activation, _ order: Order) {
    self.activation = activation
    self.order = order
  }

  /// f of one unit of a node.
  func unit(_ index: Int) -> DriveFunction { DriveFunction(activation.unit(index), order) }

  /// f and its derivatives over an interval, enclosed.
  func derivative(_ count: Int, over range: Interval) -> Interval {
    range.derivative(order.rawValue + count, of: activation, in: IntervalContext(precision: range.precision))
  }

  /// Whether f is made of straight pieces, with kinks (σ) or jumps (σ′) between them.
  var isPiecewiseLinear: Bool {
    switch activation {
    case .identity, .relu, .leakyRelu, .hardTanh, .hardSigmoid, .clip, .prelu: true
    default: false
    }
  }

  /// Where f turns from convex to concave, ascending: exactly where the number is a float, near it otherwise. Hints
  /// only: a band is sound wherever they are.
  var inflections: [(place: Double, isExact: Bool)] {
    switch (activation, order) {
    case (.tanh, .value), (.logistic, .value), (.softsign, .value), (.softsign, .slope), (.cubic, .value),
      (.elu, .value), (.elu, .slope), (.softplus, .slope):
      [(0, true)]
    // tanh² a = 1/3
    case (.tanh, .slope): [(-0.6584789484624084, false), (0.6584789484624084, false)]
    // a = ± ln(2 + √3)
    case (.logistic, .slope): [(-1.3169578969248166, false), (1.3169578969248166, false)]
    // a = 0, ± √3
    case (.rational, .value): [(-1.7320508075688772, false), (0, true), (1.7320508075688772, false)]
    // a = ± √2 ± 1
    case (.rational, .slope):
      [
        (-2.414213562373095, false), (-0.41421356237309503, false), (0.41421356237309503, false),
        (2.414213562373095, false),
      ]
    case (.gelu, .value), (.geluTanh, .value), (.swish, .value), (.mish, .value):
      SmoothActivation(activation)?.turns(1).map { ($0, false) } ?? []
    case (.gelu, .slope): [(-2, true), (0, true), (2, true)]
    case (.geluTanh, .slope): [(-2.0134807246242579, false), (0, false), (2.0134807246242579, false)]
    case (.swish, .slope): [(-3.4358409935351107, false), (0, false), (3.4358409935351107, false)]
    case (.mish, .slope):
      [(-3.2673378465204046, false), (-0.087934431314914214, false), (2.1148425630208771, false)]
    default: []
    }
  }

  /// A kink (of σ) or a jump (of σ′) inside the range: there the function is not differentiable, or not continuous.
  public func hasKink(inside range: Interval) -> Bool {
    activation.kinks.contains(where: range.contains)
  }
}
