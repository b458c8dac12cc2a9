/// An exact linear map with rational entries, rows × columns: dense, or sparse by compressed rows.
///
/// Two maps are equal when they have the same shape and the same entries, whichever way they are held.
public struct LinearMap: Sendable {
  public let rows: Int
  public let columns: Int

  /// Where the stored entries are.
  enum Pattern: Sendable {
    /// All of them, row by row.
    case dense
    /// Row r holds the entries starts[r]..<starts[r + 1], at increasing columns; none of them is zero. A convolution over
    /// an image has millions of them: half a word is enough for a column.
    case sparse(starts: [Int], columns: [Int32])
  }

  let pattern: Pattern
  let values: Rational.Storage
  /// The entries in floats, for enclosures; made once.
  let rounded = RoundedMapCache()

  init(rows: Int, columns: Int, pattern: Pattern, values: Rational.Storage) {
    self.rows = rows
    self.columns = columns
    self.pattern = pattern
    self.values = values
  }

  /// A dense map.
  public init(_ dense: Matrix<Rational>) {
    self.init(rows: dense.rows, columns: dense.columns, pattern: .dense, values: dense.storage)
  }

  /// A sparse map. Entries at the same place add up; zeros are dropped.
  ///
  /// - Precondition: every place is inside rows × columns, and there are fewer than 2³¹ columns.
  /// - Complexity: a sort of the entries.
  public init(rows: Int, columns: Int, entries: [(row: Int, column: Int, value: Rational)]) {
    var (starts, places, values): ([Int], [Int32], [Rational]) = ([0], [], [])
    starts.reserveCapacity(rows + 1)
    var rest = entries.sorted { ($0.row, $0.column) < ($1.row, $1.column) }[...]
    for row in 0..<rows {
      while let (at, column, first) = rest.first, at == row {
        precondition(column >= 0 && column < columns, "entry (\(row), \(column)) outside \(rows) × \(columns)")
        var value = first
        rest = rest.dropFirst()
        while let next = rest.first, next.row == row, next.column == column {
          value = value + next.value
          rest = rest.dropFirst()
        }
        if !value.isZero {
          places.append(Int32(column))
          values.append(value)
        }
      }
      starts.append(places.count)
    }
    precondition(rest.isEmpty, "an entry lies outside the \(rows) rows")
    self.init(
      rows: rows, columns: columns, pattern: .sparse(starts: starts, columns: places), values: .init(values))
  }

  public static func identity(_ count: Int) -> LinearMap {
    LinearMap(
      rows: count, columns: count, pattern: .sparse(starts: Array(0...count), columns: (0..<count).map(Int32.init)),
      values: .init(Array(repeating: Rational.one, count: count)))
  }

  public static func zero(_ rows: Int, _ columns: Int) -> LinearMap {
    LinearMap(rows: rows, columns: columns, entries: [])
  }

  public static func zero(rows: Int, columns: Int) -> LinearMap { zero(rows, columns) }

  public var isDense: Bool {
    if case .dense = pattern { true } else { false }
  }

  public var nonzeroCount: Int {
    values.integers.sizes.count { $0 != 0 }
  }

  public var isZero: Bool { nonzeroCount == 0 }

  /// - Complexity: O(log of the row's entries) for a sparse map.
  public subscript(row: Int, column: Int) -> Rational {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns, "no entry (\(row), \(column))")
    switch pattern {
    case .dense: return values[row * columns + column]
    case .sparse(let starts, let places):
      var (low, high) = (starts[row], starts[row + 1])
      while low < high {
        let middle = (low + high) / 2
        if Int(places[middle]) < column { low = middle + 1 } else { high = middle }
      }
      return low < starts[row + 1] && Int(places[low]) == column ? values[low] : .zero
    }
  }

  /// Visits the entries that are not zero, row by row, at increasing columns.
  public func forEachNonzero(_ body: (_ row: Int, _ column: Int, _ value: Rational) throws -> Void) rethrows {
    switch pattern {
    case .dense:
      for row in 0..<rows {
        for column in 0..<columns where values.integers.sizes[row * columns + column] != 0 {
          try body(row, column, values[row * columns + column])
        }
      }
    case .sparse(let starts, let places):
      for row in 0..<rows {
        for index in starts[row]..<starts[row + 1] { try body(row, Int(places[index]), values[index]) }
      }
    }
  }

  /// Visits the places of the same, without making their values.
  func forEachPlace(_ body: (_ row: Int, _ column: Int) -> Void) {
    switch pattern {
    case .dense:
      for row in 0..<rows {
        for column in 0..<columns where values.integers.sizes[row * columns + column] != 0 { body(row, column) }
      }
    case .sparse(let starts, let places):
      for row in 0..<rows {
        for index in starts[row]..<starts[row + 1] { body(row, Int(places[index])) }
      }
    }
  }

  /// All entries, zeros included: for an image-sized sparse map this is very large.
  public var matrix: Matrix<Rational> {
    if isDense { return Matrix(rows: rows, columns: columns, storage: values) }
    var elements = [Rational](repeating: .zero, count: rows * columns)
    forEachNonzero { elements[$0 * columns + $1] = $2 }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }
}
