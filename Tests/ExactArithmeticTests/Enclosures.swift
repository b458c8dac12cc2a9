import ExactArithmetic

/// A ball and an exact point of it, the ends included often: where a rounding in the wrong direction shows.
struct Ball {
  let interval: Interval
  let point: Rational

  /// Of magnitude up to 2^(reach + 1), as written in `bits` bits over a small denominator.
  init(_ generator: inout SeededGenerator, bits: Int = 40, reach: Int = 6) {
    let precision = [2, 11, 24, 53, 128][generator.int(0...4)]
    func value() -> Rational {
      if generator.chance(1, in: 8) { return .zero }
      let mantissa = Integer(generator.int(-(1 << bits)...1 << bits))
      return Rational(mantissa, over: Integer.one << (bits - generator.int(-4...reach)))
        / Rational(generator.int(1...9))
    }
    let center = value()
    let radius =
      generator.chance(1, in: 3) ? 0 : value().magnitude * Rational(1, over: Integer.one << generator.int(0...20))
    // One end at zero is what relu makes of an interval across it.
    let isOneSided = generator.chance(1, in: 6)
    interval = Interval(
      lower: isOneSided ? min(center, 0) : center - radius, upper: isOneSided ? max(center, 0) : center + radius,
      precision: precision)
    switch generator.int(0...3) {
    case 0: point = interval.lower
    case 1: point = interval.upper
    case 2: point = center
    default:
      let weight = Rational(Integer(generator.int(0...64)), over: 64)
      point = interval.lower * weight + interval.upper * (1 - weight)
    }
  }
}

/// Rational bounds that owe nothing to MPFR: Taylor's series with its remainder.
enum SeriesEnclosure {
  /// eˣ for |x| ≤ 16, to more than 100 bits.
  static func exp(_ x: Rational) -> (lower: Rational, upper: Rational) {
    let small = x / 16
    precondition(small.magnitude <= 1)
    var (sum, term) = (Rational.one, Rational.one)
    for n in 1...40 {
      term = term * small / Rational(n)
      sum += term
    }
    // |x| ≤ 1: what is left is less than twice the first omitted term.
    let rest = 2 * (term * small / 41).magnitude
    return ((sum - rest).power(16), (sum + rest).power(16))
  }

  static func tanh(_ x: Rational) -> (lower: Rational, upper: Rational) {
    let (low, high) = exp(2 * x)
    return ((low - 1) / (low + 1), (high - 1) / (high + 1))
  }

  static func logistic(_ x: Rational) -> (lower: Rational, upper: Rational) {
    let (low, high) = exp(x)
    return (low / (low + 1), high / (high + 1))
  }

  /// 4 e²ˣ/(e²ˣ + 1)², from bounds of e²ˣ on the side |x| where it decreases.
  static func tanhDerivative(_ x: Rational) -> (lower: Rational, upper: Rational) {
    let (low, high) = exp(2 * x.magnitude)
    func value(_ e: Rational) -> Rational { 4 * e / (e + 1).power(2) }
    return (value(max(high, 1)), value(max(low, 1)))
  }

  static func logisticDerivative(_ x: Rational) -> (lower: Rational, upper: Rational) {
    let (low, high) = exp(x.magnitude)
    func value(_ e: Rational) -> Rational { e / (e + 1).power(2) }
    return (value(max(high, 1)), value(max(low, 1)))
  }

  /// 1/√(2π), from 40 decimals of it, which are cut off.
  private static let normalFactor: (lower: Rational, upper: Rational) = {
    let digits = Rational("0.3989422804014326779399460599343818684758") ?? 0
    return (digits, digits + Rational(10).power(-40))
  }()

  /// e^(−x²/2)/√(2π) for |x| ≤ 5.
  static func normalDensity(_ x: Rational) -> (lower: Rational, upper: Rational) {
    let (low, high) = exp(-x * x / 2)
    return (low * normalFactor.lower, high * normalFactor.upper)
  }

  /// ½ + Σ (−1)ᵏ x²ᵏ⁺¹/(2ᵏ k! (2k + 1))/√(2π) for |x| ≤ 5.
  static func normalDistribution(_ x: Rational) -> (lower: Rational, upper: Rational) {
    var (sum, term) = (x, x)
    for k in 1...90 {
      term = -term * x * x / Rational(2 * k)
      sum += term / Rational(2 * k + 1)
    }
    // The terms alternate and fall from k = 13 on.
    let rest = term.magnitude
    let ends = [sum - rest, sum + rest].flatMap { [$0 * normalFactor.lower, $0 * normalFactor.upper] }
    return (Rational(1, over: 2) + ends.min()!, Rational(1, over: 2) + ends.max()!)
  }
}
