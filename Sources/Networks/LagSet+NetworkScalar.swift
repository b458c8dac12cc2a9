import ExactArithmetic

/// The lag calculus as an abstract interpretation: which lags a value can depend on.
///
/// Sound, not complete: a lag that is listed may cancel, one that is not listed cannot matter.
extension LagSet: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<LagSet>, in context: LagContext
  ) -> Vector<LagSet> {
    let atZero = activation.isExactlyRational ? activation.value(at: 0) : nil
    let vanishes = atZero.map(\.isZero) ?? (activation == .tanh)
    return Vector(
      drive.elements.map { lags in
        lags.isZero ? (vanishes ? .zero : .constant) : lags
      })
  }

  public static func slope(_ activation: Activation, at drive: Vector<LagSet>, in context: LagContext) -> Vector<LagSet>
  {
    guard !activation.isAffine else {
      let constant = activation.isExactlyRational && activation.slope(at: 0).isZero
      return Vector(drive.elements.map { _ in constant ? .zero : .constant })
    }
    let vanishes = activation.isExactlyRational && activation.slope(at: 0).isZero
    return Vector(
      drive.elements.map { lags in
        lags.isZero ? (vanishes ? .zero : .constant) : lags
      })
  }
}
