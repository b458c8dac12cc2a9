import ExactArithmetic
import Foundation
import Testing

@Suite struct IntervalTests {
  @Test func arithmeticContainsEveryExactResult() throws {
    var generator = SeededGenerator(seed: 51)
    for _ in 0..<3000 {
      let (x, y) = (Ball(&generator), Ball(&generator))
      let (a, b, p, q) = (x.interval, y.interval, x.point, y.point)
      #expect(a.contains(p) && b.contains(q))
      #expect((a + b).contains(p + q) && (a - b).contains(p - q) && (a * b).contains(p * q) && (-a).contains(-p))
      #expect(a.squared().contains(p * p) && a.absoluteValue.contains(p.magnitude))
      #expect(Interval.maximum(a, b).contains(max(p, q)) && Interval.minimum(a, b).contains(min(p, q)))
      #expect(a.hull(b).contains(p) && a.hull(b).contains(q))
      // Aliasing.
      #expect((a + a).contains(2 * p) && (a - a).contains(0) && (a * a).contains(p * p))
      if b.contains(0) {
        #expect(throws: NumberError.self) { try a.dividing(by: b) }
      } else {
        #expect(try a.dividing(by: b).contains(p / q) && b.dividing(by: b).contains(1))
      }
      #expect(!a.isCertainlyDifferent(from: Interval(p)) && a.isPoint == (a.width == 0))
      #expect(a.isDisjoint(from: b) == (a.upper < b.lower || b.upper < a.lower))
    }
  }

  /// Each end is the exact extreme rounded outward once.
  @Test func arithmeticIsTight() throws {
    var generator = SeededGenerator(seed: 52)
    func expectEnds(_ found: Interval, _ extremes: [Rational], _ precision: Int) {
      let expected = Interval(lower: extremes.min()!, upper: extremes.max()!, precision: precision)
      #expect(found.lower == expected.lower && found.upper == expected.upper)
    }
    for _ in 0..<1500 {
      let (a, b) = (Ball(&generator).interval, Ball(&generator).interval)
      let precision = max(a.precision, b.precision)
      let pairs = [(a.lower, b.lower), (a.lower, b.upper), (a.upper, b.lower), (a.upper, b.upper)]
      expectEnds(a + b, pairs.map { $0 + $1 }, precision)
      expectEnds(a - b, pairs.map { $0 - $1 }, precision)
      expectEnds(a * b, pairs.map { $0 * $1 }, precision)
      if !b.contains(0) { expectEnds(try a.dividing(by: b), pairs.map { $0 / $1 }, precision) }
    }
  }

  /// The check above is not vacuous: ends rounded inward are caught by the same predicate.
  @Test func inwardRoundingWouldBeCaught() {
    var generator = SeededGenerator(seed: 53)
    var (caught, inexact) = (0, 0)
    for _ in 0..<1000 {
      let (x, y) = (Ball(&generator), Ball(&generator))
      let product = x.point * y.point
      let outward = Interval(product, precision: 24)
      if outward.isPoint { continue }
      inexact += 1
      // What the mutant would return: the lower end rounded up and the upper one down.
      let (lower, upper) = (outward.upper, outward.lower)
      if !(lower <= product && product <= upper) { caught += 1 }
      #expect(outward.contains(product))
    }
    #expect(inexact > 300 && caught == inexact)
  }

