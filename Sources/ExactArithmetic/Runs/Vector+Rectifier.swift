/// What piecewise-linear activations need, without taking an entry out of the run: the limbs are shared, only signs are
/// looked at.
extension ScaledRun {
  @inlinable
  public func clampingNegativesToZero() -> ScaledRun {
    ScaledRun(integers.masked(wherePositive: integers))
  }

  /// Entry i where the i-th entry of `gate` is positive, 0 elsewhere.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public func masked(wherePositive gate: ScaledRun) -> ScaledRun {
    ScaledRun(integers.masked(wherePositive: gate.integers))
  }

  /// −1, 0 or 1 for each entry.
  public var signs: [Int] { integers.sizes.map { Int($0.signum()) } }
}

extension Vector where Element: ScaledScalar, Element.Storage == ScaledRun<Element> {
  /// max(0, xᵢ).
  @inlinable
  public func clampingNegativesToZero() -> Vector { Vector(storage: storage.clampingNegativesToZero()) }

  /// xᵢ where gateᵢ > 0, 0 elsewhere: relu′(gate) ∘ self with relu′(0) = 0.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public func masked(wherePositive gate: Vector) -> Vector {
    Vector(storage: storage.masked(wherePositive: gate.storage))
  }

  /// −1, 0 or 1 for each entry.
  public var signs: [Int] { storage.signs }
}
