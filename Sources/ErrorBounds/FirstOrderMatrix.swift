import ExactArithmetic
import Networks

/// The derivatives of every entry of an error at the nominal frame, a row for each entry and a column for each parameter:
/// exactly where σ and σ′ are rational, else enclosed.
///
/// Of many columns only sums are kept: they are made some entries at a time.
struct FirstOrderMatrix {
  typealias Ends = (lower: Rational, upper: Rational)

  /// The columns of the inputs, or those of the targets.
  private struct Part {
    var count = 0
    /// Per row: Σ |column|, and Σ column.
    var magnitudes: [Ends] = []
    var sums: [Ends] = []
    /// By column, while they are few.
    var columns: [[Ends]] = []
  }

  private var inputs = Part()
  private var targets = Part()
  private let rows: Int

  /// - Parameter most: how many entries have their derivatives at a time.
  init(_ problem: BoundProblem, isExact: Bool, precision: Int, most: Int = .max) {
    let family = problem.family
    var parts = (inputs: Part(), targets: Part())
    if isExact {
      let frames = family.jets(Rational.self, in: ExactContext()) { _, _ in 0 }
      let error = problem.evaluator.products(at: frames, in: ExactContext())
      rows = error.rows * error.columns
      error.forEachBlock(most: most) { _, block in
        Self.add(block.storage, family, rows: error.rows * error.columns, to: &parts) { ($0, $0) }
      }
    } else {
      let context = IntervalContext(precision: max(precision, Interval.defaultPrecision))
      let frames = family.jets(Interval.self, in: context) { _, _ in Interval.exact(0, in: context) }
      let error = problem.evaluator.products(at: frames, in: context)
      rows = error.rows * error.columns
      error.forEachBlock(most: most) { _, block in
        Self.add(block.storage, family, rows: error.rows * error.columns, to: &parts) { ($0.lower, $0.upper) }
      }
    }
    (inputs, targets) = parts
  }

  /// Appends the rows of a block.
  private static func add<S: Scalar>(
    _ error: JetRun<S>, _ family: FrameFamily, rows: Int, to parts: inout (inputs: Part, targets: Part),
    _ ends: (S) -> Ends
  ) {
    for targets in [false, true] {
      let runs = error.partials.filter { family.movesTargets($0.direction) == targets }.map(\.run)
      var part = targets ? parts.targets : parts.inputs
      part.count = runs.count
      let isKept = runs.count <= fewColumns || rows * runs.count <= fewEntries
      if isKept, part.columns.isEmpty { part.columns = [[Ends]](repeating: [], count: runs.count) }
      for row in 0..<error.count {
        var (magnitude, sum): (Ends, Ends) = ((0, 0), (0, 0))
        for (column, run) in runs.enumerated() {
          let value = ends(run[row])
          let size = Self.magnitude(value)
          magnitude = (magnitude.lower + size.lower, magnitude.upper + size.upper)
          sum = (sum.lower + value.lower, sum.upper + value.upper)
          if isKept { part.columns[column].append(value) }
        }
        part.magnitudes.append(magnitude)
        part.sums.append(sum)
      }
      if targets { parts.targets = part } else { parts.inputs = part }
    }
  }

  /// Of so few columns all signs are tried.
  private static let fewColumns = 10
  /// Of so few entries signs are changed one by one.
  private static let fewEntries = 1 << 12

  /// The largest norm of Σ ± column over all signs, of the inputs' columns or of the targets'.
  ///
  /// Of the max norm, the largest sum of magnitudes of a row. Of the Frobenius norm, by all signs where columns are few;
  /// else between the best signs of a climb and the norm of the rows' sums.
  func largest(_ norm: ErrorNorm, targets: Bool) -> Ends {
    let part = targets ? self.targets : inputs
    let sums = part.magnitudes
    if norm == .max { return (sums.map(\.lower).max() ?? 0, sums.map(\.upper).max() ?? 0) }
    let most = Root.above(sums.reduce(0) { $0 + $1.upper * $1.upper })
    guard part.count > 0, part.count <= Self.fewColumns else { return (climbed(part), most) }
    var best: Ends = (0, 0)
    // A vector of signs and its negative are alike.
    for signs in 0..<(1 << (part.count - 1)) {
      let reached = Self.squares(signed(part.columns) { signs >> $0 & 1 == 1 })
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

  /// The norm at signs of which none alone is better the other way, or at equal ones where entries are many; from below.
  private func climbed(_ part: Part) -> Rational {
    let columns = part.columns
    guard rows * part.count <= Self.fewEntries else { return Root.below(Self.squares(part.sums).lower) }
    var (negative, best): (Set<Int>, Rational) = ([], Self.squares(part.sums).lower)
    for index in columns.indices {
      let flipped = negative.symmetricDifference([index])
      let reached = Self.squares(signed(columns) { flipped.contains($0) }).lower
      if reached > best { (negative, best) = (flipped, reached) }
    }
    return Root.below(best)
  }
}
