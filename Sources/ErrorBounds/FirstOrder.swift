import ExactArithmetic
import Networks

/// The error as a function of the variation: |sup − c₁V| ≤ c₂V² for every V up to V₀.
///
/// c₁ is the exact first-order constant, max over entries of Σ |∂E/∂parameter| at the nominal frame: a rational where σ
/// and σ′ are. c₂ is half the largest sum of second derivatives over the box of radius V₀, enclosed. Both bounds hold:
/// c₁V − c₂V² ≤ sup ≤ c₁V + c₂V², the lower one attained to second order at the vertex of signs of the derivatives
/// (docs/theory.md, first-order constant).
public struct FirstOrderBound: Sendable {
  /// Lower and upper end; equal where the constant is known exactly.
  public let first: (lower: Rational, upper: Rational)
  /// `nil` where no V₀ was found within the search.
  public let second: Rational?
  /// The largest V for which it is proved.
  public let validUpTo: Rational
  /// A kink of σ or of σ′ lies in a drive at the nominal frame itself: there is no first order.
  public let isAtKink: Bool
  /// c₂ was not sought: frames have too many coordinates for all pairs of them.
  public var omitsSecond = false
}

extension ErrorAnalysis {
  /// c₁, c₂ and V₀ of an edge, of the max norm. Targets vary by V times the own variation's target over its input.
  ///
  /// V₀ is the largest of 1, 1/2, 1/4, … 2⁻³⁰ for which c₂V₀ ≤ c₁. c₂ is left out where frames have too many
  /// coordinates for all pairs of them.
  /// - Throws: `NetworkError` when several reference frames are asked for at once, or the reference varies.
  public func firstOrder(_ edge: Int) throws(NetworkError) -> FirstOrderBound {
    guard nominal.radius.isZero else {
      throw NetworkError("a bound as a function of V needs one nominal frame: use --at, not --domain")
    }
    guard !variation.input.isZero || variation.target.isZero else {
      throw NetworkError(
        "a bound as a function of V needs an input variation above 0: targets vary in proportion to it; give --variation V"
      )
    }
    var bounds: [FirstOrderBound] = []
    for lag in try problems(edge).map(\.reference) { bounds.append(try firstOrder(edge, reference: lag)) }
    // What holds for the worst reference: the largest constants, on the shortest range.
    let seconds = bounds.map(\.second)
    return FirstOrderBound(
      first: (bounds.map(\.first.lower).max() ?? 0, bounds.map(\.first.upper).max() ?? 0),
      second: seconds.contains { $0 == nil } ? nil : seconds.compactMap { $0 }.max(),
      validUpTo: bounds.map(\.validUpTo).min() ?? 0, isAtKink: bounds.contains(where: \.isAtKink),
      omitsSecond: bounds.contains(where: \.omitsSecond))
  }

  private func firstOrder(_ edge: Int, reference: Int) throws(NetworkError) -> FirstOrderBound {
    let unit = try Variation(
      variation.kind, input: 1, target: variation.input.isZero ? variation.target : variation.target / variation.input)
    let problem = try BoundProblem(network, timing, edge: edge, reference: reference, unit, nominal)
    guard !problem.isExact else {
      return FirstOrderBound(first: (0, 0), second: 0, validUpTo: 1, isAtKink: false)
    }
    let first = isExact ? exactFirst(problem) : enclosedFirst(problem)
    let point = try BoundProblem(
      network, timing, edge: edge, reference: reference, Variation(variation.kind, input: 0), nominal)
    guard !ladder.hasKink(point, ofSlopes: true) else {
      return FirstOrderBound(first: first, second: nil, validUpTo: 0, isAtKink: true)
    }
    // c₂V₀ grows with V₀: the exponent is found by halving.
    var (found, low, high) = (FirstOrderBound?.none, 0, 30)
    while low <= high, Self.isSecondOrderAffordable(problem) {
      let exponent = (low + high) / 2
      let reach = Rational(1, over: Integer(1 << exponent))
      if let second = secondOrder(problem, radius: 1 / Double(1 << exponent)),
        second * reach <= first.lower || second.isZero
      {
        found = FirstOrderBound(first: first, second: second, validUpTo: reach, isAtKink: false)
        high = exponent - 1
      } else {
        low = exponent + 1
      }
    }
    return found
      ?? FirstOrderBound(
        first: first, second: nil, validUpTo: 0, isAtKink: false,
        omitsSecond: !Self.isSecondOrderAffordable(problem))
  }

  /// Second derivatives are a square of the parameters, each a form of the whole expression.
  private static func isSecondOrderAffordable(_ problem: BoundProblem) -> Bool {
    problem.cost * problem.family.parameters * problem.family.parameters <= 1 << 22
  }

  private func exactFirst(_ problem: BoundProblem) -> (lower: Rational, upper: Rational) {
    let frames = problem.family.jets(Rational.self, in: ExactContext()) { _, _ in 0 }
    let error = problem.evaluator.error(at: frames, in: ExactContext()).storage
    let sums = (0..<error.count).map { index in
      error.partials.reduce(Rational.zero) { $0 + $1.run[index].magnitude }
    }
    let largest = sums.max() ?? 0
    return (largest, largest)
  }

  private func enclosedFirst(_ problem: BoundProblem) -> (lower: Rational, upper: Rational) {
    let context = IntervalContext(precision: max(ladder.precision, Interval.defaultPrecision))
    let frames = problem.family.jets(Interval.self, in: context) { _, _ in Interval.exact(0, in: context) }
    let error = problem.evaluator.error(at: frames, in: context).storage
    let sums = (0..<error.count).map { index in
      error.partials.reduce(Interval.exact(0, in: context)) { $0 + $1.run[index].absoluteValue }
    }
    return (sums.map(\.lower).max() ?? 0, sums.map(\.upper).max() ?? 0)
  }

  /// ½ max over entries of Σ sup|∂²E| over the box of this radius; `nil` where something jumps or overflows.
  private func secondOrder(_ problem: BoundProblem, radius: Double) -> Rational? {
    let family = problem.family
    var box = ParameterBox(whole: family.parameters)
    for parameter in box.lows.indices { (box.lows[parameter], box.highs[parameter]) = (-radius, radius) }
    let context = AffineContext(precision: ladder.precision, firstFree: family.parameters)
    let error = problem.evaluator.error(at: family.secondJets(over: box, in: context), in: context).storage
    var sums = [Double](repeating: 0, count: error.count)
    for (_, row) in error.partials {
      for (_, run) in row.partials {
        guard !run.isUnbounded else { return nil }
        for index in sums.indices {
          let (lower, upper) = run.range(index).doubles
          sums[index] = (sums[index] + max(-lower, upper)).nextUp
        }
      }
      guard !row.values.isUnbounded else { return nil }
    }
    guard !error.values.values.isUnbounded, let largest = sums.max(), largest.isFinite else { return nil }
    return FrameFamily.exact(largest) / 2
  }
}
