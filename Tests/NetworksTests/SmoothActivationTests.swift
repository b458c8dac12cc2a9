import ExactArithmetic
import PropertyTesting
import Testing

@testable import Networks

/// σ that have no rational values: their enclosures, derivatives and constants.
@Suite struct SmoothActivationTests {
  static let smooth: [Activation] = [.softplus, .gelu, .geluTanh, .swish, .mish]
  static let curved: [Activation] = smooth + [.elu(1), .elu(Rational(5, over: 3)), .selu, .hardSwish]

  /// σ and σ′, evaluated to 33 decimals in decimal arithmetic with series of their own.
  static let digits: [(Activation, Rational, String, String)] = [
    (.softplus, Rational(-3, over: 2), "0.201413277982752409499482809057091", "0.182425523806356340392782821343751"),
    (.softplus, Rational(1, over: 4), "0.825939419878843562207836131658317", "0.562176500885798104027323637902946"),
    (.softplus, Rational(2, over: 1), "2.126928011042972496443726806358304", "0.880797077977882444059729141302396"),
    (.gelu, Rational(-3, over: 2), "-0.100210801903287099006741061469829", "-0.127469192229979525416655295952226"),
    (.gelu, Rational(1, over: 4), "0.149676581420730931060213447895258", "0.695373354883636025976160229854921"),
    (.gelu, Rational(2, over: 1), "1.954499736103641585599434725666933", "1.085231801078196896700845763654893"),
    (.geluTanh, Rational(-3, over: 2), "-0.100428423019767077550575518155411", "-0.127710793151433081575633268756615"),
    (.geluTanh, Rational(1, over: 4), "0.149675350701685000225428680166424", "0.695354095151060429485875000973838"),
    (.geluTanh, Rational(2, over: 1), "1.954597694087775018781041386150719", "1.086099256623618381564513917556983"),
    (.swish, Rational(-3, over: 2), "-0.273638285709534510589174232015627", "-0.041294154299142944359517294307265"),
    (.swish, Rational(1, over: 4), "0.140544125221449526006830909475736", "0.623710021570197690923636623542309"),
    (.swish, Rational(2, over: 1), "1.761594155955764888119458282604793", "1.090784248784895478756977510823247"),
    (.mish, Rational(-3, over: 2), "-0.298099742166806757454277897217138", "-0.064097815892258643133807204856602"),
    (.mish, Rational(1, over: 4), "0.169572409663817591306982129494838", "0.754172667720592781262030130553832"),
    (.mish, Rational(2, over: 1), "1.943958959533994520318481324792746", "1.069317934279489684637519795276434"),
    (.selu, Rational(-3, over: 2), "-1.365814357636660175175417005103398", "0.392284988706370158452704292703103"),
    (.selu, Rational(1, over: 4), "0.262675255537033081054687500000000", "1.050701022148132324218750000000000"),
    (.selu, Rational(2, over: 1), "2.101402044296264648437500000000000", "1.050701022148132324218750000000000"),
    (
      .elu(Rational(3, over: 2)), Rational(-3, over: 2), "-1.165304759777355256600079293853981",
      "0.334695240222644743399920706146018"
    ),
    (
      .elu(Rational(3, over: 2)), Rational(1, over: 4), "0.250000000000000000000000000000000",
      "1.000000000000000000000000000000000"
    ),
    (
      .elu(Rational(3, over: 2)), Rational(2, over: 1), "2.000000000000000000000000000000000",
      "1.000000000000000000000000000000000"
    ),
  ]

  @Test func valuesAndSlopesHaveTheseDigits() throws {
    let unit = Rational(10).power(-33)
    for (activation, place, value, slope) in Self.digits {
      for (order, text) in [value, slope].enumerated() {
        let stated = try #require(Rational(text))
        let found = Interval(place, precision: 200).derivative(
          order, of: activation, in: IntervalContext(precision: 200))
        #expect(found.lower <= stated + unit && found.upper >= stated - unit, "\(activation) at \(place): \(found)")
        #expect(found.width < Rational(2).power(-180))
      }
    }
    #expect(Set(Self.digits.map(\.0)).count == 7)
  }

  /// The mean slope of each derivative over a range lies in the enclosure of the next: they belong together.
  @Test func everyDerivativeIsThatOfTheOneBefore() throws {
    let draws = Generator<(Activation, Rational, Rational)>.tuple(
      .element(of: Self.curved), .rational(height: 40), .positiveRational(height: 30))
    var narrow = 0
    try requireProperty("derivatives", draws, cases: 1_200) { activation, low, width in
      let context = IntervalContext(precision: 160)
      for step in [width, width / Rational(1 << 20)] {
        let (start, end) = (Interval(low, precision: 160), Interval(low + step, precision: 160))
        let range = start.hull(end)
        for order in 0...2 where !DriveFunction(activation, .value).jumps(order + 1, inside: range) {
          let rise =
            end.derivative(order, of: activation, in: context) - start.derivative(order, of: activation, in: context)
          let slopes = range.derivative(order + 1, of: activation, in: context)
          try demand(
            !rise.isDisjoint(from: slopes * Interval(step, precision: 160)),
            "\(activation), derivative \(order + 1) from \(low) over \(step)")
          if slopes.width < 1 { narrow += 1 }
        }
        for (order, place) in [(0, low + step / 3), (1, low + step / 3), (2, low + step / 7)] {
          let inside = Interval(place, precision: 160).derivative(order, of: activation, in: context)
          let whole = range.derivative(order, of: activation, in: context)
          try demand(!inside.isDisjoint(from: whole), "\(activation), derivative \(order) at \(place)")
        }
      }
    }
    #expect(narrow > 3_000)
  }

