import ExactArithmetic

/// Σ column · rowᵀ: the update or the gradient of a weight that as many edges share, kept as its factors.
struct SumOfProducts<S: Scalar & WitnessScalar> {
  struct Term {
    let column: [S]
    let row: [S]

    init(column: Vector<S>, row: Vector<S>) {
      self.column = column.elements
      self.row = row.elements
    }
  }

  /// At least one, all of one shape.
  let terms: [Term]

  private var rows: Int { terms[0].column.count }
  private var columns: Int { terms[0].row.count }

  subscript(entry: WitnessEntry) -> S {
    let values = terms.map { $0.column[entry.row] * $0.row[entry.column] }
    return values.dropFirst().reduce(values[0], +)
  }

  /// An entry at which two certainly differ.
  ///
  /// Two single products are equal exactly if, where one of them is not zero, they agree along that entry's row and column:
  /// so n + m entries are compared instead of n · m. Sums are compared entry by entry.
  func difference(from other: SumOfProducts) -> WitnessEntry? {
    func differs(_ entry: WitnessEntry) -> Bool { self[entry].isCertainlyDifferent(from: other[entry]) }
    func entries(row: Int) -> [WitnessEntry] { (0..<columns).map { WitnessEntry(row: row, column: $0) } }
    guard terms.count == 1, other.terms.count == 1 else {
      for row in 0..<rows { if let found = entries(row: row).first(where: differs) { return found } }
      return nil
    }
    for term in [terms[0], other.terms[0]] {
      guard let row = term.column.firstIndex(where: { !$0.isZero }),
        let column = term.row.firstIndex(where: { !$0.isZero })
      else { continue }
      return (entries(row: row) + (0..<rows).map { WitnessEntry(row: $0, column: column) }).first(where: differs)
    }
    return nil
  }

  var isWritable: Bool { rows <= Witness.largestWritten / columns }

  /// All entries, or one alone where there are too many.
  func written(_ entry: WitnessEntry) -> [[WitnessNumber]] {
    guard isWritable else { return [[self[entry].witnessNumber]] }
    return (0..<rows).map { row in
      (0..<columns).map { self[WitnessEntry(row: row, column: $0)].witnessNumber }
    }
  }
}
