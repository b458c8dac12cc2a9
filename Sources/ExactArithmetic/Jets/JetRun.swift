/// Storage of jets: one run of values, and one of derivatives for each direction that any entry has.
public struct JetRun<Base: Scalar>: ScalarStorage {
  public let values: Base.Storage
  /// By direction, ascending; each as long as `values`.
  public let partials: [(direction: Int, run: Base.Storage)]

  public init(values: Base.Storage, partials: [(direction: Int, run: Base.Storage)]) {
    self.values = values
    self.partials = partials
  }

  public init(_ elements: [Jet<Base>]) {
    let directions = Set(elements.flatMap { $0.partials.map(\.direction) }).sorted()
    self.init(
      values: Base.Storage(elements.map(\.value)),
      partials: directions.map { direction in (direction, Base.Storage(elements.map { $0[direction] })) })
  }

  public var count: Int { values.count }

  public subscript(index: Int) -> Jet<Base> {
    Jet(values[index], partials: partials.map { ($0.direction, $0.run[index]) })
  }

  public var elements: [Jet<Base>] { (0..<count).map { self[$0] } }

  public func gathered(_ indices: [Int]) -> JetRun {
    mapped { $0.gathered(indices) }
  }

  public func negated() -> JetRun { mapped { $0.negated() } }

  /// A linear operation, on the values and on every derivative alike.
  func mapped(_ transform: (Base.Storage) -> Base.Storage) -> JetRun {
    JetRun(values: transform(values), partials: partials.map { ($0.direction, transform($0.run)) })
  }

  public static func sum(_ left: JetRun, _ right: JetRun) -> JetRun {
    JetRun(values: .sum(left.values, right.values), partials: merged(left, right, { .sum($0, $1) }, { $0 }, { $0 }))
  }

  public static func difference(_ left: JetRun, _ right: JetRun) -> JetRun {
    JetRun(
      values: .difference(left.values, right.values),
      partials: merged(left, right, { .difference($0, $1) }, { $0 }, { $0.negated() }))
  }

  public static func hadamard(_ left: JetRun, _ right: JetRun) -> JetRun {
    product(left, right) { .hadamard($0, $1) }
  }

  public static func outer(_ column: JetRun, _ row: JetRun) -> JetRun {
    product(column, row) { .outer($0, $1) }
  }

  /// The rule of Leibniz.
  private static func product(
    _ left: JetRun, _ right: JetRun, _ multiply: (Base.Storage, Base.Storage) -> Base.Storage
  ) -> JetRun {
    let first = left.partials.map { (direction: $0.direction, run: multiply($0.run, right.values)) }
    let second = right.partials.map { (direction: $0.direction, run: multiply(left.values, $0.run)) }
    let values = multiply(left.values, right.values)
    return JetRun(
      values: values,
      partials: merged(
        JetRun(values: values, partials: first), JetRun(values: values, partials: second), { .sum($0, $1) }, { $0 },
        { $0 }))
  }

  private static func merged(
    _ left: JetRun, _ right: JetRun, _ both: (Base.Storage, Base.Storage) -> Base.Storage,
    _ onlyLeft: (Base.Storage) -> Base.Storage, _ onlyRight: (Base.Storage) -> Base.Storage
  ) -> [(direction: Int, run: Base.Storage)] {
    var result: [(direction: Int, run: Base.Storage)] = []
    var (i, j) = (0, 0)
    while i < left.partials.count || j < right.partials.count {
      let a = i < left.partials.count ? left.partials[i].direction : Int.max
      let b = j < right.partials.count ? right.partials[j].direction : Int.max
      if a == b {
        result.append((a, both(left.partials[i].run, right.partials[j].run)))
      } else if a < b {
        result.append((a, onlyLeft(left.partials[i].run)))
      } else {
        result.append((b, onlyRight(right.partials[j].run)))
      }
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    return result
  }

  public static func apply(
    _ map: LinearMap, transposed: Bool, to vector: JetRun, in context: Base.Context
  ) -> JetRun {
    vector.mapped { Base.Storage.apply(map, transposed: transposed, to: $0, in: context) }
  }
}
