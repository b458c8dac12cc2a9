import ExactArithmetic

/// Exact evaluation. Tanh and logistic have no rational values: networks with them are run on enclosures.
extension Rational: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<Rational>, in context: ExactContext
  ) -> Vector<Rational> {
    switch activation {
    case .identity: drive
    case .relu: drive.clampingNegativesToZero()
    case .square: drive.hadamard(drive)
    case .quadratic: drive.hadamard(drive) + drive
    case .cubic: drive.hadamard(drive).hadamard(drive)
    default: Vector(drive.elements.enumerated().map { activation.unit($0.offset).value(at: $0.element) })
    }
  }

  public static func slope(
    _ activation: Activation, at drive: Vector<Rational>, in context: ExactContext
  ) -> Vector<Rational> {
    switch activation {
    case .relu: Vector(drive.signs.map { $0 > 0 ? 1 : 0 })
    default: Vector(drive.elements.enumerated().map { activation.unit($0.offset).slope(at: $0.element) })
    }
  }

  public static func pass(
    _ wave: Vector<Rational>, through activation: Activation, at drive: Vector<Rational>, in context: ExactContext
  ) -> Vector<Rational> {
    switch activation {
    case .identity: wave
    case .relu: wave.masked(wherePositive: drive)
    default: slope(activation, at: drive, in: context).hadamard(wave)
    }
  }
}
