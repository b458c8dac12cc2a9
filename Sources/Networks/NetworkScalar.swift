import ExactArithmetic

/// A scalar on which a network can be evaluated: it knows every σ and σ′.
///
/// The static network, its gradient and the tick machine are written once over this protocol.
public protocol NetworkScalar: Scalar {
  /// σ, entry by entry.
  static func apply(_ activation: Activation, to drive: Vector<Self>, in context: Context) -> Vector<Self>
  /// σ′, entry by entry; at a kink the derivative from the left.
  static func slope(_ activation: Activation, at drive: Vector<Self>, in context: Context) -> Vector<Self>
  /// σ′(drive) ⊙ wave: what a node does to an error that it passes on. A scalar may bring a faster one.
  static func pass(
    _ wave: Vector<Self>, through activation: Activation, at drive: Vector<Self>, in context: Context
  ) -> Vector<Self>
}

extension NetworkScalar {
  public static func pass(
    _ wave: Vector<Self>, through activation: Activation, at drive: Vector<Self>, in context: Context
  ) -> Vector<Self> {
    activation == .identity ? wave : slope(activation, at: drive, in: context).hadamard(wave)
  }
}
