import ExactArithmetic

/// The error at an edge whose two factors are each a function of one frame: exact decoupling.
///
/// g_ij = δ_i(b) x_j(a) and ∇_ij = δ_i(s) x_j(s). For a fixed frame in the one factor the other ranges over all of its
/// values, so that only ranges over single frames remain (docs/theory.md, decoupling):
/// ```
/// s, a, b distinct   max(δ_i x_j) − min(δ_i x_j at one frame), and the same with max and min exchanged
/// s = b              δ_i (X − x_j) at one frame, X the largest and the smallest x_j (Theorem 7)
/// s = a              (D − δ_i) x_j at one frame, D the largest and the smallest δ_i
/// a = b              max − min of δ_i x_j at one frame
/// ```
/// Shapes: δ has n_to entries, x has n_from. Complexity: n_to · n_from products of forms.
struct DecoupledBound<S: BoundingScalar> {
  /// Over the box of one frame.
  private let errorForms: S.Storage
  private let activityForms: S.Storage
  private let errors: AffineRun
  private let activities: AffineRun

  init(errors: S.Storage, activities: S.Storage) {
    (errorForms, activityForms) = (errors, activities)
    (self.errors, self.activities) = (S.ranges(errors), S.ranges(activities))
  }

  var isUnbounded: Bool { errors.isUnbounded || activities.isUnbounded }

  private func entries(_ value: (_ i: Int, _ j: Int, _ index: Int) -> Double) -> EntryBounds {
    let (rows, columns) = (errors.count, activities.count)
    return EntryBounds(
      rows: rows, columns: columns,
      values: (0..<rows).flatMap { i in (0..<columns).map { j in value(i, j, i * columns + j) } })
  }

  /// All three frames differ.
  func free() -> EntryBounds {
    guard !isUnbounded else { return entries { _, _, _ in .infinity } }
    let together = S.productRanges(errorForms, activityForms)
    let (deltas, inputs) = (Factor(errors), Factor(activities))
    return entries { i, j, index in
      let (apart, same) = (Self.independentProduct(deltas, i, inputs, j), together[index])
      return max((apart.high - same.low).nextUp, (same.high - apart.low).nextUp)
    }
  }

  /// Both factors at one frame, the reference at another.
  func sameFactors() -> EntryBounds {
    guard !isUnbounded else { return entries { _, _, _ in .infinity } }
    let together = S.productRanges(errorForms, activityForms)
    return entries { _, _, index in (together[index].high - together[index].low).nextUp }
  }

  /// The reference is the frame of the error: δ_i (X − x_j).
  func referenceIsError() -> EntryBounds {
    product(moving: activityForms, activities) { S.productRanges(errorForms, $0) }
  }

  /// The reference is the frame of the input: (D − δ_i) x_j.
  func referenceIsInput() -> EntryBounds {
    product(moving: errorForms, errors) { S.productRanges($0, activityForms) }
  }

  private func product(
    moving forms: S.Storage, _ moving: AffineRun, _ outer: (S.Storage) -> [AffineRun.ProductRange]
  ) -> EntryBounds {
    guard !isUnbounded else { return entries { _, _, _ in .infinity } }
    var bounds = entries { _, _, _ in 0 }
    for isHigh in [false, true] {
      // The end of the range, as a number: the centre and a float; rounding outward only enlarges the range.
      let ends = (0..<moving.count).map { row in
        let (low, high) = moving.deviation(row)
        let end = isHigh ? high : low
        return moving.centre(row).widened(low: end, high: end)
      }
      let products = outer(.difference(S.constants(ends), forms))
      bounds.cover(EntryBounds(products: products, rows: errors.count, columns: activities.count))
    }
    return bounds
  }

  /// One bound for all entries from the ranges of δ and x alone: the largest |δ| times the widest x, or the reverse, or
  /// both, as |δ x − δ′ x′| ≤ |δ| |x − x′| + |x′| |δ − δ′|.
  func coarse(referenceIsError: Bool, referenceIsInput: Bool) -> EntryBounds {
    guard !isUnbounded else { return EntryBounds(coarse: .infinity, place: (0, 0), errors.count, activities.count) }
    let (delta, moving) = (errors.largestMagnitude, activities.largestWidth)
    let (input, shaking) = (activities.largestMagnitude, errors.largestWidth)
    let first = (delta.size * moving.size).nextUp
    let second = (input.size * shaking.size).nextUp
    let isFirst = referenceIsError || !referenceIsInput && first > second
    return EntryBounds(
      coarse: referenceIsError ? first : referenceIsInput ? second : (first + second).nextUp,
      place: isFirst ? (delta.row, moving.row) : (shaking.row, input.row), errors.count, activities.count)
  }

  /// Centres and deviations in floats, read once.
  private struct Factor {
    let balls: [(middle: Double, radius: Double)]
    let deviations: [(low: Double, high: Double)]

    init(_ run: AffineRun) {
      balls = (0..<run.count).map { run.centre($0).ball }
      deviations = (0..<run.count).map { run.deviation($0) }
    }
  }

  /// The range of δ_i(b) x_j(a) less c d, c and d the centres: at the corners c q + d p + p q.
  private static func independentProduct(
    _ deltas: Factor, _ i: Int, _ inputs: Factor, _ j: Int
  ) -> (low: Double, high: Double) {
    let (c, d) = (deltas.balls[i], inputs.balls[j])
    let (p, q) = (deltas.deviations[i], inputs.deviations[j])
    var (low, high) = (Double.infinity, -Double.infinity)
    func corner(_ a: Double, _ b: Double) {
      let (first, second, third) = (c.middle * b, d.middle * a, a * b)
      let sum = first + second + third
      // Three products and two sums err by far less than 2⁻⁴⁸ of their magnitudes.
      let slack =
        (first.magnitude + second.magnitude + third.magnitude) * 0x1p-48
        + (c.radius * b.magnitude + d.radius * a.magnitude) * 1.5 + 0x1p-1060
      // A comparison with NaN would drop it: what overflowed must not look like a bound.
      guard sum.isFinite, slack.isFinite else {
        (low, high) = (-.infinity, .infinity)
        return
      }
      low = min(low, (sum - slack).nextDown)
      high = max(high, (sum + slack).nextUp)
    }
    corner(p.low, q.low)
    corner(p.low, q.high)
    corner(p.high, q.low)
    corner(p.high, q.high)
    return (low, high)
  }
}
