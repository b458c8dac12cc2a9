import ExactArithmetic
import Networks
import Waves

/// Branch and bound of one entry of an error whose factors are functions of one frame each.
///
/// The entry is made of ranges over single frames (see ``DecoupledBound``); each is refined by its own search, the one
/// that costs most first. Where those searches attain their ends, the frames of them make frames of the error.
final class EntrySearch {
  enum Case {
    /// All frames differ.
    case free
    /// The factors share a frame, the reference is another.
    case together
    /// The reference is the frame of the error, or that of the input: one factor is a distance.
    case distance(movesInput: Bool)
  }

  /// Points of the boxes of the frames of x, of δ and of the reference, and an estimate of |entry| there.
  struct Attained {
    var value: Double
    var input: [Double]
    var error: [Double]
    var reference: [Double]
  }

  private let kind: Case
  private let ranges: RangeSearches
  private let row: Int
  private let column: Int
  /// Largest and smallest of: δ, x, δ x; or of the moving factor; then of the two distances.
  private let searches: [RangeSearch]
  private var distances: [(from: RangeSearch, search: RangeSearch)] = []
  /// How wide the range was that the distances are measured from.
  private var measured = Double.infinity

  init(_ kind: Case, _ ranges: RangeSearches, row: Int, column: Int) {
    self.kind = kind
    self.ranges = ranges
    self.row = row
    self.column = column
    let quantities: [FrameQuantity.Kind] =
      switch kind {
      case .free: [.error(row: row), .activity(column: column), .product(row: row, column: column)]
      case .together: [.product(row: row, column: column)]
      case .distance(let movesInput): [movesInput ? .activity(column: column) : .error(row: row)]
      }
    searches = quantities.flatMap { ranges.ends($0) }
    renewDistances()
  }

  /// At least the supremum of |entry|.
  var upper: Double {
    switch kind {
    case .free:
      let (apart, same) = (independentProduct, (low: -searches[5].upper, high: searches[4].upper))
      return max((apart.high - same.low).nextUp, (same.high - apart.low).nextUp)
    case .together: return (searches[0].upper + searches[1].upper).nextUp
    // Of both ends and both signs: with one of them missing nothing is known.
    case .distance: return distances.count == 4 ? distances.map(\.search.upper).max() ?? .infinity : .infinity
    }
  }

  private var independentProduct: (low: Double, high: Double) {
    let (a, b) = (-searches[1].upper, searches[0].upper)
    let (c, d) = (-searches[3].upper, searches[2].upper)
    let products = [a * c, a * d, b * c, b * d]
    guard products.allSatisfy(\.isFinite) else { return (-.infinity, .infinity) }
    return ((products.min() ?? 0).nextDown, (products.max() ?? 0).nextUp)
  }

  /// Frames at which |entry| is about as large as the searches have seen; `nil` where they saw nothing.
  var attained: Attained? {
    switch kind {
    case .free:
      var best: Attained?
      for (delta, deltaSign) in [(searches[0], 1.0), (searches[1], -1.0)] {
        for (activity, activitySign) in [(searches[2], 1.0), (searches[3], -1.0)] {
          for (product, productSign) in [(searches[4], 1.0), (searches[5], -1.0)] {
            let apart = delta.attained * deltaSign * (activity.attained * activitySign)
            let value = (apart - product.attained * productSign).magnitude
            guard value.isFinite, best.map({ value > $0.value }) ?? true else { continue }
            best = Attained(value: value, input: activity.point, error: delta.point, reference: product.point)
          }
        }
      }
      return best
    case .together:
      let value = searches[0].attained + searches[1].attained
      guard value.isFinite else { return nil }
      return Attained(
        value: value, input: searches[0].point, error: searches[0].point, reference: searches[1].point)
    case .distance(let movesInput):
      guard let best = distances.max(by: { $0.search.attained < $1.search.attained }), best.search.attained.isFinite
      else { return nil }
      let (moved, common) = (best.from.point, best.search.point)
      return Attained(
        value: best.search.attained, input: movesInput ? moved : common, error: movesInput ? common : moved,
        reference: common)
    }
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
      } else if measured > range * (1 + 1 / 64) {
        renewDistances()
      } else if let worst = distances.max(by: { $0.search.upper < $1.search.upper }) {
        worst.search.step()
      }
    }
  }

  private func renewDistances() {
    guard case .distance(let movesInput) = kind else { return }
    distances = []
    measured = searches[0].upper + searches[1].upper
    for (from, end) in [(searches[0], searches[0].upper), (searches[1], -searches[1].upper)] where end.isFinite {
      let distance = FrameQuantity.Kind.distance(end: end, row: row, column: column, movesInput: movesInput)
      distances += ranges.ownEnds(distance).map { (from, $0) }
    }
  }
}
