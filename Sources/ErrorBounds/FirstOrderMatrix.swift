import ExactArithmetic
import Networks

/// The derivatives of every entry of an error at the nominal frame, a row for each entry and a column for each parameter:
/// exactly where σ and σ′ are rational, else enclosed.
struct FirstOrderMatrix {
  typealias Ends = (lower: Rational, upper: Rational)

  /// By column: whether it is a target's, and its entries.
  private let columns: [(isTarget: Bool, entries: [Ends])]
  private let rows: Int

  init(_ problem: BoundProblem, isExact: Bool, precision: Int) {
    let family = problem.family
    var columns: [(isTarget: Bool, entries: [Ends])] = []
    if isExact {
      let frames = family.jets(Rational.self, in: ExactContext()) { _, _ in 0 }
      let error = problem.evaluator.error(at: frames, in: ExactContext()).storage
      rows = error.count
      for (direction, run) in error.partials {
        columns.append((family.movesTargets(direction), (0..<error.count).map { (run[$0], run[$0]) }))
      }
    } else {
      let context = IntervalContext(precision: max(precision, Interval.defaultPrecision))
      let frames = family.jets(Interval.self, in: context) { _, _ in Interval.exact(0, in: context) }
      let error = problem.evaluator.error(at: frames, in: context).storage
      rows = error.count
      for (direction, run) in error.partials {
        columns.append((family.movesTargets(direction), (0..<error.count).map { (run[$0].lower, run[$0].upper) }))
      }
    }
    self.columns = columns
  }

  /// The largest norm of Σ ± column over all signs, of the inputs' columns or of the targets'.
  ///
  /// Of the max norm, the largest sum of magnitudes of a row. Of the Frobenius norm, by all signs where columns are few;
  /// else between the best signs of a climb and the norm of the rows' sums.
  func largest(_ norm: ErrorNorm, targets: Bool) -> Ends {
    let chosen = columns.filter { $0.isTarget == targets }.map(\.entries)
    let sums = (0..<rows).map { row in
      chosen.reduce((lower: Rational.zero, upper: Rational.zero)) { sum, column in
        let size = Self.magnitude(column[row])
        return (sum.lower + size.lower, sum.upper + size.upper)
      }
    }
    if norm == .max { return (sums.map(\.lower).max() ?? 0, sums.map(\.upper).max() ?? 0) }
    let most = Root.above(sums.reduce(0) { $0 + $1.upper * $1.upper })
    guard !chosen.isEmpty, chosen.count <= 10 else { return (climbed(chosen), most) }
    var best: Ends = (0, 0)
    // A vector of signs and its negative are alike.
    for signs in 0..<(1 << (chosen.count - 1)) {
      let reached = Self.squares(signed(chosen) { signs >> $0 & 1 == 1 })
      best = (max(best.lower, reached.lower), max(best.upper, reached.upper))
    }
    return (Root.below(best.lower), min(most, Root.above(best.upper)))
  }

  private static func magnitude(_ ends: Ends) -> Ends {
    let least = ends.lower.sign > 0 ? ends.lower : ends.upper.sign < 0 ? -ends.upper : 0
    return (least, max(ends.upper, -ends.lower))
  }

  private static func squares(_ vector: [Ends]) -> Ends {
    vector.reduce((0, 0)) { sum, ends in
      let size = magnitude(ends)
      return (sum.lower + size.lower * size.lower, sum.upper + size.upper * size.upper)
    }
  }

  private func signed(_ columns: [[Ends]], isNegative: (Int) -> Bool) -> [Ends] {
    (0..<rows).map { row in
      columns.indices.reduce((0, 0)) { sum, index in
        let ends = columns[index][row]
        return isNegative(index)
          ? (sum.lower - ends.upper, sum.upper - ends.lower) : (sum.lower + ends.lower, sum.upper + ends.upper)
      }
    }
  }

  /// The norm at signs of which none alone is better the other way; from below.
  private func climbed(_ columns: [[Ends]]) -> Rational {
    var (negative, best): (Set<Int>, Rational) = ([], 0)
    guard rows * columns.count <= 1 << 12 else { return Root.below(Self.squares(signed(columns) { _ in false }).lower) }
    best = Self.squares(signed(columns) { _ in false }).lower
    for index in columns.indices {
      let flipped = negative.symmetricDifference([index])
      let reached = Self.squares(signed(columns) { flipped.contains($0) }).lower
      if reached > best { (negative, best) = (flipped, reached) }
    }
    return Root.below(best)
  }
}