  @Test func functionsContainTheSeries() throws {
    var generator = SeededGenerator(seed: 54)
    for _ in 0..<400 {
      let ball = Ball(&generator, bits: 12, reach: 1)
      let (x, p) = (ball.interval, ball.point)
      func meets(_ found: Interval, _ series: (lower: Rational, upper: Rational)) -> Bool {
        // The series is closer than the rounding, unless the value is exact.
        found.lower <= series.upper && series.lower <= found.upper
      }
      #expect(meets(x.tanh(), SeriesEnclosure.tanh(p)))
      #expect(meets(x.tanhDerivative(), SeriesEnclosure.tanhDerivative(p)))
      #expect(meets(x.logistic(), SeriesEnclosure.logistic(p)))
      #expect(meets(x.logisticDerivative(), SeriesEnclosure.logisticDerivative(p)))
      #expect(meets(try x.exp(), SeriesEnclosure.exp(p)))
      let falling = SeriesEnclosure.exp(min(p, 0))
      #expect(meets(x.negativeExponential(), falling))
      #expect(meets(x.negativeExponentialMinusOne(), (falling.lower - 1, falling.upper - 1)))
      #expect(meets(x.normalDensity(), SeriesEnclosure.normalDensity(p)))
      #expect(meets(x.normalDistribution(), SeriesEnclosure.normalDistribution(p)))
      // e^softplus(x) = 1 + eˣ
      let (low, high) = SeriesEnclosure.exp(p)
      #expect(meets(try x.softplus().exp(), (1 + low, 1 + high)))
    }
  }

  /// Where values come near their limits, and are enclosed by those.
  @Test func functionsFarOut() throws {
    for exponent in [9, 15, 17, 40, 2_000] {
      let far = Rational(Integer.one << exponent)
      let (right, left) = (Interval(far), Interval(-far))
      // Between far and far + 1, and no farther from it than rounding is.
      let plus = right.softplus()
      #expect(plus.upper > far && plus.lower < far + 1 && plus.width <= 2 * far * Rational(2).power(1 - plus.precision))
      #expect(left.softplus().lower >= 0 && left.softplus().upper < Rational(2).power(-700))
      #expect(left.negativeExponentialMinusOne().contains(-1) || left.negativeExponentialMinusOne().lower > -1)
      #expect(left.negativeExponentialMinusOne().upper < 0)
      #expect(left.normalDistribution().lower >= 0 && left.normalDistribution().upper < Rational(2).power(-10_000))
      #expect(right.normalDistribution().upper == 1 && right.normalDistribution().lower < 1)
      #expect(right.normalDensity().lower >= 0 && right.normalDensity().upper < Rational(2).power(-10_000))
      #expect(left.hull(right).normalDistribution().contains(Rational(1, over: 2)))
      #expect(left.hull(right).normalDensity().contains(SeriesEnclosure.normalDensity(0).lower))
    }
  }

  typealias Function = (name: String, apply: (Interval) throws -> Interval)
  static var functions: [Function] {
    [
      ("tanh", { $0.tanh() }), ("tanh'", { $0.tanhDerivative() }), ("logistic", { $0.logistic() }),
      ("logistic'", { $0.logisticDerivative() }), ("exp", { try $0.exp() }), ("softsign", { $0.softsign() }),
      ("softsign'", { $0.softsignDerivative() }), ("softplus", { $0.softplus() }),
      ("negative exp", { $0.negativeExponential() }), ("negative exp − 1", { $0.negativeExponentialMinusOne() }),
      ("Φ", { $0.normalDistribution() }), ("Φ'", { $0.normalDensity() }),
    ]
  }

  @Test func functionsContainFourHundredBitEnclosures() throws {
    var generator = SeededGenerator(seed: 55)
    for _ in 0..<1500 {
      let ball = Ball(&generator, reach: generator.int(0...12))
      for (name, function) in IntervalTests.functions {
        let found = try function(ball.interval)
        let exact = try function(Interval(ball.point, precision: 400))
        #expect(found.contains(exact), "\(name) over \(ball.interval) at \(ball.point)")
      }
    }
  }

  @Test func softsignContainsItsRationalValue() {
    var generator = SeededGenerator(seed: 56)
    for _ in 0..<2000 {
      let ball = Ball(&generator, reach: 12)
      let (x, p) = (ball.interval, ball.point)
      #expect(x.softsign().contains(p / (1 + p.magnitude)))
      #expect(x.softsignDerivative().contains((1 + p.magnitude).power(-2)))
    }
  }

