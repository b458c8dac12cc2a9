import ExactArithmetic

/// The chain rule: derivatives of the network, forward, along every direction at once.
extension Jet: NetworkScalar where Base: DifferentiableScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<Jet>, in context: Base.Context
  ) -> Vector<Jet> {
    activation == .identity ? drive : derivative(0, of: activation, at: drive, in: context)
  }

  public static func slope(
    _ activation: Activation, at drive: Vector<Jet>, in context: Base.Context
  ) -> Vector<Jet> {
    derivative(1, of: activation, at: drive, in: context)
  }
}

extension Jet: DifferentiableScalar where Base: DifferentiableScalar {
  /// f⁽ᵏ⁾(a) with the derivatives f⁽ᵏ⁺¹⁾(a) a′; k + 1 must be an order that the base has.
  public static func derivative(
    _ order: Int, of activation: Activation, at drive: Vector<Jet>, in context: Base.Context
  ) -> Vector<Jet> {
    let values = Vector<Base>(storage: drive.storage.values)
    let result = Base.derivative(order, of: activation, at: values, in: context)
    guard !drive.storage.partials.isEmpty else {
      return Vector(storage: JetRun(values: result.storage, partials: []))
    }
    let slope = Base.derivative(order + 1, of: activation, at: values, in: context)
    return Vector(
      storage: JetRun(
        values: result.storage,
        partials: drive.storage.partials.map {
          ($0.direction, Base.Storage.hadamard(slope.storage, $0.run))
        }))
  }
}
