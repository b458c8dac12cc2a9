import ExactArithmetic
import Networks
import PropertyTesting
import Testing

@Suite struct ActivationTests {
  static let points = Generator<(Activation, Rational, Rational)>.tuple(
    .activation(ActivationClass.exact), .rational(height: 50), .rational(height: 50))

  /// Every enclosure of σ and σ′ over a box contains the exact values at points of the box, its ends and its middle.
  @Test func enclosuresContainExactPoints() throws {
    var wide = 0
    try requireProperty("activation enclosures", Self.points, cases: 3000) { activation, first, second in
      let (low, high) = (min(first, second), max(first, second))
      let context = IntervalContext(precision: 64)
      let box = Vector([Interval(lower: low, upper: high, precision: 64)])
      let image = Interval.apply(activation, to: box, in: context)[0]
      let slopes = Interval.slope(activation, at: box, in: context)[0]
      for step in 0...8 {
        let point = low + (high - low) * Rational(Integer(step), over: 8)
        try demand(image.contains(activation.value(at: point)), "\(activation) at \(point)")
        try demand(slopes.contains(activation.slope(at: point)), "slope of \(activation) at \(point)")
      }
      if low < high { wide += 1 }
    }
    #expect(wide > 2000)
  }

  /// Where σ is differentiable, difference quotients over small steps enclose σ′: σ and σ′ belong together.
  @Test func slopesAreThoseOfTheValues() throws {
    var smooth = 0
    try requireProperty("slopes fit values", Self.points, cases: 2000) { activation, point, _ in
      // Over [point, point + h] the mean slope lies in the enclosure of σ′ there (mean value theorem; a kink inside
      // only widens the enclosure).
      let step = Rational(1, over: 1_000_000)
      let box = Vector([Interval(lower: point, upper: point + step, precision: 128)])
      let mean = (activation.value(at: point + step) - activation.value(at: point)) / step
      let slopes = Interval.slope(activation, at: box, in: IntervalContext(precision: 128))[0]
      try demand(slopes.contains(mean), "\(activation) at \(point): mean slope \(mean) outside \(slopes)")
      if slopes.width < 1 { smooth += 1 }
    }
    #expect(smooth > 1000)
  }

  @Test func kinksTakeTheSlopeFromTheLeft() {
    #expect(Activation.relu.slope(at: 0) == 0)
    #expect(Activation.leakyRelu(Rational(1, over: 3)).slope(at: 0) == Rational(1, over: 3))
    #expect(Activation.hardTanh.slope(at: -1) == 0)
    #expect(Activation.hardTanh.slope(at: 1) == 1)
    let sigmoid = Activation.hardSigmoid(alpha: Rational(1, over: 5), beta: Rational(1, over: 2))
    #expect(sigmoid.slope(at: Rational(-5, over: 2)) == 0)
    #expect(sigmoid.slope(at: Rational(5, over: 2)) == Rational(1, over: 5))
    #expect(Activation.clip(lower: 0, upper: 6).slope(at: 0) == 0)
    #expect(Activation.clip(lower: 0, upper: 6).slope(at: 6) == 1)
  }

  /// The slope of relu over a box that touches its kink from the right: 1 inside, 0 at the kink itself.
  @Test func stepSlopesSeeBothSidesOfAKink() {
    func slopes(_ activation: Activation, _ low: Rational, _ high: Rational) -> [Rational] {
      let box = Vector([Interval(lower: low, upper: high, precision: 64)])
      let result = Interval.slope(activation, at: box, in: IntervalContext(precision: 64))[0]
      return [result.lower, result.upper]
    }
    #expect(slopes(.relu, 0, 1) == [0, 1])
    #expect(slopes(.relu, -1, 0) == [0, 0])
    #expect(slopes(.relu, 1, 2) == [1, 1])
    #expect(slopes(.hardTanh, -2, 2) == [0, 1])
    #expect(slopes(.hardTanh, 1, 2) == [0, 1])
    #expect(slopes(.rational, 1, 2) == [Rational(-1, over: 8), 0])
  }
}
