import Testing

@testable import ExactArithmetic

/// Between enclosures and floats, to the last bit: compared as rationals.
@Suite("Enclosures and floats, rounded outward")
struct IntervalDoublesTests {
  private func draw(_ generator: inout SeededGenerator) -> Interval {
    let first = generator.rational(bits: 80)
    let width = generator.chance(1, in: 3) ? 0 : generator.rational(bits: 80).magnitude
    return Interval(lower: first, upper: first + width, precision: generator.chance(1, in: 2) ? 128 : 64)
  }

  private func exact(_ double: Double) throws -> Rational { try Rational(exactly: double) }

  @Test("Ends, balls and centres reach both ends")
  func reach() throws {
    var generator = SeededGenerator(seed: 81)
    for _ in 0..<2_000 {
      let interval = draw(&generator)
      let (lower, upper) = interval.doubles
      #expect(try exact(lower) <= interval.lower && interval.upper <= exact(upper))
      let (middle, radius) = interval.ball
      #expect(try exact(middle) - exact(radius) <= interval.lower)
      #expect(try exact(middle) + exact(radius) >= interval.upper)
      let (point, half) = interval.centred
      #expect(point.isPoint && interval.contains(point))
      #expect(try point.lower - exact(half) <= interval.lower && point.upper + exact(half) >= interval.upper)
    }
  }

  @Test("Widened and scaled intervals contain the exact ends")
  func moved() throws {
    var generator = SeededGenerator(seed: 82)
    for _ in 0..<2_000 {
      let interval = draw(&generator)
      let numbers = [generator.double(), generator.double()].map {
        $0.magnitude < 0x1p-200 || $0.magnitude > 0x1p200 ? 0.7 : $0
      }
      let (low, high) = (min(numbers[0], numbers[1]), max(numbers[0], numbers[1]))
      let wide = interval.widened(low: low, high: high)
      #expect(try wide.lower <= interval.lower + exact(low) && interval.upper + exact(high) <= wide.upper)
      let scaled = interval.scaled(by: low)
      let ends = try [interval.lower * exact(low), interval.upper * exact(low)]
      #expect(scaled.lower <= min(ends[0], ends[1]) && max(ends[0], ends[1]) <= scaled.upper)
    }
  }

  @Test("Float sums err by no more than is allowed for, and sums of nonnegative numbers are covered")
  func sums() throws {
    var generator = SeededGenerator(seed: 83)
    for round in 0..<1_500 {
      // Long sums of one sign, whose roundings all go one way: a large term first, then many just over half a unit.
      let count = generator.int(1...60)
      let tiny = 0x1p-53 * (round % 2 == 0 ? 0.99 : 1.01)
      let terms = [1.0] + (0..<count).map { _ in round % 3 == 0 ? Double.random(in: 0...1, using: &generator) : tiny }
      var (sum, whole) = (0.0, Rational.zero)
      for term in terms {
        sum += term
        whole += try exact(term)
      }
      #expect(try exact(Outward.above(sum, terms: terms.count)) >= whole)
      let error = Outward.error(magnitudes: sum, terms: terms.count, underflows: 0)
      #expect(try (exact(sum) - whole).magnitude <= exact(error))
    }
    // Products that vanish.
    let lost = Outward.error(magnitudes: 0, terms: 1, underflows: 1)
    #expect(lost >= 0x1p-1074 && Outward.above(0, terms: 1) >= 0x1p-1074)
  }
}
