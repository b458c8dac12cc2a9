import ExactArithmetic

/// An upper bound for |g − ∇| in every entry of an edge's matrix, n_to × n_from, row by row.
///
/// Floats that are certainly not below the supremum; infinity where nothing is known.
public struct EntryBounds: Sendable {
  public let rows: Int
  public let columns: Int
  public var values: [Double]

  /// The entry whose bound stands for all, where a matrix is too large to bound entry by entry; values has one number.
  let coarse: (row: Int, column: Int)?

  var isCoarse: Bool { coarse != nil }

  /// One number that bounds every entry; the entry where it was found.
  init(coarse value: Double, place: (row: Int, column: Int), count: Int) {
    rows = 1
    columns = 1
    coarse = place
    entryCount = count
    values = [value.isNaN ? .infinity : value]
  }

  /// How many entries the matrix has.
  let entryCount: Int

  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values for \(rows) × \(columns) entries")
    self.rows = rows
    self.columns = columns
    coarse = nil
    entryCount = values.count
    self.values = values.map { $0.isNaN ? .infinity : $0 }
  }

  /// The largest entry.
  public var maximum: Double { values.max() ?? 0 }

  /// Where the largest entry is.
  public var place: (row: Int, column: Int) { place(of: largest) }

  /// Its index.
  var largest: Int { values.indices.max { values[$0] < values[$1] } ?? 0 }

  /// Row and column of an entry.
  public func place(of index: Int) -> (row: Int, column: Int) {
    if let coarse { return coarse }
    return columns == 0 ? (0, 0) : (index / columns, index % columns)
  }

  /// Indices of the largest entries.
  func largest(_ count: Int) -> [Int] {
    Array(values.indices.sorted { values[$0] > values[$1] }.prefix(count))
  }

  /// At least the Frobenius norm of any matrix within these bounds.
  public var frobenius: Double {
    let largest = maximum
    guard largest > 0, largest.isFinite else { return largest }
    if isCoarse { return (Double(entryCount).squareRoot().nextUp * largest).nextUp }
    // Scaled, so that squares neither overflow nor vanish.
    var sum = 0.0
    for value in values {
      let part = (value / largest).nextUp
      sum = (sum + (part * part).nextUp).nextUp
    }
    return (sum.squareRoot().nextUp * largest).nextUp
  }

  /// The entrywise smaller of two bounds: both hold.
  public mutating func tighten(by other: EntryBounds) {
    for index in values.indices { values[index] = min(values[index], other.values[index]) }
  }

  /// No entry is larger than a bound of the largest one.
  public mutating func cut(to largest: Double) {
    for index in values.indices { values[index] = min(values[index], largest) }
  }

  /// The entrywise larger: of two cases either may occur.
  public mutating func cover(_ other: EntryBounds) {
    for index in values.indices { values[index] = max(values[index], other.values[index]) }
  }
}

extension EntryBounds {
  /// From the ranges of the products that the entries are.
  init(products: [AffineRun.ProductRange], rows: Int, columns: Int) {
    self.init(
      rows: rows, columns: columns,
      values: products.map { max(-($0.centreLow + $0.low).nextDown, ($0.centreHigh + $0.high).nextUp) })
  }

  /// From forms of the error itself.
  public init(_ error: Matrix<AffineForm>) {
    self.init(error, of: AffineForm.self)
  }

  init<S: BoundingScalar>(_ error: Matrix<S>, of scalar: S.Type) {
    let run = S.ranges(error.storage)
    self.init(
      rows: error.rows, columns: error.columns,
      values: (0..<run.count).map { index in
        guard !run.isUnbounded else { return .infinity }
        let (lower, upper) = run.range(index).doubles
        return max(-lower, upper)
      })
  }
}
