import ExactArithmetic
import Foundation
import Networks
import Timing
import Waves

/// The norm in which an update and a gradient are compared.
public enum ErrorNorm: String, Sendable, Hashable, CaseIterable {
  /// The largest entry.
  case max
  /// The root of the sum of squares of all entries.
  case frobenius
}

/// Two-sided bounds on how far updates are from gradients, for one network, schedule and variation.
///
/// upper ≥ the true supremum ≥ lower, always; lower is attained by frames that are given.
public struct ErrorAnalysis: Sendable {
  public let network: Network
  public let timing: TimingAnalysis
  public let variation: Variation
  public let nominal: NominalFrame
  public let reference: ReferenceFrame
  public let norm: ErrorNorm
  let ladder: AffineLadder
  /// Where smooth functions bend much, or kinks are inside, ranges may be narrower with backward bounds.
  let backward: BackwardLadder
  let exactCost: ExactCost
  var isExact: Bool { exactCost.isAffordable }
  let pieces = PieceCache()
  private let point: NominalPass?
  /// The ladder stops at the first rung whose upper bound is within this ratio of an attained error.
  static let goodEnough = Rational(1_005, over: 1_000)

  /// - Parameters:
  ///   - cap: the most bytes that one rung may hold; those that would hold more step aside and are named.
  ///   - keeper: of the forms that edges share; analyses of one question have one.
  public init(
    _ network: Network, _ timing: TimingAnalysis, _ variation: Variation, round nominal: NominalFrame,
    reference: ReferenceFrame = .error, norm: ErrorNorm = .max, precision: Int = Interval.defaultPrecision,
    freshSymbols: Int? = nil, memory cap: MemoryCap = .standard, keeper: FormsKeeper? = nil
  ) {
    let freshSymbols = freshSymbols ?? Self.freshSymbols(for: network)
    self.network = network
    self.timing = timing
    self.variation = variation
    self.nominal = nominal
    self.reference = reference
    self.norm = norm
    let keeper = keeper ?? FormsKeeper(bytes: cap.bytes)
    ladder = AffineLadder(
      network, nominal, precision: precision, freshSymbols: freshSymbols, cap: cap, keeper: keeper)
    backward = BackwardLadder(
      network, nominal, precision: precision, freshSymbols: freshSymbols, cap: cap, keeper: keeper)
    exactCost = ExactCost(network, memory: cap)
    point = exactCost.isAffordable ? NominalPass(network, nominal) : nil
  }

  /// The problems that a bound of this edge must cover: one for each frame that the reference can be.
  ///
  /// Under a window, lags that the update does not read are alike: one of them stands for all.
  func problems(_ edge: Int) throws(NetworkError) -> [BoundProblem] {
    try problems([edge], name: timing.edges[edge].name)
  }

  /// The same of the sum over edges that share a parameter.
  func problems(_ edges: [Int], name: String) throws(NetworkError) -> [BoundProblem] {
    var lags = Set(edges.flatMap { reference.lags(of: timing.edges[$0], in: timing) }).sorted()
    if reference == .free, variation.kind == .window, nominal.radius.isZero {
      var read = Set<Int>()
      for edge in edges {
        read.formUnion(try UpdateFormula(timing.architecture, timing.schedule, edge: edge).frameLags)
      }
      // A frame of its own covers those that the update reads too: they are special cases of it.
      if let other = lags.first(where: { !read.contains($0) }) { lags = [other] }
    }
    var problems: [BoundProblem] = []
    for lag in lags { problems.append(try problem(edges, name: name, reference: lag, variation)) }
    guard !problems.isEmpty else { throw NetworkError("no frame to compare \(name) with") }
    return problems
  }

  func problem(
    _ edges: [Int], name: String, reference: Int, _ variation: Variation
  ) throws(NetworkError) -> BoundProblem {
    try BoundProblem(
      network, timing, edges: edges, name: name, reference: reference, variation, nominal, point: point)
  }

  /// Fresh symbols cost time and memory in proportion to the width: none beyond 512 units, unless they are asked for.
  static func freshSymbols(for network: Network) -> Int {
    let widest = network.architecture.nodes.map(\.width).max() ?? 1
    return widest <= 512 ? 2_048 : 0
  }

  /// The upper bound alone, by the first rung; or by all rungs that evaluate forms, entrywise the best.
  public func upper(_ edge: Int, usesBackwardBounds: Bool = false) throws(NetworkError) -> UpperBound {
    var worst: UpperBound?
    for problem in try problems(edge) {
      var bound = ladder.bound(problem)
      if usesBackwardBounds { bound.tighten(by: backward.bound(problem)) }
      if worst.map({ size(bound) > size($0) }) ?? true { worst = bound }
    }
    guard let worst else { throw NetworkError("no frame to compare \(timing.edges[edge].name) with") }
    return worst
  }

