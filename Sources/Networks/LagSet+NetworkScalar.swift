import ExactArithmetic

/// The lag calculus as an abstract interpretation: which lags a value can depend on.
///
/// Sound, not complete: a lag that is listed may cancel, one that is not listed cannot matter.
extension LagSet: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<LagSet>, in context: LagContext
  ) -> Vector<LagSet> {
    let atZero = activation.isExactlyRational ? activation.unit(0).value(at: 0) : nil
    let vanishes = atZero.map(\.isZero) ?? activation.vanishesAtZero
    return Vector(
      drive.elements.map { lags in
        lags.isZero ? (vanishes ? .zero : .constant) : lags
      })
  }

  public static func slope(_ activation: Activation, at drive: Vector<LagSet>, in context: LagContext) -> Vector<LagSet>
  {
    guard !activation.isAffine else {
      let constant = activation.isExactlyRational && activation.slopeVanishesAtZero
      return Vector(drive.elements.map { _ in constant ? .zero : .constant })
    }
    let vanishes = activation.isExactlyRational && activation.slopeVanishesAtZero
    return Vector(
      drive.elements.map { lags in
        lags.isZero ? (vanishes ? .zero : .constant) : lags
      })
  }
}

extension Activation {
  /// σ(0) = 0, for σ without rational values.
  fileprivate var vanishesAtZero: Bool {
    switch self {
    case .tanh, .elu, .selu, .gelu, .geluTanh, .swish, .mish: true
    default: false
    }
  }

  /// σ′(0) = 0 at every unit.
  fileprivate var slopeVanishesAtZero: Bool {
    if case .prelu(let slopes) = self { slopes.allSatisfy(\.isZero) } else { slope(at: 0).isZero }
  }
}
