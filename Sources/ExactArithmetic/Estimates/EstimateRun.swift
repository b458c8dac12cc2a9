/// Storage of estimates: floats.
public struct EstimateRun: ScalarStorage {
  public let values: [Double]

  public init(values: [Double]) {
    self.values = values
  }

  public init(_ elements: [Estimate]) {
    values = elements.map(\.value)
  }

  public var count: Int { values.count }
  public subscript(index: Int) -> Estimate { Estimate(values[index]) }
  public var elements: [Estimate] { values.map(Estimate.init) }

  public static func sum(_ left: EstimateRun, _ right: EstimateRun) -> EstimateRun {
    EstimateRun(values: zip(left.values, right.values).map(+))
  }

  public static func difference(_ left: EstimateRun, _ right: EstimateRun) -> EstimateRun {
    EstimateRun(values: zip(left.values, right.values).map(-))
  }

  public static func hadamard(_ left: EstimateRun, _ right: EstimateRun) -> EstimateRun {
    EstimateRun(values: zip(left.values, right.values).map(*))
  }

  public static func outer(_ column: EstimateRun, _ row: EstimateRun) -> EstimateRun {
    EstimateRun(values: column.values.flatMap { left in row.values.map { left * $0 } })
  }

  public static func constants(_ column: LinearMap, in context: EstimateContext) -> EstimateRun {
    let rounded = column.rounded.map(of: column, transposed: false)
    var values = [Double](repeating: 0, count: column.rows)
    for row in 0..<rounded.rows where rounded.starts[row] < rounded.starts[row + 1] {
      values[row] = rounded.values[rounded.starts[row]]
    }
    return EstimateRun(values: values)
  }

  public static func apply(
    _ map: LinearMap, transposed: Bool, to vector: EstimateRun, in context: EstimateContext
  ) -> EstimateRun {
    let rounded = map.rounded.map(of: map, transposed: transposed)
    return EstimateRun(
      values: (0..<rounded.rows).map { row in
        var sum = 0.0
        for index in rounded.starts[row]..<rounded.starts[row + 1] {
          sum += rounded.values[index] * vector.values[Int(rounded.places[index])]
        }
        return sum
      })
  }
}
