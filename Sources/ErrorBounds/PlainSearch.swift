import Foundation

/// Climbs of a whole error's norm from the best of many points drawn all over the box of a family.
///
/// Forms and derivatives guide the other searches; where they know nothing, as behind saturated units or at kinks, only
/// looking helps. Deterministic for a seed. Estimates, for searches alone.
struct PlainSearch {
  let parameters: Int
  let finest: Double
  let deadline: Date
  var seed: UInt64 = 1
  /// A quarter of the evaluations goes to draws, at most this many.
  static let draws = 128

  /// Where the climbs ended.
  ///
  /// - Parameters:
  ///   - evaluations: the most of them.
  ///   - size: the norm of the error at a point.
  func ends(climbs: Int, evaluations: Int, _ size: ([Double]) -> Double) -> [[Double]] {
    var random = SplitMix(state: seed &* 0x2545_F491_4F6C_DD1D)
    var drawn: [(value: Double, point: [Double])] = []
    for index in 0..<min(Self.draws, evaluations / 4) where Date() < deadline {
      let point = draw(kind: index % 4, &random)
      drawn.append((size(point), point))
    }
    var remaining = evaluations - drawn.count
    // Of equal ones the first: the order does not depend on how a sort treats them.
    let starts = drawn.indices.sorted { (drawn[$0].value, $1) > (drawn[$1].value, $0) }.prefix(climbs)
    return starts.compactMap { start in
      guard remaining > 0, Date() < deadline else { return nil }
      var spent = 0
      let search = PatternSearch(budget: min(remaining, evaluations / climbs), finest: finest, deadline: deadline)
      let climbed = search.climb(from: drawn[start].point) { point in
        spent += 1
        return size(point)
      }
      remaining -= spent
      return climbed.point
    }
  }

  /// Vertices, points of the inside, points near the middle, and vertices of some coordinates.
  private func draw(kind: Int, _ random: inout SplitMix) -> [Double] {
    let scale = kind == 2 ? Double(sign: .plus, exponent: -Int(random.next() % 24), significand: 1) : 1
    return (0..<parameters).map { _ in
      let inside = Double(random.next() >> 11) * 0x1p-52 - 1
      let isVertex = kind == 0 || kind == 3 && random.next() & 1 == 0
      return (isVertex ? (inside < 0 ? -1 : 1) : inside) * scale
    }
  }
}
