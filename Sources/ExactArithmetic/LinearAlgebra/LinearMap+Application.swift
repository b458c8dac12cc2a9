extension LinearMap {
  /// self · vector (rows entries).
  ///
  /// Exact for exact scalars; for enclosures each entry is rounded outward once.
  ///
  /// - Precondition: `vector.count` is `columns`.
  @inlinable
  public func apply<Element: Scalar>(to vector: Vector<Element>, in context: Element.Context) -> Vector<Element> {
    precondition(
      vector.count == columns, "a \(rows) × \(columns) map takes \(columns) entries, got \(vector.count)")
    return Vector(storage: Element.Storage.apply(self, transposed: false, to: vector.storage, in: context))
  }

  /// selfᵀ · vector (columns entries), without building the transpose.
  ///
  /// - Precondition: `vector.count` is `rows`.
  @inlinable
  public func applyTransposed<Element: Scalar>(
    to vector: Vector<Element>, in context: Element.Context
  ) -> Vector<Element> {
    precondition(
      vector.count == rows, "the transpose of a \(rows) × \(columns) map takes \(rows) entries, got \(vector.count)")
    return Vector(storage: Element.Storage.apply(self, transposed: true, to: vector.storage, in: context))
  }
}

extension LinearMap {
  /// The kernel on flat integers, the result over the product of the scales.
  func applied(
    transposed: Bool, to vector: ScaledIntegers, selecting selection: Selection = Selection()
  ) -> ScaledIntegers {
    values.integers.applied(
      rows: rows, columns: columns, pattern: pattern, transposed: transposed, to: vector, selecting: selection)
  }

  /// The same, ready to be kept.
  @usableFromInline
  func appliedAndCompacted(transposed: Bool, to vector: ScaledIntegers) -> ScaledIntegers {
    applied(transposed: transposed, to: vector).reducedIfLong().compacted()
  }
}
