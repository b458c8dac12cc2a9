import Foundation

/// Climbs a function on [−1, 1]ⁿ coordinate by coordinate, with steps that shrink from the coarsest to the finest.
///
/// Deterministic; finds vertices first and then points near kinks, where the largest error need not be at a vertex.
struct PatternSearch {
  /// The most evaluations.
  var budget: Int
  /// The first step.
  var coarsest = 2.0
  /// The smallest step.
  var finest = 0x1p-20
  /// Whether the best move of all coordinates is taken, in the place of the first one that helps: where the function jumps,
  /// the first one leads away from small pieces. Only where the budget has enough such moves.
  var takesBest = false
  /// When to stop in any case.
  var deadline = Date.distantFuture
  /// The clock is read once in so many evaluations: one may be as quick as that.
  var clockPeriod = 64

  /// - Parameter coordinates: those that are moved; all by default.
  func climb(
    from start: [Double], coordinates: Range<Int>? = nil, _ value: ([Double]) -> Double
  ) -> (point: [Double], value: Double) {
    let coordinates = coordinates ?? start.indices
    let takesBest = takesBest && 64 * coordinates.count <= budget
    var (point, best) = (start, value(start))
    var spent = 1
    var step = coarsest
    func isOver() -> Bool { spent >= budget || spent % clockPeriod == 0 && Date() >= deadline }
    while step >= finest, !isOver() {
      var (base, improved) = (point, false)
      for index in coordinates where !isOver() {
        for direction in [step, -step] {
          let next = min(max(base[index] + direction, -1), 1)
          guard next != base[index] else { continue }
          var moved = base
          moved[index] = next
          spent += 1
          let reached = value(moved)
          guard reached > best else { continue }
          (point, best, improved) = (moved, reached, true)
          if takesBest { continue }
          base = moved
          break
        }
      }
      if !improved { step /= step > 0.25 ? 2 : 8 }
    }
    return (point, best)
  }
}
