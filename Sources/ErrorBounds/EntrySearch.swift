import ExactArithmetic
import Networks
import Waves

/// Branch and bound of one entry of an error whose factors are functions of one frame each.
///
/// The entry is made of ranges over single frames (see ``DecoupledBound``); each is refined by its own search, the one
/// that costs most first.
final class EntrySearch {
  enum Case {
    /// All frames differ.
    case free
    /// The factors share a frame, the reference is another.
    case together
    /// The reference is the frame of the error, or that of the input: one factor is a distance.
    case distance(movesInput: Bool)
  }

  private let kind: Case
  private let cells: FrameCells
  private let row: Int
  private let column: Int
  private let source: Int
  private let sink: Int
  /// Largest and smallest of: δ, x, δ x; or of the moving factor; then of the two distances.
  private var searches: [RangeSearch] = []
  private var distances: [RangeSearch] = []

  init(_ kind: Case, _ cells: FrameCells, edge: Edge, row: Int, column: Int) {
    self.kind = kind
    self.cells = cells
    self.row = row
    self.column = column
    source = edge.source
    sink = edge.target
    let (delta, activity, product) = (self.delta, self.activity, self.product)
    let targets: [RangeSearch.Target] =
      switch kind {
      case .free: [delta, activity, product]
      case .together: [product]
      case .distance(let movesInput): [movesInput ? activity : delta]
      }
    for target in targets {
      for sign in [1.0, -1.0] { searches.append(RangeSearch(cells, sign: sign, target)) }
    }
    renewDistances()
  }

  private var delta: RangeSearch.Target {
    RangeSearch.Target(
      form: { [sink, row] in $0.deltas[sink][row] }, estimate: { [sink, row] in $0.deltas[sink].storage.values[row] })
  }

  private var activity: RangeSearch.Target {
    RangeSearch.Target(
      form: { [source, column] in $0.activities[source][column] },
      estimate: { [source, column] in $0.activities[source].storage.values[column] })
  }

  private var product: RangeSearch.Target {
    let (delta, activity) = (self.delta, self.activity)
    return RangeSearch.Target(
      form: { delta.form($0) * activity.form($0) }, estimate: { delta.estimate($0) * activity.estimate($0) })
  }

  /// (end − moving factor) · other factor.
  private func distance(to end: Double, movesInput: Bool) -> RangeSearch.Target {
    let (moving, other) = movesInput ? (activity, delta) : (delta, activity)
    let point = AffineForm.point(end)
    return RangeSearch.Target(
      form: { (point - moving.form($0)) * other.form($0) },
      estimate: { (end - moving.estimate($0)) * other.estimate($0) })
  }

  /// At least the supremum of |entry|.
  var upper: Double {
    switch kind {
    case .free:
      let (apart, same) = (independentProduct, (low: -searches[5].upper, high: searches[4].upper))
      return max((apart.high - same.low).nextUp, (same.high - apart.low).nextUp)
    case .together: return (searches[0].upper + searches[1].upper).nextUp
    case .distance: return distances.map(\.upper).max() ?? .infinity
    }
  }

  private var independentProduct: (low: Double, high: Double) {
    let (a, b) = (-searches[1].upper, searches[0].upper)
    let (c, d) = (-searches[3].upper, searches[2].upper)
    let products = [a * c, a * d, b * c, b * d]
    guard products.allSatisfy(\.isFinite) else { return (-.infinity, .infinity) }
    return ((products.min() ?? 0).nextDown, (products.max() ?? 0).nextUp)
  }

  /// Refines what costs most. The distances restart when the range that they measure from has become much smaller.
  func step() {
    switch kind {
    case .free:
      let sizes = (
        max(searches[0].upper.magnitude, searches[1].upper.magnitude),
        max(searches[2].upper.magnitude, searches[3].upper.magnitude)
      )
      let costs = [
        searches[0].gap * sizes.1, searches[1].gap * sizes.1, searches[2].gap * sizes.0, searches[3].gap * sizes.0,
        searches[4].gap, searches[5].gap,
      ]
      searches[costs.indices.max { costs[$0] < costs[$1] } ?? 0].step()
    case .together:
      (searches[0].gap >= searches[1].gap ? searches[0] : searches[1]).step()
    case .distance:
      let range = searches[0].upper + searches[1].upper
      let loose = searches.max { $0.gap < $1.gap } ?? searches[0]
      if loose.gap * 64 > range {
        loose.step()
        if loose.gap * 64 <= range { renewDistances() }
      } else if let worst = distances.max(by: { $0.upper < $1.upper }) {
        worst.step()
      }
    }
  }

  private func renewDistances() {
    guard case .distance(let movesInput) = kind else { return }
    distances = []
    for end in [searches[0].upper, -searches[1].upper] where end.isFinite {
      for sign in [1.0, -1.0] {
        distances.append(RangeSearch(cells, sign: sign, distance(to: end, movesInput: movesInput)))
      }
    }
  }
}
