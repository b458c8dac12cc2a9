extension LinearMap {
  private var entries: [(row: Int, column: Int, value: Rational)] {
    var result: [(row: Int, column: Int, value: Rational)] = []
    forEachNonzero { result.append(($0, $1, $2)) }
    return result
  }

  /// The columns × rows adjoint: ⟨self x, y⟩ = ⟨x, transposed y⟩.
  public var transposed: LinearMap {
    guard case .sparse(let starts, let places) = pattern else { return LinearMap(matrix.transpose) }
    // A counting sort by column, which keeps the rows in order.
    var newStarts = [Int](repeating: 0, count: columns + 1)
    for place in places { newStarts[Int(place) + 1] += 1 }
    for column in 0..<columns { newStarts[column + 1] += newStarts[column] }
    var next = newStarts
    var (order, newPlaces) = (Array(places.indices), places)
    for row in 0..<rows {
      for index in starts[row]..<starts[row + 1] {
        let column = Int(places[index])
        let target = next[column]
        next[column] += 1
        order[target] = index
        newPlaces[target] = Int32(row)
      }
    }
    return LinearMap(
      rows: columns, columns: rows, pattern: .sparse(starts: newStarts, columns: newPlaces),
      values: values.gathered(order))
  }

  /// self · other: first `other`, then `self`. Dense if both are.
  ///
  /// - Precondition: `other.rows` is `columns`.
  public func composed(after other: LinearMap) -> LinearMap {
    precondition(
      other.rows == columns, "a \(rows) × \(columns) map after a \(other.rows) × \(other.columns) one does not compose")
    if isDense && other.isDense {
      // Row by row: (A B)ᵢ = Bᵀ Aᵢ, all over the same scale.
      let products = matrix.rowVectors.map { other.applied(transposed: true, to: $0.storage.integers) }
      return LinearMap(
        rows: rows, columns: other.columns, pattern: .dense,
        values: .init(ScaledIntegers(concatenating: products).reducedIfLong().compacted()))
    }
    var otherRows = [[(column: Int, value: Rational)]](repeating: [], count: other.rows)
    other.forEachNonzero { otherRows[$0].append(($1, $2)) }
    var product: [(row: Int, column: Int, value: Rational)] = []
    forEachNonzero { row, column, value in
      for entry in otherRows[column] { product.append((row, entry.column, value * entry.value)) }
    }
    return LinearMap(rows: rows, columns: other.columns, entries: product)
  }

  /// - Precondition: equal shapes.
  public static func + (left: LinearMap, right: LinearMap) -> LinearMap {
    precondition(
      left.rows == right.rows && left.columns == right.columns,
      "maps of \(left.rows) × \(left.columns) and \(right.rows) × \(right.columns) do not add")
    if left.isDense || right.isDense { return LinearMap(left.matrix + right.matrix) }
    return LinearMap(rows: left.rows, columns: left.columns, entries: left.entries + right.entries)
  }

  public func scaled(by factor: Rational) -> LinearMap {
    if factor.isZero { return .zero(rows, columns) }
    return LinearMap(
      rows: rows, columns: columns, pattern: pattern,
      values: .init(values.integers.scaled(by: factor.scaledParts).reducedIfLong().compacted()))
  }
}

extension LinearMap: Hashable {
  public static func == (left: LinearMap, right: LinearMap) -> Bool {
    guard left.rows == right.rows, left.columns == right.columns else { return false }
    return left.entries.elementsEqual(right.entries) { $0 == $1 }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rows)
    hasher.combine(columns)
    forEachNonzero {
      hasher.combine($0)
      hasher.combine($1)
      hasher.combine($2)
    }
  }
}
