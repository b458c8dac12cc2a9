import Testing

@testable import ExactArithmetic

/// Affine operations to the last bit: for every choice of the symbols the exact result lies in the result's form at the
/// same choice, and in its range. Everything is compared as rationals, at the extremes, where rounding inward shows.
@Suite("Affine forms, rounded outward")
struct AffineRoundingTests {
  /// A row of a form and one number of it: the symbols' values and what the number deviates from the centre.
  struct Member {
    var symbols: [Rational]
    var deviations: [Rational]
  }

  static func exact(_ double: Double) -> Rational { (try? Rational(exactly: double)) ?? 0 }

  /// Sizes of all kinds: few bits, all bits, and far apart.
  static func number(_ draw: inout SeededGenerator) -> Double {
    switch draw.int(0...4) {
    case 0: return Double(draw.int(-3...3))
    case 1: return Double.random(in: -1...1, using: &draw) * 0x1p-20
    default: return Double.random(in: -2...2, using: &draw)
    }
  }

  /// A run over some of three symbols, and a number of every row: at an end of what is known of the row.
  static func run(
    _ count: Int, _ draw: inout SeededGenerator, symbols values: [Rational], centred: Bool = false
  ) -> (run: AffineRun, member: Member) {
    let symbols = [0, 1, 2].filter { _ in draw.chance(2, in: 3) }
    var generators: [Double] = []
    var (errors, lows, highs): ([Double], [Double], [Double]) = ([], [], [])
    var deviations: [Rational] = []
    for _ in 0..<count {
      let moves = draw.chance(1, in: 2)
      let own = symbols.map { _ in moves ? number(&draw) : 0 }
      let error = draw.chance(1, in: 4) && moves ? 0 : number(&draw).magnitude
      let linear = zip(symbols, own).reduce(Rational.zero) { $0 + values[$1.0] * exact($1.1) }
      let sign: Rational = draw.chance(1, in: 2) ? 1 : -1
      var (deviation, low, high) = (linear + sign * exact(error), -Double.infinity, Double.infinity)
      if !moves, draw.chance(3, in: 4) {
        // Ranges that are narrower than the error, and a number at an end of it.
        (low, high) = (-error * Double.random(in: 0...1, using: &draw), error * Double.random(in: 0...1, using: &draw))
        deviation = sign > 0 ? exact(high) : exact(low)
      }
      generators += own
      errors.append(error)
      lows.append(low)
      highs.append(high)
      deviations.append(deviation)
    }
    let centres = (0..<count).map { _ in Interval(point: centred ? 0 : number(&draw)) }
    return (
      AffineRun(centres: centres, symbols: symbols, generators: generators, errors: errors, lows: lows, highs: highs),
      Member(symbols: values, deviations: deviations)
    )
  }

  /// How far a row's form at given symbols is from a number, beyond its error; and its range, beyond its ends. None is
  /// above zero. Symbols from 3 on are fresh, and free.
  static func excess(_ run: AffineRun, _ row: Int, _ value: Rational, _ symbols: [Rational]) -> Rational {
    var (middle, free) = (Rational.zero, exact(run.errors[row]))
    for (column, symbol) in run.symbols.enumerated() {
      let generator = exact(run.generators[row * run.symbols.count + column])
      if symbol < 3 { middle += generator * symbols[symbol] } else { free += generator.magnitude }
    }
    let centre = run.centre(row)
    return [
      value - centre.upper - middle - free, centre.lower + middle - free - value,
      value - centre.upper - exact(run.highs[row]), centre.lower + exact(run.lows[row]) - value,
    ].max() ?? 0
  }

  static func corner(_ draw: inout SeededGenerator) -> [Rational] {
    (0..<3).map { _ in draw.chance(1, in: 2) ? 1 : -1 }
  }

  @Test("Sums and differences")
  func sums() {
    var draw = SeededGenerator(seed: 71)
    var moved = 0
    for _ in 0..<2_000 {
      let symbols = Self.corner(&draw)
      let ((x, p), (y, q)) = (Self.run(2, &draw, symbols: symbols), Self.run(2, &draw, symbols: symbols))
      let (sum, difference) = (AffineRun.sum(x, y), AffineRun.difference(x, y))
      for row in 0..<2 {
        let (a, b) = (x.centre(row).lower + p.deviations[row], y.centre(row).lower + q.deviations[row])
        #expect(Self.excess(sum, row, a + b, symbols) <= 0)
        #expect(Self.excess(difference, row, a - b, symbols) <= 0)
        #expect(Self.excess(x.negated(), row, -a, symbols) <= 0)
        if !p.deviations[row].isZero, !q.deviations[row].isZero { moved += 1 }
      }
    }
    #expect(moved > 2_000)
  }

