import Testing

@testable import ExactArithmetic

/// Tapes on which backward linear bounds are exact, so that rounding is the only margin: expressions that are linear in
/// their inputs, with their exact coefficients beside them.
@Suite("Backward linear bounds, rounded outward")
struct BackwardRoundingTests {
  /// Rows of a tape, each with its exact coefficients of the leaves' deviations.
  private struct Rows {
    var run: TracedRun
    var coefficients: [[Rational]]
  }

  private static func exact(_ double: Double) -> Rational { AffineRoundingTests.exact(double) }

  private static func combine(_ weights: [Rational], _ rows: [[Rational]]) -> [Rational] {
    (0..<(rows.first?.count ?? 0)).map { column in
      zip(weights, rows).reduce(Rational.zero) { $0 + $1.0 * $1.1[column] }
    }
  }

  private static func next(_ rows: Rows, _ draw: inout SeededGenerator) -> Rows {
    let (count, context) = (rows.run.count, AffineContext(firstFree: 3))
    switch draw.int(0...6) {
    case 0, 1, 2:
      let outputs = draw.int(1...4)
      let isTransposed = draw.chance(1, in: 2)
      let weights = (0..<outputs).map { _ in
        (0..<count).map { _ in
          draw.chance(1, in: 2)
            ? exact(AffineRoundingTests.number(&draw)) : Rational(Integer(draw.int(-9...9)), over: 7)
        }
      }
      let elements =
        isTransposed ? (0..<count).flatMap { row in weights.map { $0[row] } } : weights.flatMap { $0 }
      let map = LinearMap(
        Matrix(rows: isTransposed ? count : outputs, columns: isTransposed ? outputs : count, elements: elements))
      return Rows(
        run: .apply(map, transposed: isTransposed, to: rows.run, in: context),
        coefficients: weights.map { combine($0, rows.coefficients) })
    case 3:
      let order = (0..<count).map { _ in draw.int(0...(count - 1)) }
      let other = rows.run.gathered(order)
      let isSum = draw.chance(1, in: 2)
      return Rows(
        run: isSum ? .sum(rows.run, other) : .difference(rows.run, other),
        coefficients: (0..<count).map { row in
          zip(rows.coefficients[row], rows.coefficients[order[row]]).map { isSum ? $0 + $1 : $0 - $1 }
        })
    case 4: return Rows(run: rows.run.negated(), coefficients: rows.coefficients.map { $0.map { -$0 } })
    case 5:
      // A constant that is no float.
      let factors = (0..<count).map { _ in Rational(Integer(draw.int(1...9)), over: 7) }
      let constants = TracedRun(AffineRun(centres: factors.map { Interval($0) }))
      let isLeft = draw.chance(1, in: 2)
      return Rows(
        run: isLeft ? .hadamard(rows.run, constants) : .hadamard(constants, rows.run),
        coefficients: zip(factors, rows.coefficients).map { factor, row in row.map { factor * $0 } })
    default:
      let elements = rows.run.elements
      let order = (0..<(count + 1)).map { _ in draw.int(0...(count - 1)) }
      return Rows(run: TracedRun(order.map { elements[$0] }), coefficients: order.map { rows.coefficients[$0] })
    }
  }

