import ExactArithmetic
import Networks

/// The range searches of one edge: each is made once, and shared by all entries that it concerns.
///
/// δ_i serves a row of entries, x_j a column; so what one entry refines, the others have.
final class RangeSearches {
  enum Quantity: Hashable {
    case error(row: Int)
    case activity(column: Int)
    case product(row: Int, column: Int)
  }

  private struct Key: Hashable {
    let quantity: Quantity
    let isNegated: Bool
  }

  let cells: FrameCells
  private let edge: Edge
  private var made: [Key: RangeSearch] = [:]

  init(_ cells: FrameCells, edge: Edge) {
    self.cells = cells
    self.edge = edge
  }

  /// The searches for the largest and for the smallest value.
  func ends(_ quantity: Quantity) -> [RangeSearch] {
    [false, true].map { isNegated in
      let key = Key(quantity: quantity, isNegated: isNegated)
      if let known = made[key] { return known }
      let search = RangeSearch(cells, sign: isNegated ? -1 : 1, target(quantity))
      made[key] = search
      return search
    }
  }

  func target(_ quantity: Quantity) -> RangeSearch.Target {
    let (source, sink) = (edge.source, edge.target)
    switch quantity {
    case .error(let row):
      return RangeSearch.Target(
        form: { $0.deltas[sink][row] }, estimate: { $0.deltas[sink].storage.values[row] })
    case .activity(let column):
      return RangeSearch.Target(
        form: { $0.activities[source][column] }, estimate: { $0.activities[source].storage.values[column] })
    case .product(let row, let column):
      let (delta, activity) = (target(.error(row: row)), target(.activity(column: column)))
      return RangeSearch.Target(
        form: { delta.form($0) * activity.form($0) }, estimate: { delta.estimate($0) * activity.estimate($0) })
    }
  }

  /// (end − moving factor) · other factor.
  func distance(to end: Double, row: Int, column: Int, movesInput: Bool) -> RangeSearch.Target {
    let (delta, activity) = (target(.error(row: row)), target(.activity(column: column)))
    let (moving, other) = movesInput ? (activity, delta) : (delta, activity)
    let point = AffineForm.point(end)
    return RangeSearch.Target(
      form: { (point - moving.form($0)) * other.form($0) },
      estimate: { (end - moving.estimate($0)) * other.estimate($0) })
  }
}