  @Test("Linear maps, of weights that are floats and of others, long rows too")
  func maps() {
    var draw = SeededGenerator(seed: 72)
    for round in 0..<500 {
      let symbols = Self.corner(&draw)
      let (rows, columns) = (2, round % 10 == 0 ? 40 : draw.int(1...4))
      let isFloat = draw.chance(1, in: 2)
      let weights = (0..<rows * columns).map { _ in
        isFloat ? Self.exact(Self.number(&draw)) : Rational(Integer(draw.int(-9...9)), over: 7)
      }
      let map = LinearMap(Matrix(rows: rows, columns: columns, elements: weights))
      for transposed in [false, true] {
        let (inputs, outputs) = transposed ? (rows, columns) : (columns, rows)
        let (x, p) = Self.run(inputs, &draw, symbols: symbols)
        let image = AffineRun.apply(map, transposed: transposed, to: x, in: AffineContext(firstFree: 3))
        for output in 0..<outputs {
          var value = Rational.zero
          for input in 0..<inputs {
            let weight = transposed ? weights[input * columns + output] : weights[output * columns + input]
            value += weight * (x.centre(input).lower + p.deviations[input])
          }
          #expect(Self.excess(image, output, value, symbols) <= 0)
        }
      }
      // Every weight's own sign, so that nothing cancels: the end of the range itself.
      let (x, _) = Self.run(columns, &draw, symbols: symbols)
      let image = AffineRun.apply(map, transposed: false, to: x, in: AffineContext(firstFree: 3))
      for row in 0..<rows {
        var (low, high) = (image.centre(row).lower, image.centre(row).upper)
        for column in 0..<columns {
          let weight = weights[row * columns + column]
          let ends = (Self.exact(x.lows[column]), Self.exact(x.highs[column]))
          low += weight * (weight.sign > 0 ? ends.0 : ends.1)
          high += weight * (weight.sign > 0 ? ends.1 : ends.0)
        }
        // The range is that of the inputs' ranges, or cut to the form's own reach.
        let reach = zip(0..., x.symbols).reduce(Self.exact(image.errors[row])) { sum, place in
          sum + Self.exact(image.generators[row * x.symbols.count + place.0]).magnitude
        }
        let ends = (Self.exact(image.lows[row]), Self.exact(image.highs[row]))
        #expect(image.centre(row).lower + ends.0 <= low || ends.0 <= -reach)
        #expect(image.centre(row).upper + ends.1 >= high || ends.1 >= reach)
      }
    }
  }

