import ExactArithmetic
import Networks

/// The error as a function of the variations V of the inputs and U of the targets:
/// ```
/// max(c₁V, d₁U) − r ≤ sup ≤ c₁V + d₁U + r,   r = c₂V² + mVU + d₂U²,   for every V ≤ V₀ and U ≤ U₀
/// ```
/// With targets that stand still |sup − c₁V| ≤ c₂V². c₁ and d₁ are the first-order constants of the norm asked: the largest
/// first-order error over the vertices of the box at the nominal frame (docs/theory.md, first-order constant). r is half
/// the norm of the sums of second derivatives over the box of V₀ and U₀, enclosed.
public struct FirstOrderBound: Sendable {
  public let kind: Variation.Kind
  /// c₁: lower and upper end; equal where the constant is known exactly.
  public let first: (lower: Rational, upper: Rational)
  /// d₁, likewise; zero where targets stand still.
  public let targetFirst: (lower: Rational, upper: Rational)
  /// `nil` where no V₀ was found within the search.
  public let rest: SecondOrder?
  /// V₀: the largest V for which it is proved.
  public let validUpTo: Rational
  /// U₀, in the same way; zero where targets stand still.
  public let targetsUpTo: Rational
  /// A kink of σ or of σ′ lies in a drive at the nominal frame itself: there is no first order.
  public let isAtKink: Bool
  /// The rest was not sought: frames have too many coordinates for all pairs of them.
  public var omitsSecond = false

  /// c₂, m and d₂.
  public struct SecondOrder: Sendable, Hashable {
    public let inputs: Rational
    public let mixed: Rational
    public let targets: Rational

    func at(_ input: Rational, _ target: Rational) -> Rational {
      inputs * input * input + mixed * input * target + targets * target * target
    }
  }

  /// c₂
  public var second: Rational? { rest?.inputs }

  private func rest(_ variation: Variation) -> Rational? {
    guard !isAtKink, let rest, variation.kind == kind, variation.input <= validUpTo, variation.target <= targetsUpTo
    else { return nil }
    return rest.at(variation.input, variation.target)
  }

  /// At least the supremum under a variation; `nil` beyond V₀ or U₀.
  public func upper(_ variation: Variation) -> Rational? {
    rest(variation).map { first.upper * variation.input + targetFirst.upper * variation.target + $0 }
  }

  /// At most the supremum; may be negative.
  public func lower(_ variation: Variation) -> Rational? {
    rest(variation).map { max(first.lower * variation.input, targetFirst.lower * variation.target) - $0 }
  }
}

extension ErrorAnalysis {
  /// The law of an edge in the norm of this analysis.
  ///
  /// V₀ is the largest of 1, 1/2, 1/4, … 2⁻³⁰ at which the rest is no larger than the first order. The rest is left out
  /// where frames have too many coordinates for all pairs of them.
  /// - Parameter targets: U₀, the largest variation of the targets that is asked about.
  /// - Throws: `BoundError.network` where the reference varies over a domain, `BoundError.memory` where the derivatives would
  ///   hold more than the cap.
  public func firstOrder(_ edge: Int, targets: Rational = 0) throws(BoundError) -> FirstOrderBound {
    guard nominal.radius.isZero else {
      throw .network(NetworkError("a bound as a function of V needs one nominal frame: use --at, not --domain"))
    }
    var (laws, excess) = ([FirstOrderBound](), MemoryExcess?.none)
    do throws(NetworkError) {
      let problems = try problems(edge)
      excess = problems.lazy.filter { !$0.isExact }.compactMap { ladder.memory($0).firstOrder }.first
      for problem in problems where excess == nil {
        laws.append(try firstOrder(edge, reference: problem.reference, targets: targets))
      }
    } catch {
      throw .network(error)
    }
    if let excess { throw .memory(edge: timing.edges[edge].name, excess) }
    // What holds for the worst reference: the largest constants, on the shortest range.
    let rests = laws.map(\.rest)
    func largest(_ part: (FirstOrderBound.SecondOrder) -> Rational) -> Rational {
      rests.compactMap { $0.map(part) }.max() ?? 0
    }
    return FirstOrderBound(
      kind: variation.kind,
      first: (laws.map(\.first.lower).max() ?? 0, laws.map(\.first.upper).max() ?? 0),
      targetFirst: (laws.map(\.targetFirst.lower).max() ?? 0, laws.map(\.targetFirst.upper).max() ?? 0),
      rest: rests.contains { $0 == nil }
        ? nil
        : FirstOrderBound.SecondOrder(
          inputs: largest(\.inputs), mixed: largest(\.mixed), targets: largest(\.targets)),
      validUpTo: laws.map(\.validUpTo).min() ?? 0, targetsUpTo: targets,
      isAtKink: laws.contains(where: \.isAtKink), omitsSecond: laws.contains(where: \.omitsSecond))
  }

