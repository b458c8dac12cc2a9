import ExactArithmetic
import Foundation
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
  var entriesTried = 3
  /// Entries whose largest errors are put together from climbs of single frames, and starts of each of these; three
  /// times as many where there are kinks, at which factors jump.
  var poolEntries = 4
  var poolStarts = 8
  /// Random starts beside the vertices, an entry and sign.
  var randomStarts = 2
  /// The most evaluations of one climb from a vertex; the other searches take their share of it.
  var budget = 2_000
  var seed: UInt64 = 1
  /// A point is good enough when the entry's upper bound is within this ratio of it.
  var enough = 1.002
  /// Other entries and single frames are looked at where the upper bound is beyond this ratio of what was found.
  var nearly = 1 + 0x1p-14
  /// Points are drawn all over the box where the upper bound is beyond this ratio of what was found.
  var plainly = 1.05
  /// When to stop in any case; what was found by then is evaluated.
  var deadline = Date.distantFuture

  func best(_ upper: EntryBounds, frobenius: Bool) -> LowerBound {
    var found = Finding(estimator: EntryEstimator(problem), upper: upper, frobenius: frobenius)
    climbEntries(&found)
    climbPool(&found)
    climbPlainly(&found)
    polish(&found)
    let point = (found.point ?? [Double](repeating: 1, count: problem.family.parameters)).map(FrameFamily.exact)
    let ranOut = Date() >= deadline
    var bound = upper.isCoarse ? evaluatedEntry(point, upper.place) : evaluated(point, frobenius: frobenius)
    bound.ranOut = ranOut
    return bound
  }

  /// The best point that a search has seen, by estimates.
  private struct Finding {
    let estimator: EntryEstimator
    let upper: EntryBounds
    let frobenius: Bool
    private(set) var point: [Double]?
    private(set) var value = 0.0
    /// The entry that is largest there, where one was.
    private(set) var entry: (row: Int, column: Int)?

    /// At least the supremum of the norm.
    var bound: Double { frobenius ? upper.frobenius : upper.maximum }

    /// The norm of the error at a point; of one entry, where all of them are too many.
    func size(_ point: [Double], _ row: Int, _ column: Int) -> Double {
      guard !upper.isCoarse else { return estimator.entry(row, column, at: point).magnitude }
      let errors = estimator.errors(at: point)
      return frobenius ? errors.reduce(0) { $0 + $1 * $1 }.squareRoot() : errors.reduce(0) { max($0, $1.magnitude) }
    }

    mutating func consider(_ point: [Double], _ row: Int, _ column: Int) {
      let size = size(point, row, column)
      if self.point == nil || size > value { (self.point, value, entry) = (point, size, (row, column)) }
    }
  }

  /// A pass costs in proportion to the weights; where factors mix frames, so does every signal that is read.
  private var affordable: Int { (problem.factors == nil ? 8_000_000 : 40_000_000) / max(1, problem.cost) }

  /// Smooth functions are largest at vertices, mostly; the last steps are taken near the best point alone.
  private var finest: Double { hasKinks ? 0x1p-20 : 0x1p-5 }

  private var hasKinks: Bool { problem.network.architecture.nodes.contains { $0.activation.hasKink } }

  /// The entries with the largest upper bounds, from vertices.
  private func climbEntries(_ found: inout Finding) {
    var made: ErrorProducts<AffineForm>?
    func whole() -> ErrorProducts<AffineForm> {
      if let made { return made }
      let forms = ladder.coupledProducts(problem)
      made = forms
      return forms
    }
    var remaining = min(48_000, max(200, affordable))
    let (upper, estimator) = (found.upper, found.estimator)
    for index in upper.largest(entriesTried) {
      let (row, column) = upper.place(of: index)
      for sign in [1.0, -1.0] {
        for start in starts(row, column, sign, whole) {
          // What cannot beat the best point is not looked at, and nothing beats a bound that is nearly attained.
          if !found.frobenius, found.point != nil, upper.values[index] <= found.value * enough { continue }
          guard remaining > 0, Date() < deadline else { break }
          let before = estimator.evaluations
          let climbed = climber(min(budget, remaining), finest).climb(from: start) {
            estimator.entry(row, column, at: $0) * sign
          }
          remaining -= estimator.evaluations - before
          found.consider(climbed.point, row, column)
        }
      }
    }
  }

  /// Where the largest bounds are not attained, other entries may have the largest errors.
  private func climbPool(_ found: inout Finding) {
    guard found.point != nil, !found.upper.isCoarse, found.frobenius || found.value * nearly < found.bound,
      Date() < deadline, let frames = DecoupledFrames(problem, ladder),
      var pool = FramePool(
        frames, edge: problem.network.architecture.edges[problem.edge], most: max(16, min(256, affordable / 16)),
        seed: seed)
    else { return }
    let known = found.entry.map { [$0] } ?? []
    for (row, column, _) in pool.largest(poolEntries, and: known) {
      pool.climb(
        row: row, column: column, starts: hasKinks ? 3 * poolStarts : poolStarts,
        by: climber(min(budget / 3, affordable / 32), finest))
    }
    let estimator = found.estimator
    for (row, column, attained) in pool.largest(entriesTried, and: known) {
      let start = frames.point(attained).map { Interval($0, precision: 53).ball.middle }
      let sign = estimator.entry(row, column, at: start) < 0 ? -1.0 : 1
      let climbed = climber(min(budget, affordable / 4), finest).climb(from: start) {
        estimator.entry(row, column, at: $0) * sign
      }
      found.consider(climbed.point, row, column)
    }
  }

  /// Where the two sides are still far apart, forms may have looked in the wrong place.
  private func climbPlainly(_ found: inout Finding) {
    guard !found.upper.isCoarse, found.value * plainly < found.bound else { return }
    let plain = PlainSearch(parameters: problem.family.parameters, finest: finest, deadline: deadline, seed: seed)
    let ends = plain.ends(climbs: 6, evaluations: min(6 * budget, affordable / 2)) { [found] point in
      let size = found.size(point, 0, 0)
      return size.isFinite ? size : 0
    }
    for point in ends { found.consider(point, 0, 0) }
  }

  /// Near the best point another entry may grow, and smooth functions need not be largest at a vertex.
  private func polish(_ found: inout Finding) {
    guard let start = found.point, !found.upper.isCoarse, found.value * (1 + 0x1p-26) < found.bound, Date() < deadline
    else { return }
    var search = climber(min(4 * budget, affordable / 4), 0x1p-30)
    search.coarsest = 0x1p-3
    let climbed = search.climb(from: start) { [found] point in found.size(point, 0, 0) }
    found.consider(climbed.point, 0, 0)
  }

  private func climber(_ budget: Int, _ finest: Double) -> PatternSearch {
    PatternSearch(
      budget: budget, finest: finest, takesBest: hasKinks, deadline: deadline,
      clockPeriod: max(1, 64 >> (problem.cost / (1 << 14))))
  }

  /// The better of what is attained, what a climb from there attains, and a search from many more starts.
  ///
  /// What branch and bound attains is near the best: then the climb is enough.
  func improved(_ lower: LowerBound, _ upper: EntryBounds, frobenius: Bool) -> LowerBound {
    if problem.factors != nil, problem.variation.kind == .window, !upper.isCoarse, !frobenius {
      let estimator = EntryEstimator(problem)
      let (row, column) = lower.entry
      let start = lower.point.map { Interval($0, precision: 53).ball.middle }
      let sign = estimator.entry(row, column, at: start) < 0 ? -1.0 : 1
      let climbed = climber(budget, 0x1p-20).climb(from: start) {
        estimator.entry(row, column, at: $0) * sign
      }
      let point = climbed.point.map(FrameFamily.exact)
      let reached = evaluated(point, frobenius: false)
      return reached.value > lower.value ? reached : lower
    }
    var search = self
    search.randomStarts = 16
    search.seed = 2
    let again = search.best(upper, frobenius: frobenius)
    return again.value > lower.value ? again : lower
  }

  /// The vertex where the form over the whole box is largest, that where the derivative at it is, and random ones.
  private func starts(
    _ row: Int, _ column: Int, _ sign: Double, _ whole: () -> ErrorProducts<AffineForm>
  ) -> [[Double]] {
    let count = problem.family.parameters
    var starts: [[Double]] = []
    if let first = quickVertex(row, column, sign) {
      starts.append(first)
    } else {
      let first = vertex(of: whole()[row, column], sign, from: [Double](repeating: 0, count: count))
      starts.append(first)
      // The derivative at the vertex itself costs another evaluation on forms.
      if problem.cost < 5_000 {
        let second = vertex(of: forms(round: first)[row, column], sign, from: first)
        if second != first { starts.append(second) }
      }
    }
    var random = SplitMix(state: seed &+ UInt64(row * 1_000_003 + column))
    for _ in 0..<randomStarts {
      starts.append((0..<count).map { _ in random.next() & 1 == 0 ? -1 : 1 })
    }
    return starts
  }

  /// The vertex of the first-order form, from the forms of one frame that the ladder has already; where they apply.
  private func quickVertex(_ row: Int, _ column: Int, _ sign: Double) -> [Double]? {
    guard let factors = problem.factors, problem.variation.kind == .window, ladder.nominal.radius.isZero else {
      return nil
    }
    let pass = ladder.forms(ticks: 1, problem).pass
    let ends = problem.network.architecture.edges[problem.edge]
    let (delta, activity) = (pass.deltas[ends.target].storage, pass.activities[ends.source].storage)
    guard !delta.isUnbounded, !activity.isUnbounded else { return nil }
    let (d, x) = (delta.centre(row).ball.middle, activity.centre(column).ball.middle)
    var gradient = [Double](repeating: 0, count: problem.family.parameters)
    let inputs = ladder.nominal.inputs.reduce(0) { $0 + $1.count }
    func add(_ run: AffineRun, _ index: Int, _ factor: Double, lag: Int) {
      for (symbol, value) in run.coefficients(index) where symbol < gradient.count {
        guard let block = problem.family.block(isTarget: symbol >= inputs, lag: lag) else { continue }
        let place = block + (symbol >= inputs ? symbol - inputs : symbol)
        if place < gradient.count { gradient[place] += factor * value }
      }
    }
    add(delta, row, x, lag: factors.error)
    add(activity, column, d, lag: factors.input)
    add(delta, row, -x, lag: problem.reference)
    add(activity, column, -d, lag: problem.reference)
    return gradient.map { $0 * sign < 0 ? -1 : 1 }
  }

  /// The forms of the error in a tiny box round a point: its derivatives there.
  private func forms(round point: [Double]) -> ErrorProducts<AffineForm> {
    var box = ParameterBox(whole: point.count)
    for parameter in point.indices {
      box.lows[parameter] = max(-1, point[parameter] - 0x1p-20)
      box.highs[parameter] = min(1, point[parameter] + 0x1p-20)
    }
    return ladder.coupledProducts(problem, over: box)
  }

  /// The vertex where the linear part of a form is largest.
  private func vertex(of form: AffineForm, _ sign: Double, from point: [Double]) -> [Double] {
    guard !form.isUnbounded else { return point }
    var next = point.map { $0 == 0 ? 1 : $0 }
    for (symbol, value) in form.coefficients where symbol < next.count && value != 0 {
      next[symbol] = value * sign > 0 ? 1 : -1
    }
    return next
  }

  /// The error at a point of the family, exactly or enclosed.
  func evaluated(_ point: [Rational], frobenius: Bool) -> LowerBound {
    var (lower, upper): (Rational, Rational) = (0, 0)
    var place = 0
    let columns = visit(point) { index, value in
      let (least, most) = Self.magnitudes(value)
      if frobenius {
        lower += least * least
        upper += most * most
      } else {
        if least > lower { (lower, place) = (least, index) }
        upper = max(upper, most)
      }
    }
    if frobenius { (lower, upper) = (Root.below(lower), Root.above(upper)) }
    return bound(point, lower, upper, columns == 0 ? (0, 0) : (place / columns, place % columns))
  }

  /// One entry of the error at a point: a lower bound of every norm, where the whole matrix would be too much.
  private func evaluatedEntry(_ point: [Rational], _ place: (row: Int, column: Int)) -> LowerBound {
    let (least, most) = Self.magnitudes(enclosure(point, place, isExact: false))
    return bound(point, least, most, place)
  }

  private func bound(
    _ point: [Rational], _ lower: Rational, _ upper: Rational, _ entry: (row: Int, column: Int)
  ) -> LowerBound {
    let stream = problem.family.stream(at: point)
    return LowerBound(
      point: point, stream: stream, tick: stream.ticks - 1, referenceTick: stream.ticks - 1 - problem.reference,
      value: lower, upperEnd: upper, entry: entry)
  }

  private static func magnitudes(_ value: (lower: Rational, upper: Rational)) -> (least: Rational, most: Rational) {
    let least = value.lower.sign > 0 ? value.lower : value.upper.sign < 0 ? -value.upper : 0
    return (least, max(value.upper, -value.lower))
  }
}

