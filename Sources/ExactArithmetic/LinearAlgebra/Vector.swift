/// A vector over any ``Scalar``.
///
/// Operations on two vectors need equal counts; that is a precondition everywhere.
public struct Vector<Element: Scalar>: Sendable, CustomStringConvertible {
  public let storage: Element.Storage

  public init(_ elements: [Element]) {
    storage = Element.Storage(elements)
  }

  @inlinable
  public init(storage: Element.Storage) {
    self.storage = storage
  }

  /// `count` times the exact zero of `context`.
  public static func zeros(_ count: Int, in context: Element.Context) -> Vector {
    Vector(Array(repeating: Element.exact(.zero, in: context), count: count))
  }

  @inlinable
  public var count: Int { storage.count }

  public subscript(index: Int) -> Element { storage[index] }

  public var elements: [Element] { storage.elements }

  /// Whether every entry is certainly zero.
  @inlinable
  public var isZero: Bool { storage.isZero }

  public func map<Result: Scalar>(_ transform: (Element) throws -> Result) rethrows -> Vector<Result> {
    Vector<Result>(try elements.map(transform))
  }

  public var description: String {
    "[" + elements.map(\.description).joined(separator: ", ") + "]"
  }
}

extension Vector {
  @inlinable
  public static func + (left: Vector, right: Vector) -> Vector {
    Vector(storage: .sum(left.storage, right.storage))
  }

  @inlinable
  public static func - (left: Vector, right: Vector) -> Vector {
    Vector(storage: .difference(left.storage, right.storage))
  }

  @inlinable
  public static prefix func - (operand: Vector) -> Vector {
    Vector(storage: operand.storage.negated())
  }

  /// The elementwise product.
  @inlinable
  public func hadamard(_ other: Vector) -> Vector {
    Vector(storage: .hadamard(storage, other.storage))
  }

  /// Σ selfᵢ otherᵢ: exact for exact scalars, without reducing a fraction per term.
  @inlinable
  public func dot(_ other: Vector) -> Element {
    Element.Storage.dot(storage, other.storage)
  }

  /// self · rowᵀ, `count` × `row.count`.
  @inlinable
  public func outer(_ row: Vector) -> Matrix<Element> {
    Matrix(rows: count, columns: row.count, storage: .outer(storage, row.storage))
  }
}

extension Vector {
  /// Some rows of self · rowᵀ.
  public func outer(_ row: Vector, rows: Range<Int>) -> Matrix<Element> {
    rows == 0..<count ? outer(row) : Vector(storage: storage.gathered(Array(rows))).outer(row)
  }
}

extension Vector: Equatable where Element.Storage: Equatable {}
extension Vector: Hashable where Element.Storage: Hashable {}

extension Vector where Element == Rational {
  /// max |xᵢ|; 0 for no entries.
  public var maximumNorm: Rational {
    storage.integers.indexOfLargestMagnitude.map { storage[$0].magnitude } ?? .zero
  }
}
