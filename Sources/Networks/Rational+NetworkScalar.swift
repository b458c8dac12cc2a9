import ExactArithmetic

/// Exact evaluation. Tanh and logistic have no rational values: networks with them are run on enclosures.
extension Rational: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<Rational>, in context: ExactContext
  ) -> Vector<Rational> {
    switch activation {
    case .identity: drive
    default: Vector(drive.elements.map(activation.value(at:)))
    }
  }

  public static func slope(
    _ activation: Activation, at drive: Vector<Rational>, in context: ExactContext
  ) -> Vector<Rational> {
    Vector(drive.elements.map(activation.slope(at:)))
  }
}