  private func firstOrder(
    _ edge: Int, reference: Int, targets: Rational
  ) throws(NetworkError) -> FirstOrderBound {
    let name = timing.edges[edge].name
    // Parameters of the inputs are in units of V, those of the targets in shares of U₀.
    let unit = try Variation(variation.kind, input: 1, target: targets)
    let problem = try problem([edge], name: name, reference: reference, unit)
    let kind = variation.kind
    func law(
      _ first: (lower: Rational, upper: Rational), _ targetFirst: (lower: Rational, upper: Rational),
      _ rest: FirstOrderBound.SecondOrder?, upTo reach: Rational, isAtKink: Bool = false, omitsSecond: Bool = false
    ) -> FirstOrderBound {
      FirstOrderBound(
        kind: kind, first: first, targetFirst: targetFirst, rest: rest, validUpTo: reach, targetsUpTo: targets,
        isAtKink: isAtKink, omitsSecond: omitsSecond)
    }
    guard !problem.isExact else {
      return law((0, 0), (0, 0), FirstOrderBound.SecondOrder(inputs: 0, mixed: 0, targets: 0), upTo: 1)
    }
    let derivatives = FirstOrderMatrix(
      problem, isExact: isExact, precision: ladder.precision, most: ladder.memory(problem).firstOrderEntries)
    let first = derivatives.largest(norm, targets: false)
    var targetFirst = derivatives.largest(norm, targets: true)
    if !targets.isZero { targetFirst = (targetFirst.lower / targets, targetFirst.upper / targets) }
    let still = try self.problem([edge], name: name, reference: reference, Variation(variation.kind, input: 0))
    guard !ladder.hasKink(still, ofSlopes: true) else { return law(first, targetFirst, nil, upTo: 0, isAtKink: true) }
    guard isSecondOrderAffordable(problem) else { return law(first, targetFirst, nil, upTo: 0, omitsSecond: true) }
    // The rest grows faster with V₀ than the first order: the exponent is found by halving.
    var (found, low, high) = (FirstOrderBound?.none, 0, 30)
    while low <= high {
      let exponent = (low + high) / 2
      let reach = Rational(1, over: Integer(1 << exponent))
      let order = first.lower * reach + targetFirst.lower * targets
      if let rest = secondOrder(problem, radius: 1 / Double(1 << exponent), targets: targets),
        rest.at(reach, targets) <= order || (first.upper.isZero && targetFirst.upper.isZero)
      {
        found = law(first, targetFirst, rest, upTo: reach)
        high = exponent - 1
      } else {
        low = exponent + 1
      }
    }
    return found ?? law(first, targetFirst, nil, upTo: 0)
  }

  /// Second derivatives are a square of the parameters, each a form of the whole expression.
  private func isSecondOrderAffordable(_ problem: BoundProblem) -> Bool {
    problem.cost * problem.family.parameters * problem.family.parameters <= 1 << 22
      && ladder.memory(problem).secondOrder == nil
  }

  /// Half the norm of Σ sup|∂²E| over the box of V ≤ `radius` and U ≤ U₀, by pairs of inputs, mixed, and of targets; `nil`
  /// where something jumps or overflows.
  private func secondOrder(
    _ problem: BoundProblem, radius: Double, targets: Rational
  ) -> FirstOrderBound.SecondOrder? {
    let family = problem.family
    var box = ParameterBox(whole: family.parameters)
    for parameter in box.lows.indices where !family.movesTargets(parameter) {
      (box.lows[parameter], box.highs[parameter]) = (-radius, radius)
    }
    let context = AffineContext(precision: ladder.precision, firstFree: family.parameters)
    let products = problem.evaluator.products(at: family.secondJets(over: box, in: context), in: context)
    // By how many of the two parameters are targets'.
    var sums = [[Double]](repeating: [], count: 3)
    var isBounded = true
    products.forEachBlock(most: ladder.memory(problem).secondOrderEntries) { _, block in
      let own = isBounded ? Self.magnitudes(block.storage, family) : nil
      isBounded = own != nil
      for kind in sums.indices { sums[kind] += own?[kind] ?? [] }
    }
    guard isBounded, sums.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    let halves = sums.map { sums in
      let exact = sums.map(FrameFamily.exact)
      return (norm == .max ? exact.max() ?? 0 : Root.above(exact.reduce(0) { $0 + $1 * $1 })) / 2
    }
    let unit = targets.isZero ? 1 : targets
    return FirstOrderBound.SecondOrder(inputs: halves[0], mixed: halves[1] / unit, targets: halves[2] / (unit * unit))
  }

  /// Σ sup|∂²| of every entry, by how many of the two parameters are targets'; `nil` where something overflows.
  private static func magnitudes(_ error: JetRun<Jet<AffineForm>>, _ family: FrameFamily) -> [[Double]]? {
    var sums = [[Double]](repeating: [Double](repeating: 0, count: error.count), count: 3)
    for (outer, row) in error.partials {
      for (inner, run) in row.partials {
        guard !run.isUnbounded else { return nil }
        let kind = [outer, inner].count { family.movesTargets($0) }
        for index in 0..<error.count {
          let (lower, upper) = run.range(index).doubles
          sums[kind][index] = (sums[kind][index] + max(-lower, upper)).nextUp
        }
      }
      guard !row.values.isUnbounded else { return nil }
    }
    return error.values.values.isUnbounded ? nil : sums
  }
}

extension FrameFamily {
  /// Whether a parameter belongs to a target.
  func movesTargets(_ parameter: Int) -> Bool {
    blocks.last { $0.first <= parameter }?.isTarget ?? false
  }
}