  @Test("No bound of a linear expression is inside its exact range")
  func linear() {
    var draw = SeededGenerator(seed: 91)
    var (checked, deep) = (0, 0)
    for _ in 0..<500 {
      let symbols = AffineRoundingTests.corner(&draw)
      let (leaf, _) = AffineRoundingTests.run(draw.int(1...4), &draw, symbols: symbols)
      // The leaf's rows as forms have no ranges of their own here, only generators and errors.
      let forms = AffineRun(
        centres: leaf.centres.elements, symbols: leaf.symbols, generators: leaf.generators, errors: leaf.errors)
      let slopes = (0..<forms.count).map { _ in AffineRoundingTests.number(&draw) }
      let base = TracedRun(forms)
      let first = forms.following(
        slopes.map { LinearBand(slope: $0, band: Interval(point: 0)) }, in: AffineContext(firstFree: 3))
      let planes = slopes.map { [SupportPlane(first: $0, constant: 0)] }
      var rows = Rows(
        run: base.following(first, below: planes, above: planes),
        coefficients: slopes.indices.map { row in
          slopes.indices.map { $0 == row ? Self.exact(slopes[row]) : 0 }
        })
      let steps = draw.int(1...6)
      for _ in 0..<steps { rows = Self.next(rows, &draw) }
      let bounds = BackwardPass(of: rows.run.node, rows: Array(0..<rows.run.count)).bounds()
      for row in 0..<rows.run.count {
        // |Σ c (Σ g ε + e)| is largest where every symbol and error has its sign.
        var reach = Rational.zero
        for column in forms.symbols.indices {
          let generators = (0..<forms.count).map { Self.exact(forms.generators[$0 * forms.symbols.count + column]) }
          reach += zip(rows.coefficients[row], generators).reduce(Rational.zero) { $0 + $1.0 * $1.1 }.magnitude
        }
        for (coefficient, error) in zip(rows.coefficients[row], forms.errors) {
          reach += coefficient.magnitude * Self.exact(error)
        }
        #expect(Self.exact(bounds.highs[row]) >= reach, "\(bounds.highs[row]) below \(reach)")
        #expect(Self.exact(bounds.lows[row]) <= -reach, "\(bounds.lows[row]) above \(-reach)")
        if !reach.isZero {
          checked += 1
          if steps > 3 { deep += 1 }
          // And no wider than a thousand roundings.
          let wide = Self.exact(bounds.highs[row]) - reach
          let size = max(-Self.exact(rows.run.forms.lows[row]), Self.exact(rows.run.forms.highs[row]))
          #expect(wide <= size / 1_000_000)
        }
      }
    }
    #expect(checked > 600 && deep > 200, "\(checked) bounds, \(deep) of deep tapes")
  }

  @Test("Coefficients that nearly cancel: what rounding them lost is more than what is left")
  func cancellation() {
    var draw = SeededGenerator(seed: 92)
    var rounded = 0
    for _ in 0..<1_000 {
      let numbers = (0..<3).map { _ in Double.random(in: 0.5...1, using: &draw) }
      let opposite = -(numbers[0] * numbers[1] / numbers[2])
      let forms = AffineRun(centres: [.zero], symbols: [0], generators: [1], errors: [0])
      let planes = [[SupportPlane(first: 1, constant: 0)]]
      let context = AffineContext(firstFree: 1)
      func map(_ rows: Int, _ columns: Int, _ weights: [Double]) -> LinearMap {
        LinearMap(Matrix(rows: rows, columns: columns, elements: weights.map(Self.exact)))
      }
      let split = TracedRun.apply(
        map(2, 1, [numbers[1], numbers[2]]), transposed: false,
        to: TracedRun(forms).following(forms, below: planes, above: planes), in: context)
      let exact = Self.exact(numbers[0]) * Self.exact(numbers[1]) + Self.exact(opposite) * Self.exact(numbers[2])
      // By a map, and by a sum of rows.
      let joined = TracedRun.apply(map(1, 2, [numbers[0], opposite]), transposed: false, to: split, in: context)
      let left = TracedRun.apply(map(1, 1, [numbers[0]]), transposed: false, to: split.gathered([0]), in: context)
      let right = TracedRun.apply(map(1, 1, [-opposite]), transposed: false, to: split.gathered([1]), in: context)
      // And by slopes of planes.
      let slopes = [numbers[1], numbers[2]].map { slope in
        TracedRun(forms).following(
          forms, below: [[SupportPlane(first: slope, constant: 0)]], above: [[SupportPlane(first: slope, constant: 0)]])
      }
      let bent = TracedRun.apply(
        map(1, 2, [numbers[0], opposite]), transposed: false, to: TracedRun([slopes[0][0], slopes[1][0]]), in: context)
      for run in [joined, .difference(left, right), bent] {
        let bounds = BackwardPass(of: run.node, rows: [0]).bounds()
        #expect(Self.exact(bounds.highs[0]) >= exact.magnitude)
        #expect(Self.exact(bounds.lows[0]) <= -exact.magnitude)
      }
      if Self.exact(numbers[0] * numbers[1] + opposite * numbers[2]) != exact { rounded += 1 }
    }
    #expect(rounded > 300)
  }