  func size(_ entries: EntryBounds) -> Double { norm == .max ? entries.maximum : entries.frobenius }

  /// The bound of the norm.
  public func size(_ bound: UpperBound) -> Double { min(size(bound.entries), bound.limit) }

  /// Both sides, worked on until they are as close as the effort asks.
  ///
  /// - Throws: `BoundError.contradiction` where the upper bound is below what is attained.
  public func bound(_ edge: Int, effort: BoundEffort = BoundEffort()) throws(BoundError) -> ErrorBound {
    let problems: [BoundProblem]
    do { problems = try self.problems(edge) } catch { throw .network(error) }
    return try largest(of: problems, effort: effort)
  }

  /// The same of edges that share a parameter: the sum of their updates against the sum of their gradients at one frame.
  ///
  /// By forms of the sum, or as the sum of the members' bounds against that frame, whichever is less.
  public func bound(_ shared: SharedClass, effort: BoundEffort = BoundEffort()) throws(BoundError) -> ErrorBound {
    let live = shared.edges.filter { !timing.edges[$0].reachesNoOutput }
    let members = live.isEmpty ? Array(shared.edges.prefix(1)) : live
    var (sums, alone) = ([BoundProblem](), [[BoundProblem]]())
    do {
      sums = try problems(members, name: shared.name)
      for sum in sums {
        var parts: [BoundProblem] = []
        for edge in members {
          parts.append(try problem([edge], name: timing.edges[edge].name, reference: sum.reference, variation))
        }
        alone.append(parts)
      }
    } catch {
      throw .network(error)
    }
    var worst: ErrorBound?
    var effort = effort
    effort.budget /= Double(sums.count * (members.count + 1))
    for (sum, parts) in zip(sums, alone) {
      var bound = try largest(of: [sum], effort: effort)
      if !sum.isExact, members.count > 1 {
        var total: Rational = 0
        for part in parts { total += try largest(of: [part], effort: effort).upper }
        bound = bound.tightened(to: total, by: "sum over members")
        try pass(bound)
      }
      if worst.map({ bound.upper > $0.upper }) ?? true { worst = bound }
    }
    guard let worst else { throw .network(NetworkError("no frame to compare \(shared.name) with")) }
    return worst
  }

  private func largest(of problems: [BoundProblem], effort: BoundEffort) throws(BoundError) -> ErrorBound {
    var worst: ErrorBound?
    let end = Date(timeIntervalSinceNow: effort.budget)
    var ranOut = false
    for (index, problem) in problems.enumerated() {
      var own = effort
      own.budget = max(0, end.timeIntervalSinceNow) / Double(problems.count - index)
      let bound = try bound(problem, effort: own)
      try pass(bound)
      ranOut = ranOut || bound.ranOut
      if worst.map({ bound.upper > $0.upper }) ?? true { worst = bound }
    }
    guard var worst else { throw .network(NetworkError("no frame to compare the update with")) }
    worst.ranOut = ranOut
    return worst
  }

  private func pass(_ bound: ErrorBound) throws(BoundError) {
    do { try BoundGate.check([bound]) } catch { throw .contradiction(error) }
  }