  @Test("Products, by forms and by ranges alone, with fresh symbols and without", arguments: [0, 50])
  func products(freshSymbols: Int) {
    var draw = SeededGenerator(seed: 73)
    var moved = 0
    for round in 0..<2_000 {
      let symbols = Self.corner(&draw).map { round % 3 == 0 ? $0 * Rational(draw.int(0...8)) / 8 : $0 }
      let isCentred = round % 4 == 0
      let (x, p) = Self.run(2, &draw, symbols: symbols, centred: isCentred)
      let (y, q) = Self.run(2, &draw, symbols: symbols, centred: isCentred)
      let product = AffineRun.hadamard(x, y, in: AffineContext(firstFree: 3, freshSymbols: freshSymbols))
      let (outer, ranges) = (AffineRun.outer(x, y), AffineRun.outerRanges(x, y))
      for i in 0..<2 {
        for j in 0..<2 {
          let (c, d) = (x.centre(i).lower, y.centre(j).lower)
          let value = (c + p.deviations[i]) * (d + q.deviations[j])
          if i == j { #expect(Self.excess(product, i, value, symbols) <= 0) }
          #expect(Self.excess(outer, 2 * i + j, value, symbols) <= 0)
          let range = ranges[2 * i + j]
          #expect(Self.exact(range.low) <= value - c * d && value - c * d <= Self.exact(range.high))
          #expect(Self.exact(range.centreLow) <= c * d && c * d <= Self.exact(range.centreHigh))
          if value != c * d { moved += 1 }
        }
      }
    }
    #expect(moved > 4_000)
  }

  @Test("Functions between a line and a band", arguments: [0, 50])
  func bands(freshSymbols: Int) {
    var draw = SeededGenerator(seed: 74)
    for _ in 0..<1_500 {
      let symbols = Self.corner(&draw)
      let (x, p) = Self.run(1, &draw, symbols: symbols)
      let slope = Self.number(&draw)
      let (first, second) = (Self.exact(Self.number(&draw)) / 3, Self.exact(Self.number(&draw)) / 3)
      let band = Interval(lower: min(first, second), upper: max(first, second))
      let argument = x.centre(0).lower + p.deviations[0]
      for rest in [band.lower, band.upper] {
        let value = Self.exact(slope) * argument + rest
        let range = draw.chance(1, in: 2) ? nil : Interval(lower: value, upper: value + 3, precision: 200)
        let result = x.following(
          [LinearBand(slope: slope, band: band, range: range)],
          in: AffineContext(firstFree: 3, freshSymbols: freshSymbols))
        #expect(Self.excess(result, 0, value, symbols) <= 0)
        let other = x.following(
          [LinearBand(slope: slope, band: band, range: Interval(lower: value - 3, upper: value, precision: 200))],
          in: AffineContext(firstFree: 3, freshSymbols: freshSymbols))
        #expect(Self.excess(other, 0, value, symbols) <= 0)
      }
    }
  }

  @Test("Weights so small that their floats lose most bits, and generators so large that it matters")
  func tinyWeights() {
    var draw = SeededGenerator(seed: 76)
    let (tiny, large) = (Rational(2).power(-1_071), 0x1p600)
    for _ in 0..<300 {
      let symbols = Self.corner(&draw)
      let count = draw.int(1...3)
      let weights = (0..<count).map { _ in Rational(Integer(draw.int(-9...9)), over: 7) * tiny }
      let generators = (0..<3 * count).map { _ in Self.number(&draw) * large }
      let x = AffineRun(
        centres: [Interval](repeating: .zero, count: count), symbols: [0, 1, 2], generators: generators,
        errors: [Double](repeating: 0, count: count))
      let map = LinearMap(Matrix(rows: 1, columns: count, elements: weights))
      let image = AffineRun.apply(map, transposed: false, to: x, in: AffineContext(firstFree: 3))
      var (value, reach) = (Rational.zero, Rational.zero)
      for (row, weight) in weights.enumerated() {
        for column in 0..<3 { value += weight * Self.exact(generators[3 * row + column]) * symbols[column] }
        reach += weight.magnitude * Self.exact(x.highs[row])
      }
      #expect(Self.excess(image, 0, value, symbols) <= 0)
      // The ends alone must reach as far as those of the inputs, or as the form itself does.
      let own = (0..<3).reduce(Self.exact(image.errors[0])) { $0 + Self.exact(image.generators[$1]).magnitude }
      #expect(Self.exact(image.highs[0]) >= min(reach, own) && -Self.exact(image.lows[0]) >= min(reach, own))
    }
  }

  @Test("Products by the ends of both factors, their middle and radius to the last bit")
  func directProducts() {
    var draw = SeededGenerator(seed: 77)
    for _ in 0..<6_000 {
      func factor() -> (run: AffineRun, ends: [Double]) {
        let ends = [-Double.random(in: 0...1, using: &draw), Double.random(in: 0...1, using: &draw)]
        return (
          AffineRun(
            centres: [Interval(point: 0)], symbols: [], generators: [], errors: [8], lows: [ends[0]], highs: [ends[1]]),
          ends
        )
      }
      let (x, y) = (factor(), factor())
      let product = AffineRun.hadamard(x.run, y.run, in: AffineContext(firstFree: 3, freshSymbols: 4))
      for a in x.ends {
        for b in y.ends { #expect(Self.excess(product, 0, Self.exact(a) * Self.exact(b), [0, 0, 0]) <= 0) }
      }
    }
  }

  @Test("A weight in floats differs from the exact one by no more than its error, transposed or not")
  func weights() {
    var draw = SeededGenerator(seed: 75)
    var inexact = 0
    for _ in 0..<300 {
      let (rows, columns) = (draw.int(1...4), draw.int(1...4))
      let map = LinearMap(
        Matrix(
          rows: rows, columns: columns,
          elements: (0..<rows * columns).map { _ in
            Rational(Integer(draw.int(-99...99)), over: Integer(draw.int(1...99)))
          }))
      let rounded = RoundedMap(map)
      for (found, isTransposed) in [(rounded, false), (rounded.transpose, true)] {
        var seen = 0
        for row in 0..<found.rows {
          for index in found.starts[row]..<found.starts[row + 1] {
            let column = Int(found.places[index])
            let value = isTransposed ? map[column, row] : map[row, column]
            let error = found.errors.isEmpty ? 0 : Self.exact(found.errors[index])
            #expect((value - Self.exact(found.values[index])).magnitude <= error)
            seen += 1
            if !error.isZero { inexact += 1 }
          }
        }
        #expect(seen == map.nonzeroCount)
      }
    }
    #expect(inexact > 300)
  }

  @Test("Floats of a sparse map are the floats that it was made of, zeros left out, and its places are held once")
  func floats() throws {
    var draw = SeededGenerator(seed: 76)
    var zeros = 0
    for _ in 0..<300 {
      let (rows, columns) = (draw.int(1...5), draw.int(1...5))
      var (starts, places, doubles): ([Int], [Int], [Double]) = ([0], [], [])
      for _ in 0..<rows {
        for column in 0..<columns where draw.int(0...2) > 0 {
          places.append(column)
          // Of all magnitudes: some are too far apart for a common scale of one limb.
          doubles.append(
            Double(draw.int(-3...3))
              * Double(sign: .plus, exponent: draw.int(-60...60) * draw.int(0...1), significand: 1))
        }
        starts.append(places.count)
      }
      let map = try LinearMap(
        rows: rows, columns: columns, rowStarts: starts, columnIndices: places, doubles: doubles)
      let kept = doubles.indices.filter { doubles[$0] != 0 }
      zeros += doubles.count - kept.count
      let rounded = RoundedMap(map)
      #expect(rounded.errors.isEmpty && rounded.values == kept.map { doubles[$0] })
      #expect(rounded.places.map(Int.init) == kept.map { places[$0] })
      #expect(map.nonzeroCount == kept.count && rounded.starts.last == kept.count)
      for row in 0..<rows {
        for index in starts[row]..<starts[row + 1] {
          #expect(map[row, places[index]] == Self.exact(doubles[index]))
        }
      }
    }
    #expect(zeros > 100)
  }
}
