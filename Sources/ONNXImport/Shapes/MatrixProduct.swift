/// The shapes of a matrix product as NumPy's `matmul` defines it: batches broadcast, a vector is a row on the left and a
/// column on the right.
struct MatrixProduct {
  /// The result's shape.
  let shape: Shape
  private let rows: Int
  private let inner: Int
  private let columns: Int
  private let leftBatches: [Int]
  private let rightBatches: [Int]
  private let leftCount: Int
  private let rightCount: Int

  init(_ left: Shape, _ right: Shape) throws(OperatorProblem) {
    guard left.rank >= 1, right.rank >= 1 else { throw .malformed("a scalar is no factor of a matrix product") }
    let first = left.rank == 1 ? [1] + left.dimensions : left.dimensions
    let second = right.rank == 1 ? right.dimensions + [1] : right.dimensions
    let (leftBatch, rightBatch) = (try Shape(first.dropLast(2)), try Shape(second.dropLast(2)))
    let batch = try leftBatch.broadcast(with: rightBatch)
    guard first[first.count - 1] == second[second.count - 2] else {
      throw .malformed("the shapes \(left) and \(right) do not multiply: the inner dimensions differ")
    }
    rows = first[first.count - 2]
    inner = first[first.count - 1]
    columns = second[second.count - 1]
    shape = try Shape(
      batch.dimensions + (left.rank == 1 ? [] : [rows]) + (right.rank == 1 ? [] : [columns]))
    try Shape.checkSize(batch.count, "the batch of matrix products")
    leftBatches = try leftBatch.indices(broadcastTo: batch)
    rightBatches = try rightBatch.indices(broadcastTo: batch)
    leftCount = left.count
    rightCount = right.count
  }

  /// The product as a linear map of one factor, with the other as weights.
  func structure(weightIsRight: Bool) throws(OperatorProblem) -> LinearStructure {
    var structure = try LinearStructure(
      rows: shape.count, columns: weightIsRight ? leftCount : rightCount, entriesPerRow: inner)
    for (leftBatch, rightBatch) in zip(leftBatches, rightBatches) {
      for row in 0..<rows {
        for column in 0..<columns {
          for index in 0..<inner {
            let left = (leftBatch * rows + row) * inner + index
            let right = (rightBatch * inner + index) * columns + column
            structure.append(column: weightIsRight ? left : right, place: weightIsRight ? right : left)
          }
          structure.endRow()
        }
      }
    }
    return structure
  }
}
