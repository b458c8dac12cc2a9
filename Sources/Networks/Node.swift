import ExactArithmetic

/// A layer of units: an input, or σ applied to the sum of its incoming edges and its bias.
///
/// Shapes: `bias` has `width` entries; absent means zero. An input has the activation `identity` and no bias.
public struct Node: Sendable, Hashable {
  public let name: String
  public let width: Int
  public let activation: Activation
  public let bias: Vector<Rational>?
  public let isInput: Bool

  public init(name: String, width: Int, activation: Activation = .identity, bias: Vector<Rational>? = nil) {
    self.init(name: name, width: width, activation: activation, bias: bias, isInput: false)
  }

  public static func input(name: String, width: Int) -> Node {
    Node(name: name, width: width, activation: .identity, bias: nil, isInput: true)
  }

  private init(name: String, width: Int, activation: Activation, bias: Vector<Rational>?, isInput: Bool) {
    self.name = name
    self.width = width
    self.activation = activation
    self.bias = bias
    self.isInput = isInput
  }
}
