import ExactArithmetic
import Networks
internal import Synchronization

/// The absolute row and column sums of one weight, exactly.
struct WeightNorms: Sendable {
  /// Σ_j |W_ij| per row: how the sup norm grows forward.
  let rows: [Rational]
  /// Σ_i |W_ij| per column: how it grows backward.
  let columns: [Rational]

  /// - Complexity: linear in the entries that are not zero.
  init(_ weight: LinearMap) {
    var rows = [Rational](repeating: 0, count: weight.rows)
    var columns = [Rational](repeating: 0, count: weight.columns)
    weight.forEachNonzero { row, column, value in
      let size = value.magnitude
      rows[row] += size
      columns[column] += size
    }
    self.rows = rows
    self.columns = columns
  }

  /// |W|_∞, the largest row sum.
  var row: Rational { rows.max() ?? 0 }
  /// |W|_1, the largest column sum.
  var column: Rational { columns.max() ?? 0 }
}

/// The norms of all weights of a network, made when first asked for and shared by all edges.
final class WeightNormsCache: Sendable {
  private let made = Mutex<[WeightNorms]?>(nil)

  func norms(_ network: Network) -> [WeightNorms] {
    if let known = made.withLock({ $0 }) { return known }
    let norms = network.weights.map { WeightNorms($0) }
    made.withLock { $0 = norms }
    return norms
  }
}