  /// Outside its brackets the next derivative has no zero, so that σ and σ′ turn nowhere else; inside each its sign
  /// changes.
  @Test(arguments: smooth.filter { $0 != .softplus })
  func turningPointsAreAll(activation: Activation) throws {
    let smooth = try #require(SmoothActivation(activation))
    for order in 0...1 {
      var places = [-SmoothActivation.reach]
      for turn in smooth.turns(order) {
        places += [turn - SmoothActivation.width, turn + SmoothActivation.width]
      }
      places.append(SmoothActivation.reach)
      var signs: [Int] = []
      for index in stride(from: 0, to: places.count, by: 2) {
        signs.append(Self.sign(smooth, order + 1, places[index], places[index + 1]))
      }
      #expect(!signs.contains(0), "\(activation), order \(order): \(signs)")
      #expect(zip(signs, signs.dropFirst()).allSatisfy { $0 == -$1 }, "\(activation), order \(order): \(signs)")
      #expect(signs.count == smooth.turns(order).count + 1 && signs.count > 1)
    }
  }

  /// The sign of a derivative on all of a range; 0 where it is not one.
  private static func sign(_ smooth: SmoothActivation, _ order: Int, _ low: Double, _ high: Double) -> Int {
    var open = [(low, high)]
    var sign: Int?
    while let (start, end) = open.popLast() {
      let range = Interval(point: start, precision: 96).hull(Interval(point: end, precision: 96))
      let found = smooth.natural(order, over: range)
      if found.lower.sign > 0 || found.upper.sign < 0 {
        guard sign ?? found.lower.sign == found.lower.sign else { return 0 }
        sign = found.lower.sign
        continue
      }
      let middle = start + (end - start) / 2
      guard end - start > 0x1p-46, middle > start, middle < end else { return 0 }
      open += [(start, middle), (middle, end)]
    }
    return sign ?? 0
  }

  @Test func rangesAreTightAcrossTurningPoints() {
    let context = IntervalContext(precision: 64)
    let across = Interval(lower: -100, upper: 0, precision: 64)
    // The least values are near −0.17, −0.28 and −0.31.
    for (activation, least) in [
      (Activation.gelu, Rational(-17, over: 100)), (.swish, Rational(-2785, over: 10_000)),
      (.mish, Rational(-3089, over: 10_000)), (.hardSwish, Rational(-3, over: 8)),
    ] {
      let image = across.derivative(0, of: activation, in: context)
      #expect(image.lower >= least && image.lower < least * Rational(99, over: 100), "\(activation): \(image)")
      #expect(image.upper >= 0 && image.upper < Rational(1, over: 1_000_000))
    }
  }

  /// Slopes at the kinks are those from the left; an interval that goes on to the right has both.
  @Test func kinksOfCurvedUnits() {
    func slopes(_ activation: Activation, _ low: Rational, _ high: Rational) -> Interval {
      Interval(lower: low, upper: high, precision: 64).derivative(1, of: activation, in: IntervalContext(precision: 64))
    }
    #expect(Activation.hardSwish.slope(at: -3) == 0 && Activation.hardSwish.slope(at: 3) == Rational(3, over: 2))
    #expect(slopes(.hardSwish, -3, -2).lower == Rational(-1, over: 2) && slopes(.hardSwish, -3, -2).contains(0))
    #expect(slopes(.hardSwish, -4, -3).isPoint && slopes(.hardSwish, 3, 4).lower == 1)
    #expect(slopes(.hardSwish, 3, 4).upper == Rational(3, over: 2))
    #expect(slopes(.elu(2), 0, 0).upper == 2 && slopes(.elu(2), 0, 0).isPoint)
    #expect(slopes(.elu(2), 0, 1).lower == 1 && slopes(.elu(2), 0, 1).upper == 2)
    let product = Activation.seluAlpha * Activation.seluGamma
    #expect(slopes(.selu, -1, 0).upper >= product && slopes(.selu, 1, 2).upper < product)
  }

  /// Units of one layer with slopes of their own, as vectors of every number type.
  @Test func slopesPerUnit() throws {
    let activation = Activation.prelu([Rational(1, over: 4), -2, 1])
    let drive = Vector<Rational>([-8, -3, 5])
    #expect(Rational.apply(activation, to: drive, in: ExactContext()) == Vector([-2, 6, 5]))
    #expect(Rational.slope(activation, at: drive, in: ExactContext()) == Vector([Rational(1, over: 4), -2, 1]))
    let context = IntervalContext(precision: 64)
    let ranges = Vector(drive.elements.map { Interval(lower: $0 - 9, upper: $0, precision: 64) })
    let slopes = Interval.slope(activation, at: ranges, in: context)
    #expect(slopes[1].isPoint && slopes[1].contains(-2))
    #expect(slopes[2].isPoint && slopes[2].contains(1))
    let moved = Vector(drive.elements.map { Interval(lower: $0, upper: $0 + 9, precision: 64) })
    #expect(Interval.slope(activation, at: moved, in: context)[1].contains(1))
    #expect(activation.slopeBound == 2 && activation.hasKink && activation.isPiecewiseLinear && !activation.isAffine)
  }
}
