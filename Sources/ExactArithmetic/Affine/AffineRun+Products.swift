/// Products of affine forms: bilinear part in the symbols, the quadratic rest enclosed.
extension AffineRun {
  public static func hadamard(_ left: AffineRun, _ right: AffineRun) -> AffineRun {
    precondition(left.count == right.count, "runs of \(left.count) and \(right.count) entries do not combine")
    var product = ProductRows(left, right, rows: left.count)
    for row in 0..<left.count { product.append(row, row) }
    return product.run
  }

  /// The elementwise product, what is not linear in the symbols as a fresh symbol an entry while the context has them.
  public static func hadamard(_ left: AffineRun, _ right: AffineRun, in context: AffineContext) -> AffineRun {
    precondition(left.count == right.count, "runs of \(left.count) and \(right.count) entries do not combine")
    var product = ProductRows(left, right, rows: left.count)
    for row in 0..<left.count { product.append(row, row) }
    return product.run.remembering(product.rests, errors: product.linearErrors, in: context)
  }

  public static func outer(_ column: AffineRun, _ row: AffineRun) -> AffineRun {
    var product = ProductRows(column, row, rows: column.count * row.count)
    for i in 0..<column.count {
      for j in 0..<row.count { product.append(i, j) }
    }
    return product.run
  }
}

extension AffineRun {
  /// The range of x y: less c d, the product of the centres, in [low, high]; c d itself in [centreLow, centreHigh].
  public struct ProductRange: Sendable {
    public let low: Double
    public let high: Double
    public let centreLow: Double
    public let centreHigh: Double

    public init(low: Double, high: Double, centreLow: Double, centreHigh: Double) {
      self.low = low
      self.high = high
      self.centreLow = centreLow
      self.centreHigh = centreHigh
    }
  }

  /// The ranges of all products of an entry of `column` and one of `row`, row by row, without making their forms.
  public static func outerRanges(_ column: AffineRun, _ row: AffineRun) -> [ProductRange] {
    let product = ProductRows(column, row, rows: 0)
    var scratch: [Double] = []
    var ranges: [ProductRange] = []
    ranges.reserveCapacity(column.count * row.count)
    for i in 0..<column.count {
      for j in 0..<row.count { ranges.append(product.deviation(i, j, scratch: &scratch)) }
    }
    return ranges
  }
}

/// Collects products of rows of two runs.
private struct ProductRows {
  let left: Factor
  let right: Factor
  let symbols: [Int]
  let isUnbounded: Bool
  var centres: [Interval] = []
  var generators: [Double] = []
  var errors: [Double] = []
  /// The two parts of an error: of the quadratic rest, and of everything else.
  var rests: [Double] = []
  var linearErrors: [Double] = []
  var lows: [Double] = []
  var highs: [Double] = []

  /// A run with what every product of a row needs.
  struct Factor {
    let centres: [Interval]
    let balls: [(middle: Double, radius: Double)]
    let ends: [(lower: Double, upper: Double)]
    let generators: [Double]
    let sums: [Double]
    let run: AffineRun

    init(_ run: AffineRun, symbols: [Int]) {
      self.run = run
      centres = run.centres.elements
      balls = centres.map(\.ball)
      ends = centres.map(\.doubles)
      let generators = run.spread(to: symbols)
      self.generators = generators
      sums = centres.indices.map { row in
        var sum = 0.0
        for index in row * symbols.count..<(row + 1) * symbols.count { sum += generators[index].magnitude }
        return sum == 0 ? 0 : Outward.above(sum, terms: symbols.count)
      }
    }
  }

  init(_ left: AffineRun, _ right: AffineRun, rows: Int) {
    symbols = AffineRun.union(left.symbols, right.symbols)
    self.left = Factor(left, symbols: symbols)
    self.right = Factor(right, symbols: symbols)
    isUnbounded = left.isUnbounded || right.isUnbounded
    centres.reserveCapacity(rows)
    generators.reserveCapacity(rows * symbols.count)
  }

  var run: AffineRun {
    AffineRun(
      centres: centres, symbols: symbols, generators: generators, errors: errors, lows: lows, highs: highs,
      isUnbounded: isUnbounded)
  }

  mutating func append(_ i: Int, _ j: Int) {
    let centre = left.centres[i] * right.centres[j]
    // Taken out while it grows: a method of this struct would hold a second reference, and every product copy the whole.
    var grown: [Double] = []
    swap(&grown, &generators)
    let part = bilinear(i, j, into: &grown)
    swap(&grown, &generators)
    guard let part else {
      centres.append(centre)
      generators += repeatElement(0, count: symbols.count)
      errors.append(0)
      rests.append(0)
      linearErrors.append(0)
      lows.append(0)
      highs.append(0)
      return
    }
    let moving = centre.widened(low: part.shift, high: part.shift)
    centres.append(moving)
    errors.append(Outward.above(part.linear + part.rest, terms: 12))
    rests.append(part.rest)
    linearErrors.append(Outward.above(part.linear, terms: 12))
    let range = Self.rangeProduct(left, i, right, j)
    let ends = moving.doubles
    lows.append((range.low - ends.upper).nextDown)
    highs.append((range.high - ends.lower).nextUp)
  }

  /// What a product of two deviating numbers is, beside the product of the centres.
  struct Bilinear {
    /// To be added to the centre.
    var shift: Double
    /// The quadratic rest, and everything else that is no generator.
    var rest: Double
    var linear: Double
  }