  @Test("Coefficients that nearly cancel through planes alone")
  func cancellationOfPlanes() {
    var draw = SeededGenerator(seed: 94)
    let forms = AffineRun(centres: [.zero], symbols: [0], generators: [1], errors: [0])
    for _ in 0..<1_000 {
      let numbers = (0..<3).map { _ in Double.random(in: 0.5...1, using: &draw) }
      let opposite = -(numbers[0] * numbers[1] / numbers[2])
      func scaled(_ run: TracedRun, _ slope: Double) -> TracedRun {
        let plane = [[SupportPlane(first: slope, constant: 0)]]
        // A reach that holds, whatever the slope: no factor is above 2.
        let wide = AffineRun(centres: [.zero], symbols: [0], generators: [4], errors: [0])
        return run.following(wide, below: plane, above: plane)
      }
      let base = TracedRun(forms)
      let run = TracedRun.sum(
        scaled(scaled(base, numbers[1]), numbers[0]), scaled(scaled(base, numbers[2]), opposite))
      let exact = Self.exact(numbers[0]) * Self.exact(numbers[1]) + Self.exact(opposite) * Self.exact(numbers[2])
      let bounds = BackwardPass(of: run.node, rows: [0]).bounds()
      #expect(Self.exact(bounds.highs[0]) >= exact.magnitude && Self.exact(bounds.lows[0]) <= -exact.magnitude)
    }
  }