/// The error at a point, evaluated by its factors: entries are made some rows at a time.
extension LowerBoundSearch {
  private var intervals: IntervalContext {
    IntervalContext(precision: max(ladder.precision, Interval.defaultPrecision))
  }

  private func products<S: NetworkScalar>(
    _ point: [Rational], _ scalar: S.Type, in context: S.Context
  ) -> ErrorProducts<S> {
    problem.evaluator.products(at: problem.family.frames(at: point, S.self, in: context), in: context)
  }

  /// Every entry of the error at a point, row by row, exactly or enclosed; and how many entries a row has.
  func enclosures(_ point: [Rational]) -> ([(lower: Rational, upper: Rational)], Int) {
    var values: [(lower: Rational, upper: Rational)] = []
    let columns = visit(point) { values.append($1) }
    return (values, columns)
  }

  /// One entry of the error at a point, exactly or enclosed.
  func enclosure(_ point: [Rational], _ place: (row: Int, column: Int)) -> (lower: Rational, upper: Rational) {
    enclosure(point, place, isExact: isExact)
  }

  private func enclosure(
    _ point: [Rational], _ place: (row: Int, column: Int), isExact: Bool
  ) -> (lower: Rational, upper: Rational) {
    if isExact {
      let value = products(point, Rational.self, in: ExactContext())[place.row, place.column]
      return (value, value)
    }
    let value = products(point, Interval.self, in: intervals)[place.row, place.column]
    return (value.lower, value.upper)
  }

  /// Visits every entry, row by row; returns how many a row has.
  private func visit(_ point: [Rational], _ body: (Int, (lower: Rational, upper: Rational)) -> Void) -> Int {
    let most = ladder.memory(problem).enclosureEntries
    if isExact {
      let error = products(point, Rational.self, in: ExactContext())
      error.forEachBlock(most: most) { first, block in
        for (offset, value) in block.elements.enumerated() { body(first + offset, (value, value)) }
      }
      return error.columns
    }
    let error = products(point, Interval.self, in: intervals)
    error.forEachBlock(most: most) { first, block in
      for (offset, value) in block.elements.enumerated() { body(first + offset, (value.lower, value.upper)) }
    }
    return error.columns
  }
}
