/// Storage of exact scalars: integers in flat limbs over one common scale (a power of two, and an odd denominator).
///
/// All kernels are exact: they equal the term-by-term result. Nothing is reduced per term; a common power of two, and
/// from a long denominator what all entries share with it, is removed once a result. An entry that is taken out is a
/// reduced number of its own.
///
/// The scale is common, so entries of very different magnitude cost as many limbs each as lie between the largest and
/// the smallest bit.
public struct ScaledRun<Element: ScaledScalar>: ScalarStorage, Hashable {
  @usableFromInline let integers: ScaledIntegers

  @inlinable
  init(_ integers: ScaledIntegers) {
    self.integers = integers
  }

  public init(_ elements: [Element]) {
    integers = ScaledIntegers(parts: elements.map(\.scaledParts)).compacted()
  }

  @inlinable
  public var count: Int { integers.count }

  public subscript(index: Int) -> Element {
    Element(
      ScaledParts(
        mantissa: integers.mantissa(index), exponent: integers.exponent, denominator: integers.denominator))
  }

  public var elements: [Element] { (0..<count).map { self[$0] } }

  @inlinable
  public var isZero: Bool { integers.isZero }

  public func gathered(_ indices: [Int]) -> ScaledRun { ScaledRun(integers.gathered(indices)) }

  @inlinable
  public static func sum(_ left: ScaledRun, _ right: ScaledRun) -> ScaledRun {
    ScaledRun(.sum(left.integers, right.integers))
  }

  @inlinable
  public static func difference(_ left: ScaledRun, _ right: ScaledRun) -> ScaledRun {
    ScaledRun(.sum(left.integers, right.integers.negated()))
  }

  @inlinable
  public static func hadamard(_ left: ScaledRun, _ right: ScaledRun) -> ScaledRun {
    ScaledRun(.hadamard(left.integers, right.integers))
  }

  @inlinable
  public func negated() -> ScaledRun { ScaledRun(integers.negated()) }

  @inlinable
  public static func outer(_ column: ScaledRun, _ row: ScaledRun) -> ScaledRun {
    ScaledRun(.outer(column.integers, row.integers))
  }

  public static func dot(_ left: ScaledRun, _ right: ScaledRun) -> Element {
    left.count == 0 ? .zero : ScaledRun(.dot(left.integers, right.integers))[0]
  }

  @inlinable
  public static func apply(
    _ map: LinearMap, transposed: Bool, to vector: ScaledRun, in context: ExactContext
  ) -> ScaledRun {
    ScaledRun(map.appliedAndCompacted(transposed: transposed, to: vector.integers))
  }
}

extension ScaledRun {
  /// The limbs each entry uses, for measurements of the kernels' floor.
  @_spi(Measurement) public var limbCounts: [Int] { integers.sizes.map { Int(abs($0)) } }
}

extension LinearMap {
  /// The limbs each stored entry uses, for measurements of the kernels' floor.
  @_spi(Measurement) public var limbCounts: [Int] { values.limbCounts }
}