  @Test("Every plane of a product holds wherever its factors can be together")
  func planes() {
    var draw = SeededGenerator(seed: 95)
    var (shifted, checked) = (0, 0)
    for _ in 0..<3_000 {
      let symbols = AffineRoundingTests.corner(&draw)
      let (x, p) = AffineRoundingTests.run(1, &draw, symbols: symbols)
      let (y, q) = AffineRoundingTests.run(1, &draw, symbols: symbols)
      let product = AffineRun.hadamard(x, y)
      let (below, above) = ProductPlanes(x, y, leftRows: [0], rightRows: [0], product: product).tables
      let (a, b, centre) = (p.deviations[0], q.deviations[0], product.centre(0))
      let value = (x.centre(0).lower + a) * (y.centre(0).lower + b)
      func height(_ plane: SupportPlane) -> Rational {
        Self.exact(plane.first) * a + Self.exact(plane.second) * b + Self.exact(plane.constant)
      }
      for plane in below.planes { #expect(height(plane) + centre.lower <= value) }
      for plane in above.planes { #expect(height(plane) + centre.upper >= value) }
      checked += below.planes.count
      if centre.upper < x.centre(0).lower * y.centre(0).lower { shifted += 1 }
    }
    #expect(shifted > 100 && checked > 5_000, "\(shifted) moved down, \(checked) planes")
  }

  @Test("Many symbols, whose sum rounds one way")
  func manySymbols() {
    for tiny in [0x1p-53 * 0.9, 0x1p-53 * 0.99] {
      let generators = [1.0] + [Double](repeating: tiny, count: 80)
      let forms = AffineRun(
        centres: [.zero], symbols: Array(0..<81), generators: generators, errors: [0])
      let planes = [[SupportPlane(first: 1, constant: 0)]]
      let bounds = BackwardPass(of: TracedRun(forms).following(forms, below: planes, above: planes).node, rows: [0])
        .bounds()
      let reach = generators.reduce(Rational.zero) { $0 + Self.exact($1) }
      #expect(Self.exact(bounds.highs[0]) >= reach && Self.exact(bounds.lows[0]) <= -reach)
    }
  }

  @Test("Weights so small that their floats lose most bits, and generators so large that it matters")
  func tinyWeights() {
    var draw = SeededGenerator(seed: 93)
    for _ in 0..<200 {
      let count = draw.int(1...3)
      let weights = (0..<count).map { _ in Rational(Integer(draw.int(1...9)), over: 7) * Rational(2).power(-1_071) }
      let generators = (0..<count).map { _ in Double.random(in: 0.5...1, using: &draw) * 0x1p600 }
      let forms = AffineRun(
        centres: [Interval](repeating: .zero, count: count), symbols: Array(0..<count),
        generators: (0..<count * count).map { $0 % (count + 1) == 0 ? generators[$0 / count] : 0 },
        errors: [Double](repeating: 0, count: count))
      let planes = [[SupportPlane]](repeating: [SupportPlane(first: 1, constant: 0)], count: count)
      let run = TracedRun.apply(
        LinearMap(Matrix(rows: 1, columns: count, elements: weights)), transposed: false,
        to: TracedRun(forms).following(forms, below: planes, above: planes), in: AffineContext(firstFree: count))
      let bounds = BackwardPass(of: run.node, rows: [0]).bounds()
      let reach = zip(weights, generators).reduce(Rational.zero) { $0 + $1.0 * Self.exact($1.1) }
      #expect(Self.exact(bounds.highs[0]) >= reach && Self.exact(bounds.lows[0]) <= -reach)
    }
  }

  @Test("Weights that are far from one lose nothing to underflow")
  func extremes() {
    // A reach of 2⁻¹⁰⁵⁰, a weight that is no float, then one of 2¹⁰⁰⁰: what is lost first must be there in the end.
    for exponent in [1_000, 1_040, 1_060, 1_070] {
      let radius = Double(sign: .plus, exponent: -exponent, significand: 1)
      let forms = AffineRun(
        centres: [.zero, .zero], symbols: [0, 1], generators: [radius, 0, 0, radius], errors: [0, 0])
      let planes = [[SupportPlane(first: 1, constant: 0)], [SupportPlane(first: 1, constant: 0)]]
      let base = TracedRun(forms).following(forms, below: planes, above: planes)
      let third = LinearMap(
        Matrix(rows: 1, columns: 2, elements: [Rational(1, over: 3), Rational(10, over: 3)]))
      let huge = LinearMap(Matrix(rows: 1, columns: 1, elements: [Rational(Integer(1) << 1_000)]))
      let context = AffineContext(firstFree: 2)
      let run = TracedRun.apply(
        huge, transposed: false, to: .apply(third, transposed: false, to: base, in: context), in: context)
      let bounds = BackwardPass(of: run.node, rows: [0]).bounds()
      let reach = Rational(11, over: 3) * Rational(Integer(1) << 1_000) * Self.exact(radius)
      #expect(Self.exact(bounds.highs[0]) >= reach, "2^-\(exponent): \(bounds.highs[0])")
      #expect(Self.exact(bounds.lows[0]) <= -reach, "2^-\(exponent): \(bounds.lows[0])")
    }
  }

  @Test("A plane from below has the side of the coefficient, whatever its sign")
  func sides() {
    // v lies between x − 1 and x + 2, then −v is taken: the sides change places.
    let forms = AffineRun(centres: [.zero], symbols: [0], generators: [1], errors: [0])
    let between = AffineRun(centres: [.zero], symbols: [], generators: [], errors: [3])
    let run = TracedRun(forms).following(
      between, below: [[SupportPlane(first: 1, constant: -1)]], above: [[SupportPlane(first: 1, constant: 2)]])
    let straight = BackwardPass(of: run.node, rows: [0]).bounds()
    #expect(straight.lows[0] <= -2 && straight.lows[0] > -2.001 && straight.highs[0] >= 3 && straight.highs[0] < 3.001)
    let turned = BackwardPass(of: run.negated().node, rows: [0]).bounds()
    #expect(turned.lows[0] <= -3 && turned.lows[0] > -3.001 && turned.highs[0] >= 2 && turned.highs[0] < 2.001)
  }
}
