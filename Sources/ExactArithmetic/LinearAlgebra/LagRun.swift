/// Storage of lag sets: an array, with a kernel that looks at the places of a map alone.
public struct LagRun: ScalarStorage, Hashable {
  public let elements: [LagSet]

  public init(_ elements: [LagSet]) {
    self.elements = elements
  }

  public var count: Int { elements.count }

  public subscript(index: Int) -> LagSet { elements[index] }

  /// Every entry that is not zero passes on what its operand depends on, whatever its value is.
  public static func apply(
    _ map: LinearMap, transposed: Bool, to vector: LagRun, in context: LagContext
  ) -> LagRun {
    var output = [LagSet](repeating: .zero, count: transposed ? map.columns : map.rows)
    map.forEachPlace { row, column in
      let source = vector.elements[transposed ? row : column]
      if !source.isZero { output[transposed ? column : row].formUnion(source) }
    }
    return LagRun(output)
  }
}
