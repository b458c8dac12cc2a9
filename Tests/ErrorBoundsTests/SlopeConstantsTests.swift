import ExactArithmetic
import PropertyTesting
import Testing

@testable import Networks

@Suite("s1 and s2: how steep σ is and how fast its slope changes")
struct SlopeConstantsTests {
  /// Halves an interval until the enclosure of |σ^(order)| there is within the bound, and gives up far too late.
  private static func holds(
    _ bound: Rational, _ order: Int, of activation: Activation, from low: Rational, to high: Rational, depth: Int = 0
  ) -> Bool {
    let range = Interval(lower: low, upper: high, precision: 128)
    let values = range.derivative(order, of: activation, in: IntervalContext(precision: 128)).absoluteValue
    if values.upper <= bound { return true }
    guard depth < 30 else { return false }
    let middle = (low + high) / 2
    return holds(bound, order, of: activation, from: low, to: middle, depth: depth + 1)
      && holds(bound, order, of: activation, from: middle, to: high, depth: depth + 1)
  }

  @Test(
    "No slope is beyond s1 and no change of slope beyond s2 from −2⁶⁰ to 2⁶⁰, and both are nearly attained",
    arguments: [
      Activation.tanh, .logistic, .rational, .softsign, .softplus, .elu(1), .swish, .gelu, .geluTanh, .mish,
    ])
  func wholeLine(activation: Activation) throws {
    let constants = try #require(activation.slopeConstants)
    let change = try #require(constants.change)
    let ends = [0] + (-3...60).map { $0 < 0 ? Rational(1, over: Integer(1) << -$0) : Rational(Integer(1) << $0) }
    for (low, high) in zip(ends, ends.dropFirst()) {
      for (left, right) in [(low, high), (-high, -low)] {
        // At the very top the enclosure of s1 is tight: 1 at 0.
        #expect(Self.holds(constants.slope, 1, of: activation, from: left, to: right), "\(activation) on \(low)")
        #expect(Self.holds(change, 2, of: activation, from: left, to: right), "\(activation) on \(low)")
      }
    }
    // A difference quotient of σ′ that comes within a thousandth of s2.
    let step = Rational(1, over: 1 << 20)
    let context = IntervalContext(precision: 256)
    func slope(_ place: Rational) -> Interval {
      Interval(place, precision: 256).derivative(1, of: activation, in: context)
    }
    let places: [Rational] = [
      0, Rational(41421, over: 100_000), Rational(65848, over: 100_000), Rational(131696, over: 100_000),
      Rational(-1, over: 1 << 19), Rational(-8793, over: 100_000),
    ]
    let largest = places.map { ((slope($0 + step) - slope($0)).absoluteValue.lower) / step }.max() ?? 0
    #expect(
      largest <= change && largest > change * Rational(999, over: 1_000), "\(activation): \(largest) of \(change)")
    // And one that a smaller constant would not survive.
    #expect(!Self.holds(change * Rational(999, over: 1_000), 2, of: activation, from: -1, to: 2))
  }

  @Test("On every range no difference quotient of σ exceeds s1, none of σ′ exceeds s2, for every activation")
  func onRanges() throws {
    var (steep, bent, straight, jumping) = (0, 0, 0, 0)
    let draws = Generator<(Activation, [Rational], [Int])>.tuple(
      .activation(ActivationClass.common + [.smooth, .kinked]), .array(of: .rational(height: 9), count: 2...2),
      .array(of: .integer(in: 0...64), count: 6...6))
    try requireProperty("slope constants", draws, cases: 1_500) { activation, ends, steps in
      let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
      let parts = steps.map { Rational($0) / 64 }
      let constants = activation.slopeConstants(over: Interval(lower: low, upper: high, precision: 128))
      if constants.change == nil { jumping += 1 }
      if activation.hasKink, constants.change != nil { straight += 1 }
      let context = IntervalContext(precision: 256)
      func value(_ order: Int, _ place: Rational) -> Interval {
        Interval(place, precision: 256).derivative(order, of: activation, in: context)
      }
      for (a, b) in zip(parts, parts.dropFirst()).map({ (low + (high - low) * $0, low + (high - low) * $1) }) {
        let distance = (a - b).magnitude
        let rise = (value(0, a) - value(0, b)).absoluteValue
        try demand(rise.lower <= constants.slope * distance, "\(activation): σ from \(a) to \(b)")
        if rise.upper > constants.slope * distance * Rational(9, over: 10), !distance.isZero { steep += 1 }
        guard let change = constants.change else { continue }
        let turn = (value(1, a) - value(1, b)).absoluteValue
        try demand(turn.lower <= change * distance, "\(activation): σ′ from \(a) to \(b)")
        if turn.upper > change * distance * Rational(9, over: 10), !distance.isZero, change.sign > 0 { bent += 1 }
      }
    }
    #expect(steep > 500 && bent > 100 && straight > 30 && jumping > 100, "\(steep) \(bent) \(straight) \(jumping)")
  }
}
