extension LinearMap {
  /// A dense map from floats, each taken as the exact dyadic number it is.
  ///
  /// - Precondition: `doubles` holds rows · columns entries, row by row.
  /// - Throws: ``NumberError`` naming the place of a NaN or an infinity.
  public init(rows: Int, columns: Int, doubles: [Double]) throws(NumberError) {
    precondition(
      doubles.count == rows * columns,
      "a \(rows) × \(columns) map needs \(rows * columns) entries, got \(doubles.count)")
    if let index = doubles.firstIndex(where: { !$0.isFinite }) {
      throw NumberError("entry (\(index / columns), \(index % columns)) is \(doubles[index]): finite floats expected")
    }
    self.init(
      rows: rows, columns: columns, pattern: .dense, values: .init(ScaledIntegers(finite: doubles)))
  }

  /// A sparse map from floats by compressed rows: row r holds the entries rowStarts[r]..<rowStarts[r + 1].
  ///
  /// Entries at the same place add up and zeros are dropped.
  ///
  /// - Throws: ``NumberError`` if the parts do not describe rows × columns, or for a NaN or an infinity.
  public init(
    rows: Int, columns: Int, rowStarts: [Int], columnIndices: [Int], doubles: [Double]
  ) throws(NumberError) {
    guard rowStarts.count == rows + 1, rowStarts.first == 0, rowStarts.last == doubles.count,
      columnIndices.count == doubles.count, zip(rowStarts, rowStarts.dropFirst()).allSatisfy({ $0 <= $1 }),
      columnIndices.allSatisfy({ $0 >= 0 && $0 < columns })
    else {
      throw NumberError("the compressed rows do not describe a \(rows) × \(columns) map")
    }
    if let index = doubles.firstIndex(where: { !$0.isFinite }) {
      throw NumberError("the entry at column \(columnIndices[index]) is \(doubles[index]): finite floats expected")
    }
    let isSorted = (0..<rows).allSatisfy { row in
      let range = rowStarts[row]..<rowStarts[row + 1]
      return zip(columnIndices[range], columnIndices[range].dropFirst()).allSatisfy { $0 < $1 }
    }
    let values = Rational.Storage(ScaledIntegers(finite: doubles))
    if isSorted {
      let (starts, kept) = Self.nonzeros(rowStarts, doubles)
      self.init(
        rows: rows, columns: columns,
        pattern: .sparse(
          starts: starts, columns: kept.map { $0.map { Int32(columnIndices[$0]) } } ?? columnIndices.map(Int32.init)),
        values: kept.map { values.gathered($0) } ?? values)
    } else {
      let elements = values.elements
      self.init(
        rows: rows, columns: columns,
        entries: (0..<rows).flatMap { row in
          (rowStarts[row]..<rowStarts[row + 1]).map { (row, columnIndices[$0], elements[$0]) }
        })
    }
  }

  /// Where rows start once zeros are left out, and the entries that are kept; `nil` for all of them.
  private static func nonzeros(_ starts: [Int], _ doubles: [Double]) -> (starts: [Int], kept: [Int]?) {
    guard doubles.contains(0) else { return (starts, nil) }
    var (newStarts, kept) = ([0], [Int]())
    for (start, end) in zip(starts, starts.dropFirst()) {
      for index in start..<end where doubles[index] != 0 { kept.append(index) }
      newStarts.append(kept.count)
    }
    return (newStarts, kept)
  }
}
