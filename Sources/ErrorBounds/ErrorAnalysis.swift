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
  let isExact: Bool
  let pieces = PieceCache()
  /// The ladder stops at the first rung whose upper bound is within this ratio of an attained error.
  static let goodEnough = Rational(1_005, over: 1_000)

  public init(
    _ network: Network, _ timing: TimingAnalysis, _ variation: Variation, round nominal: NominalFrame,
    reference: ReferenceFrame = .error, norm: ErrorNorm = .max, precision: Int = Interval.defaultPrecision,
    freshSymbols: Int? = nil
  ) {
    let freshSymbols = freshSymbols ?? Self.freshSymbols(for: network)
    self.network = network
    self.timing = timing
    self.variation = variation
    self.nominal = nominal
    self.reference = reference
    self.norm = norm
    ladder = AffineLadder(network, nominal, precision: precision, freshSymbols: freshSymbols)
    backward = BackwardLadder(network, nominal, precision: precision, freshSymbols: freshSymbols)
    isExact = ExactCost(network).isAffordable
  }

  /// The problems that a bound of this edge must cover: one for each frame that the reference can be.
  ///
  /// Under a window, lags that the update does not read are alike: one of them stands for all.
  func problems(_ edge: Int) throws(NetworkError) -> [BoundProblem] {
    let entry = timing.edges[edge]
    var lags = reference.lags(of: entry, in: timing)
    if reference == .free, variation.kind == .window, nominal.radius.isZero {
      let read = Set(entry.allLags.values)
      // A frame of its own covers those that the update reads too: they are special cases of it.
      if let other = lags.first(where: { !read.contains($0) }) { lags = [other] }
    }
    var problems: [BoundProblem] = []
    for lag in lags {
      problems.append(
        try BoundProblem(network, timing, edge: edge, reference: lag, variation, nominal))
    }
    return problems
  }

  /// Fresh symbols cost memory in proportion to the width: as many as keep a generator matrix within some megabytes.
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
  public func bound(_ edge: Int, effort: BoundEffort = BoundEffort()) throws(NetworkError) -> ErrorBound {
    var worst: ErrorBound?
    for problem in try problems(edge) {
      let bound = try bound(problem, effort: effort)
      if worst.map({ bound.upper > $0.upper }) ?? true { worst = bound }
    }
    guard let worst else { throw NetworkError("no frame to compare \(timing.edges[edge].name) with") }
    return worst
  }

  private func bound(_ problem: BoundProblem, effort: BoundEffort) throws(NetworkError) -> ErrorBound {
    var upper = ladder.bound(problem)
    let name = problem.timing.name
    guard !problem.isExact else {
      return ErrorBound(
        edge: problem.edge, name: name, variation: variation, upper: 0, lower: nil, method: upper.method,
        reference: upper.reference, hasKink: false)
    }
    guard size(upper).isFinite else {
      throw NetworkError(
        "the bound of \(name) exceeds what floats hold (1.8e308); ask for a smaller variation")
    }
    var lower = LowerBoundSearch(problem: problem, ladder: ladder, isExact: isExact).best(
      upper.entries, frobenius: norm == .frobenius)
    // The next rung only where the first leaves something to gain.
    if FrameFamily.exact(size(upper)) > lower.value * (effort.ratio ?? Self.goodEnough),
      !upper.entries.isCoarse, BackwardLadder.isAffordable(problem)
    {
      upper.tighten(by: backward.bound(problem))
    }
    if norm == .max, !upper.entries.isCoarse, MonotoneCertificate.isAffordable(problem),
      FrameFamily.exact(size(upper)) > lower.value * (effort.ratio ?? 1)
    {
      let search = LowerBoundSearch(problem: problem, ladder: ladder, isExact: isExact)
      let outcome = MonotoneCertificate(problem, precision: ladder.precision).settle(&upper.entries, lower, search)
      lower = outcome.lower
      if let supremum = outcome.supremum {
        return ErrorBound(
          edge: problem.edge, name: name, variation: variation, upper: supremum, lower: lower,
          method: "monotone certificate", reference: upper.reference, hasKink: ladder.hasKink(problem))
      }
    }
    // One budget for all that follows.
    let start = Date()
    if FrameFamily.exact(size(upper)) > lower.value * (effort.ratio ?? Self.goodEnough),
      let settled = settledByPieces(problem, upper.entries, lower, effort: effort)
    {
      return settled
    }
    if let ratio = effort.ratio, !upper.entries.isCoarse {
      let refinement = Refinement(
        problem: problem, ladder: ladder,
        lowerSearch: LowerBoundSearch(problem: problem, ladder: ladder, isExact: isExact), norm: norm, size: size,
        goal: Interval(ratio, precision: 53).doubles.lower)
      let end = start.addingTimeInterval(effort.budget)
      refinement.refine(&upper, &lower) { Date() >= end }
      if FrameFamily.exact(size(upper)) > ratio * lower.value {
        let search = LowerBoundSearch(problem: problem, ladder: ladder, isExact: isExact)
        lower = search.improved(lower, upper.entries, frobenius: norm == .frobenius)
      }
    }
    return ErrorBound(
      edge: problem.edge, name: name, variation: variation, upper: FrameFamily.exact(size(upper)),
      lower: lower, method: upper.method, reference: upper.reference,
      hasKink: ladder.hasKink(problem))
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
}
