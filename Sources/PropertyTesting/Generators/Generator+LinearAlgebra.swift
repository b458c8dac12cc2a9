import ExactArithmetic

extension Generator {
  /// Vectors of `count` entries; none is zero when no entry of `entries` is.
  public static func vector<Element: Scalar>(
    count: ClosedRange<Int>, of entries: Generator<Element>
  ) -> Generator where Value == Vector<Element> {
    Generator<[Element]>.array(of: entries, count: count).map { Vector($0) }
  }

  /// Matrices without a zero row or column, as long as no entry of `entries` is zero.
  ///
  /// - Parameter sparse: Whether about half of the entries that rows and columns can spare are zero, the simplest
  ///   choice for them. A row r keeps its entry in column r mod columns, a column c that in row c mod rows.
  public static func matrix(
    rows: ClosedRange<Int>, columns: ClosedRange<Int>, of entries: Generator<Rational> = .rational(),
    sparse: Bool = false
  ) -> Generator where Value == Matrix<Rational> {
    precondition(rows.lowerBound >= 1 && columns.lowerBound >= 1, "a matrix here has an entry")
    return Generator { (source) throws(DiscardedCase) in
      let rows = try source.draw(.integer(in: rows))
      let columns = try source.draw(.integer(in: columns))
      var elements: [Rational] = []
      for row in 0..<rows {
        try source.together { (source) throws(DiscardedCase) in
          for column in 0..<columns {
            let spared = sparse && row % columns != column && column % rows != row
            let present = spared ? source.choice(through: 1) == 1 : true
            elements.append(present ? try source.draw(entries) : .zero)
          }
        }
      }
      return Matrix(rows: rows, columns: columns, elements: elements)
    }
  }

  /// Exact linear maps without a zero row or column, held dense, or sparse where asked for; see
  /// ``matrix(rows:columns:of:sparse:)``.
  public static func linearMap(
    rows: ClosedRange<Int>, columns: ClosedRange<Int>, of entries: Generator<Rational> = .rational(),
    sparse: Bool = false
  ) -> Generator where Value == LinearMap {
    Generator<Matrix<Rational>>.matrix(rows: rows, columns: columns, of: entries, sparse: sparse).map { matrix in
      guard sparse else { return LinearMap(matrix) }
      let places = (0..<matrix.rows).flatMap { row in (0..<matrix.columns).map { (row, $0) } }
      return LinearMap(
        rows: matrix.rows, columns: matrix.columns,
        entries: places.map { (row: $0.0, column: $0.1, value: matrix[$0.0, $0.1]) }.filter { !$0.value.isZero })
    }
  }
}
