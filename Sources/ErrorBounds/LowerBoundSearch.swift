import ExactArithmetic
import Networks
import Waves

/// Looks for frames of a family with a large error: sign vertices by first-order forms, then coordinate flips.
///
/// Guided by estimates and forms; the result is evaluated exactly, or enclosed, and only that counts.
struct LowerBoundSearch: Sendable {
  let problem: BoundProblem
  let ladder: AffineLadder
  /// Whether rational runs stay small enough to be exact.
  let isExact: Bool
  /// How many entries are tried, the largest upper bounds first.
  var entriesTried = 2
  /// The most evaluations spent on flips, an entry and sign.
  var flips = 400

  func best(_ upper: EntryBounds, frobenius: Bool) -> LowerBound {
    var best: (value: Double, point: [Double])?
    func consider(_ point: [Double]) {
      let value = estimate(point, frobenius: frobenius)
      if best.map({ value > $0.value }) ?? true { best = (value, point) }
    }
    let order = upper.values.indices.sorted { upper.values[$0] > upper.values[$1] }
    for index in order.prefix(entriesTried) {
      for sign in [1.0, -1.0] {
        consider(climb(index, sign))
      }
    }
    return evaluated(
      (best?.point ?? [Double](repeating: 1, count: problem.family.parameters)).map(FrameFamily.exact),
      frobenius: frobenius)
  }

  /// From the middle to the vertex where the first-order form is largest, again from there, then flips.
  private func climb(_ index: Int, _ sign: Double) -> [Double] {
    var point = [Double](repeating: 0, count: problem.family.parameters)
    for step in 0..<4 {
      let next = vertex(index, sign, from: point, radius: step == 0 ? 1 : 0x1p-20)
      if next == point { break }
      point = next
    }
    return flipped(point, index, sign)
  }

  private func vertex(_ index: Int, _ sign: Double, from point: [Double], radius: Double) -> [Double] {
    var box = ParameterBox(whole: point.count)
    if radius < 1 {
      for parameter in point.indices {
        box.lows[parameter] = max(-1, point[parameter] - radius)
        box.highs[parameter] = min(1, point[parameter] + radius)
      }
    }
    let form = ladder.coupledForms(problem, over: box).storage
    guard !form.isUnbounded else { return point }
    var next = point.map { $0 == 0 ? 1 : $0 }
    for (symbol, value) in form.coefficients(index) where symbol < next.count && value != 0 {
      next[symbol] = value * sign > 0 ? 1 : -1
    }
    return next
  }

  private func flipped(_ start: [Double], _ index: Int, _ sign: Double) -> [Double] {
    var (point, spent) = (start, 0)
    var value = entry(point, index) * sign
    var improved = true
    while improved, spent < flips {
      improved = false
      for parameter in point.indices where spent < flips {
        var next = point
        next[parameter] = -next[parameter]
        spent += 1
        let reached = entry(next, index) * sign
        if reached > value {
          (point, value, improved) = (next, reached, true)
        }
      }
    }
    return point
  }

  private func errorEstimates(_ point: [Double]) -> [Double] {
    let frames = problem.family.frames(Estimate.self, in: EstimateContext()) { _, parameter, radius in
      Estimate(Interval(radius, precision: 53).ball.middle * point[parameter])
    }
    return problem.evaluator.error(at: frames, in: EstimateContext()).storage.values
  }

  private func entry(_ point: [Double], _ index: Int) -> Double { errorEstimates(point)[index] }

  private func estimate(_ point: [Double], frobenius: Bool) -> Double {
    let errors = errorEstimates(point)
    return frobenius ? errors.reduce(0) { $0 + $1 * $1 } : errors.reduce(0) { max($0, $1.magnitude) }
  }

  /// The error at a point of the family, exactly or enclosed.
  func evaluated(_ point: [Rational], frobenius: Bool) -> LowerBound {
    let (values, columns) = isExact ? exactErrors(point) : enclosedErrors(point)
    var (lower, upper): (Rational, Rational) = (0, 0)
    var place = 0
    for (index, value) in values.enumerated() {
      let least = value.lower.sign > 0 ? value.lower : value.upper.sign < 0 ? -value.upper : 0
      let most = max(value.upper, -value.lower)
      if frobenius {
        lower += least * least
        upper += most * most
      } else {
        if least > lower { (lower, place) = (least, index) }
        upper = max(upper, most)
      }
    }
    if frobenius { (lower, upper) = (Root.below(lower), Root.above(upper)) }
    let stream = problem.family.stream(at: point)
    return LowerBound(
      point: point, stream: stream, tick: stream.ticks - 1, referenceTick: stream.ticks - 1 - problem.reference,
      value: lower, upperEnd: upper, entry: columns == 0 ? (0, 0) : (place / columns, place % columns))
  }

  private func exactErrors(_ point: [Rational]) -> ([(lower: Rational, upper: Rational)], Int) {
    let frames = problem.family.frames(at: point, Rational.self, in: ExactContext())
    let error = problem.evaluator.error(at: frames, in: ExactContext())
    return (error.elements.map { ($0, $0) }, error.columns)
  }

  private func enclosedErrors(_ point: [Rational]) -> ([(lower: Rational, upper: Rational)], Int) {
    let context = IntervalContext(precision: max(ladder.precision, Interval.defaultPrecision))
    let frames = problem.family.frames(at: point, Interval.self, in: context)
    let error = problem.evaluator.error(at: frames, in: context)
    return (error.elements.map { ($0.lower, $0.upper) }, error.columns)
  }
}

/// Rational square roots, rounded to a stated side.
enum Root {
  static func below(_ value: Rational) -> Rational {
    value.isZero ? 0 : root(value, above: false)
  }

  static func above(_ value: Rational) -> Rational {
    value.isZero ? 0 : root(value, above: true)
  }

  /// By the integer root of numerator · denominator · 4ᵏ: at least 64 bits.
  private static func root(_ value: Rational, above: Bool) -> Rational {
    // √(n/d) = √(n d 4ᵏ) / (d 2ᵏ)
    let shift = max(0, 64 - (value.numerator.bitWidth + value.denominator.bitWidth) / 2) + 1
    let square = (value.numerator * value.denominator) << (2 * shift)
    var root = square.squareRoot
    if above, root * root != square { root = root + 1 }
    return Rational(root, over: value.denominator << shift)
  }
}
