import ExactArithmetic

/// A scalar on which the higher derivatives of σ can be evaluated too, so that jets over it are network scalars.
public protocol DifferentiableScalar: NetworkScalar {
  /// σ, σ′, σ″, σ‴ (order 0 to 3), entry by entry.
  ///
  /// At a kink or jump a derivative is the one from the left on exact scalars; on forms over a range with a jump inside,
  /// unbounded.
  static func derivative(
    _ order: Int, of activation: Activation, at drive: Vector<Self>, in context: Context
  ) -> Vector<Self>
}

extension Rational: DifferentiableScalar {
  public static func derivative(
    _ order: Int, of activation: Activation, at drive: Vector<Rational>, in context: ExactContext
  ) -> Vector<Rational> {
    switch order {
    case 0: apply(activation, to: drive, in: context)
    case 1: slope(activation, at: drive, in: context)
    default:
      Vector(drive.elements.enumerated().map { activation.unit($0.offset).higherDerivative(order, at: $0.element) })
    }
  }
}

/// On points. Over a range, the jumps of piecewise linear σ′ are left out: use forms there.
extension Interval: DifferentiableScalar {
  public static func derivative(
    _ order: Int, of activation: Activation, at drive: Vector<Interval>, in context: IntervalContext
  ) -> Vector<Interval> {
    switch order {
    case 0: apply(activation, to: drive, in: context)
    case 1: slope(activation, at: drive, in: context)
    default:
      Vector(
        drive.elements.enumerated().map {
          $0.element.derivative(order, of: activation.unit($0.offset), in: context)
        })
    }
  }
}

extension AffineForm: DifferentiableScalar {
  public static func derivative(
    _ order: Int, of activation: Activation, at drive: Vector<AffineForm>, in context: AffineContext
  ) -> Vector<AffineForm> {
    switch order {
    case 0: return apply(activation, to: drive, in: context)
    case 1: return slope(activation, at: drive, in: context)
    default:
      let run = drive.storage
      let function = DriveFunction(activation, .value)
      guard !run.isUnbounded, !(0..<run.count).contains(where: { function.jumps(order, inside: run.range($0)) }) else {
        return Vector(storage: .unbounded(run.count))
      }
      return Vector(
        storage: run.following(
          (0..<run.count).map { row in
            LinearBand(slope: 0, band: run.range(row).derivative(order, of: activation.unit(row), in: context.interval))
          }, in: context))
    }
  }
}

extension DriveFunction {
  /// Whether the derivative of this order, or one before it, jumps inside a range: then its integral is not the function.
  func jumps(_ order: Int, inside range: Interval) -> Bool {
    if hasKink(inside: range) { return true }
    return activation.hasBend && order >= 3 && range.contains(Rational.zero)
  }
}

extension Activation {
  /// σ″ or σ‴, exactly; 0 on the pieces of a piecewise linear σ.
  ///
  /// Precondition: `isExactlyRational`; order 2 or 3.
  func higherDerivative(_ order: Int, at drive: Rational) -> Rational {
    switch self {
    case .identity, .relu, .leakyRelu, .hardTanh, .hardSigmoid, .clip, .prelu: return 0
    case .hardSwish: return order == 2 && drive > -3 && drive <= 3 ? Rational(1, over: 3) : 0
    case .softsign:
      let scale = drive.magnitude + 1
      let cube = scale * scale * scale
      return order == 2 ? Rational(drive.sign > 0 ? -2 : 2) / cube : 6 / (cube * scale)
    case .rational:
      let square = drive * drive
      let scale = square + 1
      let cube = scale * scale * scale
      return order == 2
        ? 2 * drive * (square - 3) / cube : -6 * (square * square - 6 * square + 1) / (cube * scale)
    case .tanh, .logistic, .opaque, .elu, .selu, .softplus, .gelu, .geluTanh, .swish, .mish:
      preconditionFailure("\(self) has no rational derivatives; use an enclosure")
    case .square, .quadratic, .cubic, .polynomial:
      let second = Activation.derivative(of: Activation.derivative(of: polynomial ?? []))
      return Activation.horner(order == 2 ? second : Activation.derivative(of: second), at: drive)
    }
  }
}
