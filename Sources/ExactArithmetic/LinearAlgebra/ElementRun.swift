/// Storage for scalars without kernels of their own: an array.
public struct ElementRun<Element: Scalar>: ScalarStorage {
  public let elements: [Element]

  public init(_ elements: [Element]) {
    self.elements = elements
  }

  public var count: Int { elements.count }

  public subscript(index: Int) -> Element { elements[index] }
}

extension ElementRun: Equatable where Element: Equatable {}
extension ElementRun: Hashable where Element: Hashable {}
