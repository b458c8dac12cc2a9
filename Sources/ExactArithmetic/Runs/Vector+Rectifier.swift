/// What piecewise-linear activations need, without taking an entry out of the run: the limbs are shared, only signs are
/// looked at.
extension ScaledRun {
  public func clampingNegativesToZero() -> ScaledRun {
    ScaledRun(integers.keeping { integers.sizes[$0] > 0 }.compacted())
  }

  /// Entry i where the i-th entry of `gate` is positive, 0 elsewhere.
  ///
  /// - Precondition: equal counts.
  public func masked(wherePositive gate: ScaledRun) -> ScaledRun {
    precondition(count == gate.count, "a gate of \(gate.count) entries for a vector of \(count)")
    return ScaledRun(integers.keeping { gate.integers.sizes[$0] > 0 }.compacted())
  }

  /// −1, 0 or 1 for each entry.
  public var signs: [Int] { integers.sizes.map { Int($0.signum()) } }
}

extension Vector where Element: ScaledScalar, Element.Storage == ScaledRun<Element> {
  /// max(0, xᵢ).
  public func clampingNegativesToZero() -> Vector { Vector(storage: storage.clampingNegativesToZero()) }

  /// xᵢ where gateᵢ > 0, 0 elsewhere: relu′(gate) ∘ self with relu′(0) = 0.
  ///
  /// - Precondition: equal counts.
  public func masked(wherePositive gate: Vector) -> Vector {
    Vector(storage: storage.masked(wherePositive: gate.storage))
  }

  /// −1, 0 or 1 for each entry.
  public var signs: [Int] { storage.signs }
}