  /// Appends the generators of a product; `nil`, and none appended, where neither factor deviates.
  private func bilinear(_ i: Int, _ j: Int, into generators: inout [Double]) -> Bilinear? {
    let (c, d) = (left.balls[i], right.balls[j])
    let (p, q) = (i * symbols.count, j * symbols.count)
    let columns = symbols.count
    let (moved, other) = (left.sums[i] + left.run.errors[i], right.sums[j] + right.run.errors[j])
    // No factor deviates, or one is exactly zero.
    guard moved != 0 || other != 0, moved != 0 || c != (0, 0), other != 0 || d != (0, 0) else { return nil }
    var (diagonal, squares, magnitudes) = (0.0, 0.0, 0.0)
    for column in 0..<columns {
      let (a, b) = (left.generators[p + column], right.generators[q + column])
      let (first, second) = (c.middle * b, d.middle * a)
      generators.append(first + second)
      magnitudes += first.magnitude + second.magnitude
      diagonal += a * b
      squares += (a * b).magnitude
    }
    // P·Q = ½ Σ pₖqₖ ± (the rest): ε² is in [0, 1], the mixed terms and those with errors are in ±.
    let cross = crossTerms(p, q, squares: squares, sums: left.sums[i] * right.sums[j])
    var shift = diagonal / 2
    var rest =
      cross + squares / 2 + left.run.errors[i] * other + right.run.errors[j] * left.sums[i]
      + Outward.error(magnitudes: squares, terms: columns, underflows: columns)
    rest = Outward.above(rest, terms: columns * columns + 8)
    let direct = Self.directProduct(left.run, i, right.run, j)
    if direct.radius < rest { (shift, rest) = (direct.middle, direct.radius) }
    // What overflowed says nothing; the infinite error makes the whole run unbounded.
    if !shift.isFinite || !rest.isFinite { (shift, rest) = (0, .infinity) }
    let linear =
      c.radius * right.sums[j] + d.radius * left.sums[i] + (c.middle.magnitude + c.radius) * right.run.errors[j]
      + (d.middle.magnitude + d.radius) * left.run.errors[i]
      + Outward.error(magnitudes: magnitudes, terms: 4 * columns, underflows: 2 * columns)
    return Bilinear(shift: shift, rest: rest, linear: linear)
  }

  /// The range of a product less that of its centres, in floats alone; and the product of the centres, rounded outward.
  func deviation(_ i: Int, _ j: Int, scratch: inout [Double]) -> AffineRun.ProductRange {
    let centre = Self.product(left.ends[i].lower, left.ends[i].upper, right.ends[j].lower, right.ends[j].upper)
    scratch.removeAll(keepingCapacity: true)
    guard let part = bilinear(i, j, into: &scratch) else {
      return AffineRun.ProductRange(low: 0, high: 0, centreLow: centre.low, centreHigh: centre.high)
    }
    var sum = 0.0
    for generator in scratch { sum += generator.magnitude }
    let reach = Outward.above(sum + part.linear + part.rest, terms: symbols.count + 12)
    let range = Self.rangeProduct(left, i, right, j)
    let (low, high) = ((part.shift - reach).nextDown, (part.shift + reach).nextUp)
    guard low.isFinite, high.isFinite else {
      return AffineRun.ProductRange(
        low: -.infinity, high: .infinity, centreLow: centre.low, centreHigh: centre.high)
    }
    return AffineRun.ProductRange(
      low: max(low, (range.low - centre.high).nextDown), high: min(high, (range.high - centre.low).nextUp),
      centreLow: centre.low, centreHigh: centre.high)
  }

  /// Σ_{k<l} |pₖqₗ + pₗqₖ|, term by term where symbols are few, by the product of sums otherwise.
  private func crossTerms(_ p: Int, _ q: Int, squares: Double, sums: Double) -> Double {
    let columns = symbols.count
    // The float sums of squares and products are each within a few units, which the caller's margin covers.
    guard columns <= 16 else { return max(0, sums - squares * (1 - Double(columns + 4) * Outward.twoUnits)) }
    var cross = 0.0
    for k in 0..<columns {
      let (a, b) = (left.generators[p + k], right.generators[q + k])
      guard a != 0 || b != 0 else { continue }
      for l in k + 1..<max(columns, k + 1) {
        let (x, y) = (a * right.generators[q + l], left.generators[p + l] * b)
        // Rounding is relative to the terms, not to their sum.
        cross += (x + y).magnitude + (x.magnitude + y.magnitude) * Outward.twoUnits
      }
    }
    return cross
  }

  /// The range of (x − centre)(y − centre) by the ends of both, as middle and radius.
  private static func directProduct(
    _ left: AffineRun, _ i: Int, _ right: AffineRun, _ j: Int
  ) -> (middle: Double, radius: Double) {
    let (low, high) = product(left.lows[i], left.highs[i], right.lows[j], right.highs[j])
    let middle = low + (high - low) / 2
    return (middle, max((high - middle).nextUp, (middle - low).nextUp))
  }

  /// The range of x · y by the ends of both.
  private static func rangeProduct(_ left: Factor, _ i: Int, _ right: Factor, _ j: Int) -> (low: Double, high: Double) {
    product(
      (left.ends[i].lower + left.run.lows[i]).nextDown, (left.ends[i].upper + left.run.highs[i]).nextUp,
      (right.ends[j].lower + right.run.lows[j]).nextDown, (right.ends[j].upper + right.run.highs[j]).nextUp)
  }

  private static func product(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> (low: Double, high: Double) {
    let (first, second, third, fourth) = (a * c, a * d, b * c, b * d)
    return (
      min(min(first, second), min(third, fourth)).nextDown, max(max(first, second), max(third, fourth)).nextUp
    )
  }
}
