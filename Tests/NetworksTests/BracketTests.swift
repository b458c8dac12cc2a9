import ExactArithmetic
import Testing

@testable import Networks

/// The small intervals behind Taylor bands, and these bands themselves, as rationals.
@Suite("Brackets and Taylor bands, rounded outward")
struct BracketTests {
  private func exact(_ double: Double) -> Rational { (try? Rational(exactly: double)) ?? 0 }

  private func bracket(_ generator: inout SystemRandom) -> Bracket {
    // Random floats lie on a grid, on which sums are exact; a factor takes them off it.
    let (a, b) = (Double.random(in: -2...2, using: &generator), Double.random(in: -2...2, using: &generator) * 0.0137)
    return Bool.random(using: &generator) ? Bracket(a) : Bracket(min(a, b), max(a, b))
  }

  @Test("Results contain the exact ends")
  func arithmetic() {
    var generator = SystemRandom(state: 3)
    for _ in 0..<10_000 {
      let (x, y) = (bracket(&generator), bracket(&generator))
      let (sum, difference, product) = (x + y, x - y, x * y)
      for a in [x.lower, x.upper] {
        for b in [y.lower, y.upper] {
          let (p, q) = (exact(a), exact(b))
          #expect(exact(sum.lower) <= p + q && p + q <= exact(sum.upper))
          #expect(exact(difference.lower) <= p - q && p - q <= exact(difference.upper))
          #expect(exact(product.lower) <= p * q && p * q <= exact(product.upper))
        }
      }
      let (middle, radius) = x.ball
      #expect(exact(middle) - exact(radius) <= exact(x.lower) && exact(x.upper) <= exact(middle) + exact(radius))
      #expect(exact(x.magnitude) >= exact(x.lower).magnitude && exact(x.magnitude) >= exact(x.upper).magnitude)
    }
  }

  @Test("A Taylor band holds at both ends of its reach, for σ and σ′, from 2⁻⁴⁰ to 1/4")
  func taylor() throws {
    var generator = SystemRandom(state: 4)
    var made = 0
    for round in 0..<4_000 {
      let function = DriveFunction(round % 2 == 0 ? .tanh : .logistic, round % 4 < 2 ? .value : .slope)
      let centre = Interval(point: Double.random(in: -4...4, using: &generator))
      let reach =
        0.25 * Double.random(in: 0.5...1, using: &generator) / Double(1 << Int.random(in: 0...38, using: &generator))
      let value = centre.image(under: function.activation, in: IntervalContext(precision: 128))
      guard let line = TaylorBand(function, centre: centre, value: value, reach: reach)?.line else { continue }
      made += 1
      let slope = exact(line.slope)
      for share in [-1, -Rational(2, over: 3), 0, Rational(1, over: 3), 1] as [Rational] {
        let point = centre.lower + exact(reach) * share
        let number = Interval(point, precision: 256)
        let found = number.derivative(
          function.order.rawValue, of: function.activation, in: IntervalContext(precision: 256))
        #expect(found.lower - slope * point <= line.band.upper, "\(function) at \(point) round \(centre)")
        #expect(found.upper - slope * point >= line.band.lower, "\(function) at \(point) round \(centre)")
      }
    }
    #expect(made > 3_000)
  }
}

/// SplitMix64.
struct SystemRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
