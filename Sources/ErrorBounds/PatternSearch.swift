import Foundation

/// Climbs a function on [−1, 1]ⁿ coordinate by coordinate, with steps that shrink from 2 to the finest.
///
/// Deterministic; finds vertices first and then points near kinks, where the largest error need not be at a vertex.
struct PatternSearch {
  /// The most evaluations.
  var budget: Int
  /// The smallest step.
  var finest = 0x1p-20
  /// When to stop in any case.
  var deadline = Date.distantFuture
  /// The clock is read once in so many evaluations: one may be as quick as that.
  var clockPeriod = 64

  func climb(from start: [Double], _ value: ([Double]) -> Double) -> (point: [Double], value: Double) {
    var (point, best) = (start, value(start))
    var spent = 1
    var step = 2.0
    func isOver() -> Bool { spent >= budget || spent % clockPeriod == 0 && Date() >= deadline }
    while step >= finest, !isOver() {
      var improved = false
      for index in point.indices where !isOver() {
        for direction in [step, -step] {
          let next = min(max(point[index] + direction, -1), 1)
          guard next != point[index] else { continue }
          var moved = point
          moved[index] = next
          spent += 1
          let reached = value(moved)
          if reached > best {
            (point, best, improved) = (moved, reached, true)
            break
          }
        }
      }
      if !improved { step /= step > 0.25 ? 2 : 8 }
    }
    return (point, best)
  }
}
