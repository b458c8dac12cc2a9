import ExactArithmetic
import Networks

/// Where Newton's method would go next: Δ with (I − σ′ W) Δ = r, or (I − σ′ Wᵀ) Δ = r, r what one tick still changes.
///
/// In floats: a guess, which is kept only where the exact residual gets smaller.
struct NewtonStep {
  /// The rows of the decomposed matrix, and the order in which they were eliminated.
  private var table: [[Double]]
  private var order: [Int]
  private let places: [[Int]]
  /// The greatest number of units: elimination costs its cube.
  private static let greatestSize = 256

  /// - Returns: `nil` for too many units, and where the matrix has no inverse in floats.
  init?(_ network: RecurrentNetwork, at drives: [Vector<Interval>], transposed: Bool) {
    let architecture = network.architecture
    let context = IntervalContext(precision: 53)
    var places: [[Int]] = []
    var slopes: [Double] = []
    for (node, entry) in architecture.nodes.enumerated() {
      guard !entry.isInput else {
        places.append([])
        continue
      }
      guard entry.width <= Self.greatestSize - slopes.count else { return nil }
      places.append((0..<entry.width).map { slopes.count + $0 })
      slopes += Interval.slope(entry.activation, at: drives[node], in: context).elements.map(\.ball.middle)
    }
    var table = slopes.indices.map { row in slopes.indices.map { row == $0 ? 1.0 : 0 } }
    for (index, edge) in architecture.edges.enumerated() where !architecture.nodes[edge.source].isInput {
      network.network.weights[index].forEachNonzero { row, column, value in
        let (to, from) = (places[edge.target][row], places[edge.source][column])
        let weight = Interval(value, precision: 53).ball.middle
        if transposed { table[from][to] -= slopes[from] * weight } else { table[to][from] -= slopes[to] * weight }
      }
    }
    self.places = places
    self.table = table
    order = Array(slopes.indices)
    guard decompose() else { return nil }
  }

  /// LU with the largest pivots, in place.
  private mutating func decompose() -> Bool {
    let count = table.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(table[$0][column]) < abs(table[$1][column]) } ?? column
      guard table[pivot][column] != 0, table[pivot][column].isFinite else { return false }
      table.swapAt(pivot, column)
      order.swapAt(pivot, column)
      for row in (column + 1)..<max(count, column + 1) where table[row][column] != 0 {
        let factor = table[row][column] / table[column][column]
        table[row][column] = factor
        for place in (column + 1)..<max(count, column + 1) { table[row][place] -= factor * table[column][place] }
      }
    }
    return true
  }

  /// Δ by node and unit for what is left there; `nil` where floats cannot say.
  func moves(_ rest: [[Rational]]) -> [[Rational]]? {
    let values = places.indices.flatMap { places[$0].isEmpty ? [] : rest[$0] }
    guard let largest = values.map(\.magnitude).max(), !largest.isZero else { return nil }
    // What is left may be far below the floats.
    var solution = order.map { Interval(values[$0] / largest, precision: 53).ball.middle }
    for row in solution.indices {
      for column in 0..<row { solution[row] -= table[row][column] * solution[column] }
    }
    for row in solution.indices.reversed() {
      for column in (row + 1)..<max(solution.count, row + 1) { solution[row] -= table[row][column] * solution[column] }
      solution[row] /= table[row][row]
    }
    guard solution.allSatisfy(\.isFinite) else { return nil }
    let exact = solution.map { ((try? Rational(exactly: $0)) ?? 0) * largest }
    return places.enumerated().map { node, places in
      places.isEmpty ? rest[node].map { _ in 0 } : places.map { exact[$0] }
    }
  }
}
