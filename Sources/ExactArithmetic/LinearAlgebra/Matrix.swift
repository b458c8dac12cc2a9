/// A rows × columns matrix over any ``Scalar``, row by row.
public struct Matrix<Element: Scalar>: Sendable, CustomStringConvertible {
  public let rows: Int
  public let columns: Int
  public let storage: Element.Storage

  /// - Precondition: `elements` holds rows · columns entries, row by row.
  public init(rows: Int, columns: Int, elements: [Element]) {
    self.init(rows: rows, columns: columns, storage: Element.Storage(elements))
  }

  @inlinable
  public init(rows: Int, columns: Int, storage: Element.Storage) {
    precondition(
      rows >= 0 && columns >= 0 && storage.count == rows * columns,
      "a \(rows) × \(columns) matrix needs \(rows * columns) entries, got \(storage.count)")
    self.rows = rows
    self.columns = columns
    self.storage = storage
  }

  public subscript(row: Int, column: Int) -> Element {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns, "no entry (\(row), \(column))")
    return storage[row * columns + column]
  }

  /// All entries, row by row.
  public var elements: [Element] { storage.elements }

  public var rowVectors: [Vector<Element>] {
    (0..<rows).map { row in Vector(storage: storage.gathered(Array(row * columns..<(row + 1) * columns))) }
  }

  public var transpose: Matrix {
    let places = (0..<columns).flatMap { column in (0..<rows).map { $0 * columns + column } }
    return Matrix(rows: columns, columns: rows, storage: storage.gathered(places))
  }

  /// self · vector.
  ///
  /// - Precondition: `vector.count` is `columns`.
  public func times(_ vector: Vector<Element>) -> Vector<Element> {
    precondition(vector.count == columns, "a \(rows) × \(columns) matrix times a vector of \(vector.count) entries")
    return Vector(rowVectors.map { $0.dot(vector) })
  }

  /// Whether every entry is certainly zero.
  public var isZero: Bool { storage.isZero }

  public func map<Result: Scalar>(_ transform: (Element) throws -> Result) rethrows -> Matrix<Result> {
    Matrix<Result>(rows: rows, columns: columns, elements: try elements.map(transform))
  }

  /// Row by row: `[[a, b], [c, d]]`.
  public var description: String {
    "[" + rowVectors.map(\.description).joined(separator: ", ") + "]"
  }
}

extension Matrix {
  /// - Precondition of the sum and the difference: equal shapes.
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    left.checkShape(right)
    return Matrix(rows: left.rows, columns: left.columns, storage: .sum(left.storage, right.storage))
  }

  public static func - (left: Matrix, right: Matrix) -> Matrix {
    left.checkShape(right)
    return Matrix(rows: left.rows, columns: left.columns, storage: .difference(left.storage, right.storage))
  }

  public static prefix func - (operand: Matrix) -> Matrix {
    Matrix(rows: operand.rows, columns: operand.columns, storage: operand.storage.negated())
  }

  private func checkShape(_ other: Matrix) {
    precondition(
      rows == other.rows && columns == other.columns,
      "matrices of \(rows) × \(columns) and \(other.rows) × \(other.columns) do not combine")
  }
}

extension Matrix: Equatable where Element.Storage: Equatable {}
extension Matrix: Hashable where Element.Storage: Hashable {}

extension Matrix where Element == Rational {
  /// max |xᵢⱼ| over the entries; 0 for none.
  public var maximumEntryMagnitude: Rational {
    storage.integers.indexOfLargestMagnitude.map { storage[$0].magnitude } ?? .zero
  }
}
