/// A run of scalars and the kernels on it.
///
/// Every kernel has a default that works element by element; a conformance replaces those it can do faster, with equal
/// results where the scalar is exact and results at least as tight where it encloses.
public protocol ScalarStorage: Sendable {
  associatedtype Element: Scalar

  init(_ elements: [Element])
  var count: Int { get }
  subscript(index: Int) -> Element { get }
  var elements: [Element] { get }

  /// Whether every entry is certainly zero.
  var isZero: Bool { get }

  /// The entries at these indices, in this order.
  func gathered(_ indices: [Int]) -> Self

  /// Elementwise. Precondition of the three: equal counts.
  static func sum(_ left: Self, _ right: Self) -> Self
  static func difference(_ left: Self, _ right: Self) -> Self
  static func hadamard(_ left: Self, _ right: Self) -> Self
  func negated() -> Self

  /// Row-major `column.count` × `row.count` products.
  static func outer(_ column: Self, _ row: Self) -> Self

  /// Precondition: equal counts.
  static func dot(_ left: Self, _ right: Self) -> Element

  /// The entries of a map of one column, each as an exact number is taken.
  static func constants(_ column: LinearMap, in context: Element.Context) -> Self

  /// `map` (or its transpose) times `vector`. Precondition: the shapes fit.
  static func apply(_ map: LinearMap, transposed: Bool, to vector: Self, in context: Element.Context) -> Self
}

extension ScalarStorage {
  public var isZero: Bool { elements.allSatisfy(\.isZero) }

  public func gathered(_ indices: [Int]) -> Self {
    let elements = elements
    return Self(indices.map { elements[$0] })
  }

  static func combine(_ left: Self, _ right: Self, _ operation: (Element, Element) -> Element) -> Self {
    precondition(left.count == right.count, "vectors of \(left.count) and \(right.count) entries do not combine")
    return Self(zip(left.elements, right.elements).map(operation))
  }

  public static func sum(_ left: Self, _ right: Self) -> Self { combine(left, right, +) }
  public static func difference(_ left: Self, _ right: Self) -> Self { combine(left, right, -) }
  public static func hadamard(_ left: Self, _ right: Self) -> Self { combine(left, right, *) }
  public func negated() -> Self { Self(elements.map { -$0 }) }

  public static func outer(_ column: Self, _ row: Self) -> Self {
    let row = row.elements
    return Self(column.elements.flatMap { left in row.map { left * $0 } })
  }

  public static func dot(_ left: Self, _ right: Self) -> Element {
    precondition(left.count == right.count, "vectors of \(left.count) and \(right.count) entries have no dot product")
    return zip(left.elements, right.elements).reduce(.zero) { $0 + $1.0 * $1.1 }
  }

  public static func constants(_ column: LinearMap, in context: Element.Context) -> Self {
    Self(column.matrix.elements.map { Element.exact($0, in: context) })
  }

  public static func apply(_ map: LinearMap, transposed: Bool, to vector: Self, in context: Element.Context) -> Self {
    applyTermByTerm(map, transposed: transposed, to: vector, in: context)
  }

  /// The default kernel, for conformances that fall back on it.
  static func applyTermByTerm(
    _ map: LinearMap, transposed: Bool, to vector: Self, in context: Element.Context
  ) -> Self {
    let input = vector.elements
    var output = [Element](repeating: .zero, count: transposed ? map.columns : map.rows)
    map.forEachNonzero { row, column, value in
      let (target, source) = transposed ? (column, row) : (row, column)
      output[target] = output[target] + Element.exact(value, in: context) * input[source]
    }
    return Self(output)
  }
}
