import ExactArithmetic
import Networks
import PropertyTesting
import Testing

/// Every activation, with the parameters of the parametric ones.
let allActivations: [Activation] = [
  .identity, .relu, .leakyRelu(Rational(1, over: 10)), .hardTanh,
  .hardSigmoid(alpha: Rational(1, over: 5), beta: Rational(1, over: 2)), .clip(lower: -1, upper: nil), .square,
  .quadratic, .cubic, .rational, .softsign, .tanh, .logistic, .polynomial([1, -2, Rational(1, over: 3), 0, 1]),
  .elu(1), .elu(Rational(5, over: 2)), .selu, .softplus, .gelu, .geluTanh, .swish, .mish, .hardSwish,
]

/// Middle, radius (from 10⁻¹² to 10) and points of an interval, as random as a generator makes them.
struct BandCase {
  let function: DriveFunction
  let range: Interval
  let slope: Double
  let points: [Rational]

  /// Middles near the places where σ and σ′ bend most: kinks, inflections, extremes.
  static let special: [Double] = [
    0, 1, -1, 0.5, -0.5, 2.5, -2.5, 0.6584789484624084, -0.6584789484624084, 1.3169578969248166, 1.7320508075688772,
    0.41421356237309503, 2.414213562373095, 3, -3, -1.5, -0.75, 1.4142135623730951, -1.2784645427610738, -2.25,
  ]

  init(_ draw: inout SystemDraw) throws {
    let activation = allActivations[draw.below(allActivations.count)]
    function = DriveFunction(activation, draw.below(2) == 0 ? .value : .slope)
    let base = draw.below(2) == 0 ? Self.special[draw.below(Self.special.count)] : 6 * draw.unit()
    let radius = Self.radius(&draw)
    let shift = draw.below(3) == 0 ? radius : draw.below(2) == 0 ? 0 : radius * draw.unit()
    let (low, high) = (base + shift - radius, base + shift + radius)
    let range = Interval(lower: try Rational(exactly: low), upper: try Rational(exactly: max(low, high)))
    self.range = range
    slope = draw.below(2) == 0 ? function.chordSlope(over: range) : 2 * draw.unit()
    let width = range.width
    points =
      [range.lower, range.upper]
      + (0..<6).map { _ in range.lower + width * Rational(Integer(draw.below(1 << 20)), over: (1 << 20) - 1) }
  }

  static func radius(_ draw: inout SystemDraw) -> Double {
    if draw.below(12) == 0 { return 0 }
    var radius = 10.0
    for _ in 0..<draw.below(14) { radius /= 10 }
    return radius
  }
}

/// Seeded random numbers.
struct SystemDraw {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = (state ^ (state >> 31)) &* 0xBF58_476D_1CE4_E5B9
    return mixed ^ (mixed >> 29)
  }

  mutating func below(_ count: Int) -> Int { Int(next() >> 1) % count }

  /// In [−1, 1).
  mutating func unit() -> Double { Double(Int64(bitPattern: next()) >> 10) / 0x1p53 }
}

/// f at a point: enclosed at 256 bits, or exactly.
func enclosed(_ function: DriveFunction, at point: Rational) -> Interval {
  let vector = Vector([Interval(point, precision: 256)])
  let context = IntervalContext(precision: 256)
  return function.order == .value
    ? Interval.apply(function.activation, to: vector, in: context)[0]
    : Interval.slope(function.activation, at: vector, in: context)[0]
}

@Suite("Bands of σ and σ′")
struct BandTests {
  @Test("A band contains f(a) − λ a at every point of its range, for every activation, radius and slope")
  func bandsContain() throws {
    var draw = SystemDraw(seed: 1)
    var narrow = 0
    for _ in 0..<6_000 {
      let entry = try BandCase(&draw)
      let band = entry.function.band(slope: entry.slope, over: entry.range)
      let slope = try Interval(Rational(exactly: entry.slope), precision: 256)
      for point in entry.points {
        let value = enclosed(entry.function, at: point) - slope * Interval(point, precision: 256)
        // The value's own enclosure is 2⁻²⁵⁰ wide: touching is all that a tight band allows.
        #expect(
          !value.isDisjoint(from: band),
          "\(entry.function) over \(entry.range) with slope \(entry.slope) at \(point): \(value) outside \(band)")
      }
      if band.width < entry.range.width { narrow += 1 }
    }
    #expect(narrow > 2_000, "bands are not simply everything")
  }

  @Test("Bands hold where drives, slopes and values are beyond the floats, and slopes are finite")
  func bandsBeyondFloats() throws {
    var steep = 0
    for activation in allActivations {
      for order in [DriveFunction.Order.value, .slope] {
        let function = DriveFunction(activation, order)
        for exponent in [160, 300, 400] {
          for sign in [1, -1] as [Rational] {
            let size = Rational(Integer(10).power(exponent))
            for radius in [1, size / 2, size * 2] {
              let range = Interval(lower: sign * size - radius, upper: sign * size + radius)
              let slope = function.chordSlope(over: range)
              try #require(slope.isFinite, "\(function) at \(sign) · 10^\(exponent)")
              let band = function.band(slope: slope, over: range)
              if slope == 0, !band.isPoint { steep += 1 }
              for point in [range.lower, sign * size, range.upper] {
                let line = try Interval(Rational(exactly: slope), precision: 256) * Interval(point, precision: 256)
                #expect(!(enclosed(function, at: point) - line).isDisjoint(from: band), "\(function) at \(point)")
              }
            }
          }
        }
      }
    }
    #expect(steep > 20, "slopes beyond the floats: \(steep)")
  }

  @Test("Bands of smooth functions are about as narrow as curvature allows")
  func bandsAreNarrow() throws {
    for activation in [Activation.tanh, .logistic, .softsign, .rational, .cubic] {
      for order in [DriveFunction.Order.value, .slope] {
        let function = DriveFunction(activation, order)
        for exponent in [4, 8, 16] {
          let radius = Rational(1, over: Integer(1) << exponent)
          let middle = Rational(3, over: 8)
          let range = Interval(lower: middle - radius, upper: middle + radius)
          let width = function.band(slope: function.chordSlope(over: range), over: range).width
          // A chord's band is at most sup|f″| r²/2 wide; sup|f″| ≤ 12 for all of these.
          #expect(width <= 6 * radius * radius, "\(function): \(width.approximation(significantDigits: 3))")
          #expect(width.sign > 0)
        }
      }
    }
  }

  @Test("The suprema that Taylor's formula rests on hold on the whole line")
  func suprema() throws {
    // tanh⁗ = −8t(1 − t²)(3t² − 2) and tanh⁽⁵⁾ = (1 − t²)(16 − 120t² + 120t⁴), as polynomials on t in [−1, 1].
    let pieces = 4_096
    var (fourth, fifth): (Rational, Rational) = (0, 0)
    for index in -pieces..<pieces {
      let t = Interval(
        lower: Rational(Integer(index), over: Integer(pieces)),
        upper: Rational(Integer(index + 1), over: Integer(pieces)))
      let square = t.squared()
      func number(_ value: Int) -> Interval { Interval(Rational(value)) }
      let q = number(1) - square
      fourth = max(fourth, (t * q * (number(16) - number(24) * square)).absoluteValue.upper)
      fifth = max(fifth, (q * (number(16) - number(120) * square * q)).absoluteValue.upper)
    }
    #expect(fourth <= Rational(41, over: 10) && fourth > 4)
    #expect(fifth == 16)
  }
}
