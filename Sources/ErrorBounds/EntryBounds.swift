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

  /// One number that bounds every entry of a rows × columns matrix; the entry where it was found.
  init(coarse value: Double, place: (row: Int, column: Int), _ rows: Int, _ columns: Int) {
    self.rows = 1
    self.columns = 1
    coarse = place
    entryCount = Double(rows) * Double(columns)
    values = [value.isNaN ? .infinity : value]
  }

  /// How many entries the matrix has.
  let entryCount: Double

  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values for \(rows) × \(columns) entries")
    self.rows = rows
    self.columns = columns
    coarse = nil
    entryCount = Double(values.count)
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
    if isCoarse { return (entryCount.squareRoot().nextUp * largest).nextUp }
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

/// One bound for all entries, where a matrix is too large to bound entry by entry.
extension EntryBounds {
  /// The largest of one factor times the largest of the other.
  init(coarse column: AffineRun, _ row: AffineRun) {
    let (first, second) = (column.largestMagnitude, row.largestMagnitude)
    let product = (first.size * second.size).nextUp
    self.init(
      coarse: column.isUnbounded || row.isUnbounded ? .infinity : product, place: (first.row, second.row),
      column.count, row.count)
  }

  /// Of errors by their factors: |δ x − δ′ x′| ≤ |δ| |x − x′| + |x′| |δ − δ′|, summed over edges that share a parameter.
  init<S: BoundingScalar>(coarse products: ErrorProducts<S>, of scalar: S.Type) {
    var (total, worst, place) = (0.0, -1.0, (row: 0, column: 0))
    for term in products.terms {
      let (delta, input) = (term.delta.storage, term.ownActivity.storage)
      let parts = [
        EntryBounds(coarse: S.ranges(delta), S.ranges(.difference(term.activity.storage, input))),
        EntryBounds(coarse: S.ranges(.difference(delta, term.ownDelta.storage)), S.ranges(input)),
      ]
      for part in parts {
        total = (total + part.maximum).nextUp
        if part.maximum > worst { (worst, place) = (part.maximum, part.place) }
      }
    }
    self.init(coarse: total, place: place, products.rows, products.columns)
  }
}

extension AffineRun {
  /// The row with the largest number that it can be, in magnitude.
  var largestMagnitude: (row: Int, size: Double) {
    largest { row in
      let (lower, upper) = range(row).doubles
      return max(-lower, upper)
    }
  }

  /// The row with the widest range.
  var largestWidth: (row: Int, size: Double) {
    largest { row in
      let (low, high) = deviation(row)
      return (high - low).nextUp
    }
  }

  private func largest(_ size: (Int) -> Double) -> (row: Int, size: Double) {
    var best = (row: 0, size: 0.0)
    for row in 0..<count {
      let own = size(row)
      if own > best.size { best = (row, own) }
    }
    return best
  }
}