  private func bound(_ problem: BoundProblem, effort: BoundEffort) throws(BoundError) -> ErrorBound {
    let end = Date(timeIntervalSinceNow: effort.budget)
    let memory = ladder.memory(problem)
    guard !problem.isExact else {
      return ErrorBound(
        edge: problem.edge, name: problem.name, variation: variation, upper: 0, lower: nil, method: "exact",
        reference: problem.reference, hasKink: false)
    }
    if let excess = memory.pass { throw .memory(edge: problem.name, excess) }
    var omitted = [memory.entryBounds, memory.symbols.excess, exactCost.excess].compactMap { $0 }
    var upper = ladder.bound(problem)
    func made(_ value: Rational, _ lower: LowerBound, _ method: String, ranOut: Bool) -> ErrorBound {
      ErrorBound(
        edge: problem.edge, name: problem.name, variation: variation, upper: value, lower: lower, method: method,
        reference: upper.reference, hasKink: ladder.hasKink(problem), ranOut: ranOut && value > lower.value,
        omitted: omitted)
    }
    /// Whether a rung that is worth its time is within the cap; it is named where it is not.
    func fits(_ excess: MemoryExcess?) -> Bool {
      if let excess { omitted.append(excess) }
      return excess == nil
    }
    var search = LowerBoundSearch(problem: problem, ladder: ladder, isExact: isExact)
    search.deadline = end
    var lower = search.best(upper.entries, frobenius: norm == .frobenius)
    let wasCut = lower.ranOut
    /// The least upper bound so far; `nil` beyond the floats.
    func known() -> (value: Rational, method: String)? {
      let forms = size(upper).isFinite ? FrameFamily.exact(size(upper)) : nil
      guard let formula = upper.formula, forms.map({ formula < $0 }) ?? true else {
        return forms.map { ($0, upper.method) }
      }
      return (formula, "theorem 8")
    }
    /// Whether forms leave something to gain; what exceeds the floats is far from what is attained. The formula does not end
    /// the search for a supremum that is exact.
    func isOpen(_ ratio: Rational) -> Bool {
      size(upper).isFinite ? FrameFamily.exact(size(upper)) > lower.value * ratio : true
    }
    // Forms keep the rests that a wide domain leaves in the update and in the gradient; the formula of norms, which loses a
    // factor a layer, vanishes with the variation.
    if isOpen(effort.ratio ?? Self.goodEnough) { upper.formula = globalValue(problem) }
    // Before a rung that takes over what is attained.
    if let known = known() { try pass(made(known.value, lower, known.method, ranOut: wasCut)) }
    // The next rung only where the first leaves something to gain.
    if size(upper).isFinite, isOpen(effort.ratio ?? Self.goodEnough), !upper.entries.isCoarse,
      BackwardLadder.isAffordable(problem), fits(memory.backward)
    {
      upper.tighten(by: backward.bound(problem))
    }
    if size(upper).isFinite, norm == .max, !upper.entries.isCoarse, MonotoneCertificate.isAffordable(problem),
      isOpen(effort.ratio ?? 1), fits(memory.monotone)
    {
      let certificate = MonotoneCertificate(problem, precision: ladder.precision, most: memory.monotoneEntries)
      let outcome = certificate.settle(&upper.entries, lower, search)
      lower = outcome.lower
      if let supremum = outcome.supremum { return made(supremum, lower, "monotone certificate", ranOut: wasCut) }
    }
    if isOpen(effort.ratio ?? Self.goodEnough),
      let settled = settledByPieces(problem, upper.entries, lower, effort: effort, until: end, &omitted)
    {
      return made(settled.upper, settled.lower, "polyhedral pieces", ranOut: wasCut)
    }
    // What is left to do is in floats.
    var ranOut = wasCut
    if let ratio = effort.ratio, size(upper).isFinite, !upper.entries.isCoarse, isOpen(ratio) {
      let refinement = Refinement(
        problem: problem, ladder: ladder, lowerSearch: search, norm: norm, size: size,
        goal: Interval(ratio, precision: 53).doubles.lower)
      // The last part is left for a search for larger errors.
      let last = end.addingTimeInterval(-effort.budget / 8)
      let excess = refinement.refine(&upper, &lower) {
        ranOut = Date() >= last
        return ranOut
      }
      omitted += excess.map { [$0] } ?? []
      search.deadline = end
      if isOpen(ratio) { lower = search.improved(lower, upper.entries, frobenius: norm == .frobenius) }
      ranOut = ranOut && known().map { $0.value > lower.value * ratio } ?? true
    }
    guard let known = known() else { throw .beyondFloats(edge: problem.name, variation: variation) }
    return made(known.value, lower, known.method, ranOut: ranOut)
  }
}

/// The two-sided bound of one edge.
public struct ErrorBound: Sendable {
  public let edge: Int
  public let name: String
  public let variation: Variation
  /// At least the true supremum.
  public let upper: Rational
  /// An attained error; `nil` where the error is zero for all frames.
  public let lower: LowerBound?
  /// The rung of the ladder that gave `upper`.
  public let method: String
  /// The lag of the reference frame, in ticks.
  public let reference: Int
  /// A kink or jump of σ or σ′ lies in the range of a drive: there the error need not vanish with the variation.
  public let hasKink: Bool
  /// The budget ended before the ratio was reached: with more time the two sides may come closer.
  public internal(set) var ranOut = false
  /// What would have held more memory than the cap, and was done without: wider bounds, or a smaller attained error.
  public internal(set) var omitted: [MemoryExcess] = []

  /// The same error under another upper bound, where that one is smaller.
  func tightened(to other: Rational, by method: String) -> ErrorBound {
    guard other < upper else { return self }
    return ErrorBound(
      edge: edge, name: name, variation: variation, upper: other, lower: lower, method: method, reference: reference,
      hasKink: hasKink, ranOut: ranOut, omitted: omitted)
  }
}