  /// The range of each function over an interval, from its values at the ends and, for the derivatives, at zero.
  @Test func functionsAreTight() throws {
    var generator = SeededGenerator(seed: 57)
    for _ in 0..<500 {
      let x = Ball(&generator).interval
      for (name, function) in IntervalTests.functions {
        var places = [x.lower, x.upper]
        if name.hasSuffix("'") && x.contains(0) { places.append(0) }
        let values = try places.map { try function(Interval($0, precision: 400)) }
        let (low, high) = (values.map(\.lower).min()!, values.map(\.upper).max()!)
        let found = try function(x)
        // One unit in the last place of the result, which has at least the precision 2.
        let unit = Rational(2).power(1 - x.precision)
        #expect(found.lower >= low - low.magnitude * 2 * unit, "\(name) over \(x)")
        #expect(found.upper <= high + high.magnitude * 2 * unit, "\(name) over \(x)")
      }
    }
  }

  /// Around zero, where the derivatives are largest, and around the points ±½ ln(2 + √3) where tanh′ bends: the maximum
  /// must not be missed and no monotone piece mistaken.
  @Test func derivativesAroundTheirExtremesAndInflections() {
    for step in 1...200 {
      let reach = Rational(Integer(step), over: 64)
      let across = Interval(lower: -reach / 3, upper: reach, precision: 64)
      #expect(across.tanhDerivative().upper == 1 && across.softsignDerivative().upper == 1)
      #expect(across.logisticDerivative().upper == Rational(1, over: 4))
      let inflection = Rational(658_479, over: 1_000_000)
      for sign in [1, -1] as [Rational] {
        let center = sign * inflection
        let around = Interval(lower: center - reach / 16, upper: center + reach / 16, precision: 64)
        for part in 0...8 {
          let place = around.lower + around.width * Rational(Integer(part), over: 8)
          #expect(around.tanhDerivative().contains(Interval(place, precision: 400).tanhDerivative()))
          #expect(
            Interval(lower: 2 * around.lower, upper: 2 * around.upper, precision: 64).logisticDerivative()
              .contains(Interval(2 * place, precision: 400).logisticDerivative()))
        }
      }
    }
  }

  @Test func farArgumentsStayFinite() throws {
    let far = Rational(10).power(400)
    let whole = Interval(lower: -far, upper: far, precision: 64)
    #expect(whole.tanh().contains(Interval(lower: -1 + Rational(2).power(-60), upper: 1 - Rational(2).power(-60))))
    #expect(whole.logistic().lower == 0 && whole.logistic().upper <= 1)
    #expect(whole.tanhDerivative().lower == 0 && whole.tanhDerivative().upper == 1)
    for value in [far, -far, Rational(70_000), Rational(-70_000)] {
      let point = Interval(value, precision: 64)
      #expect(point.logisticDerivative().lower == 0 && point.logisticDerivative().upper > 0)
      #expect(point.logistic().lower >= 0 && point.logistic().upper > 0 && point.logistic().upper <= 1)
      #expect(point.softsign().contains(value / (1 + value.magnitude)))
    }
    #expect(throws: NumberError.self) { try whole.exp() }
    #expect(try Interval(-far, precision: 64).exp().lower == 0)
  }

  @Test func mapsContainExactImagesAndRoundOnce() {
    var generator = SeededGenerator(seed: 58)
    for _ in 0..<300 {
      let (rows, columns) = (generator.int(1...6), generator.int(1...6))
      let entries = (0..<rows * columns).map { _ in generator.chance(1, in: 4) ? .zero : generator.rational(bits: 30) }
      let dense = LinearMap(Matrix(rows: rows, columns: columns, elements: entries))
      let sparse = LinearMap(
        rows: rows, columns: columns, entries: entries.indices.map { ($0 / columns, $0 % columns, entries[$0]) })
      let balls = (0..<columns).map { _ in Ball(&generator) }
      let context = IntervalContext(precision: generator.chance(1, in: 2) ? 24 : 128)
      let input = Vector(balls.map(\.interval))
      let exact = dense.apply(to: Vector(balls.map(\.point)), in: ExactContext())
      let images = [
        dense.apply(to: input, in: context), sparse.apply(to: input, in: context),
        dense.transposed.applyTransposed(to: input, in: context),
        sparse.transposed.applyTransposed(to: input, in: context),
      ]
      for row in 0..<rows {
        let corners = (0..<columns).map { column -> (Rational, Rational) in
          let weight = entries[row * columns + column]
          let products = (weight * balls[column].interval.lower, weight * balls[column].interval.upper)
          return products.0 < products.1 ? products : (products.1, products.0)
        }
        let expected = Interval(
          lower: corners.reduce(0) { $0 + $1.0 }, upper: corners.reduce(0) { $0 + $1.1 }, precision: context.precision)
        for image in images {
          #expect(image[row].contains(exact[row]))
          #expect(image[row].lower == expected.lower && image[row].upper == expected.upper)
        }
      }
    }
  }

  @Test func vectorOperationsContainTheExactOnes() {
    var generator = SeededGenerator(seed: 61)
    for _ in 0..<300 {
      let count = generator.int(1...5)
      let (x, y) = ((0..<count).map { _ in Ball(&generator) }, (0..<count).map { _ in Ball(&generator) })
      let (a, b) = (Vector(x.map(\.interval)), Vector(y.map(\.interval)))
      let (p, q) = (Vector(x.map(\.point)), Vector(y.map(\.point)))
      func encloses(_ found: [Interval], _ exact: [Rational]) -> Bool {
        found.count == exact.count && zip(found, exact).allSatisfy { $0.contains($1) }
      }
      #expect(a.dot(b).contains(p.dot(q)))
      #expect(encloses((a + b).elements, (p + q).elements) && encloses((a - b).elements, (p - q).elements))
      #expect(encloses(a.hadamard(b).elements, p.hadamard(q).elements) && encloses((-a).elements, (-p).elements))
      #expect(encloses(a.outer(b).elements, p.outer(q).elements))
      #expect(encloses(a.outer(b).transpose.times(a).elements, p.outer(q).transpose.times(p).elements))
    }
  }

  @Test func mapsOfEndsVeryFarApart() {
    let (huge, tiny) = (Rational(2).power(60_000), Rational(2).power(-60_000))
    let map = LinearMap(Matrix(rows: 1, columns: 2, elements: [1, -1]))
    let image = map.apply(to: Vector([Interval(huge), Interval(tiny)]), in: IntervalContext())
    #expect(image[0].contains(huge - tiny) && image[0].width < huge / Rational(2).power(100))
  }

  @Test func codingKeepsDyadicEnds() throws {
    var generator = SeededGenerator(seed: 59)
    for _ in 0..<300 {
      let interval = Ball(&generator).interval
      let data = try JSONEncoder().encode(interval)
      let back = try JSONDecoder().decode(Interval.self, from: data)
      #expect(back.lower == interval.lower && back.upper == interval.upper)
    }
    let thirds = try JSONDecoder().decode(Interval.self, from: Data(#"["1/3", "2/3"]"#.utf8))
    #expect(thirds.contains(Rational(1, over: 3)) && thirds.contains(Rational(2, over: 3)))
    for text in [#"["1", "0"]"#, #"["1"]"#, #"["1", "2", "3"]"#, #"["x", "2"]"#] {
      #expect(throws: (any Error).self) { try JSONDecoder().decode(Interval.self, from: Data(text.utf8)) }
    }
  }

  @Test func printedEndsStillContainTheNumber() throws {
    var generator = SeededGenerator(seed: 60)
    for _ in 0..<500 {
      let interval = Ball(&generator).interval
      let parts = interval.description.dropFirst().dropLast().split(separator: ", ").map(String.init)
      #expect(try Rational(parsing: parts[0]) <= interval.lower && Rational(parsing: parts[1]) >= interval.upper)
    }
  }
}
