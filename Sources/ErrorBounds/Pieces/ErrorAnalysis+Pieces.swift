import ExactArithmetic
import Foundation
import Networks

extension ErrorAnalysis {
  /// How many pieces are worth cutting: a number of them without a ratio to reach, so that results do not depend on the
  /// machine; a time otherwise.
  private struct PieceEffort {
    let most: Int
    let end: Date

    init?(_ effort: BoundEffort, _ problem: BoundProblem, dimension: Int, until end: Date) {
      // Weights that are all zero cost nothing.
      let products = max(1, problem.cost) * (dimension + 1)
      if effort.ratio != nil {
        guard dimension <= 8 else { return nil }
        most = 1 << 16
        // The other half is left for branch and bound, if pieces are too many.
        self.end = Date(timeIntervalSinceNow: end.timeIntervalSinceNow / 2)
      } else {
        guard dimension <= 4 else { return nil }
        most = min(512, (1 << 23) / products)
        self.end = .distantFuture
      }
    }
  }

  /// The exact supremum by polyhedral pieces, where the network is piecewise linear and its pieces are few.
  ///
  /// - Parameters:
  ///   - lower: taken over, or replaced by frames that attain the supremum or come within 2⁻⁴⁰ of its pieces.
  ///   - end: of all work on this problem, where there is a ratio to reach.
  ///   - omitted: where the pieces were given up because the cap holds no more of them, this is named there.
  func settledByPieces(
    _ problem: BoundProblem, _ entries: EntryBounds, _ lower: LowerBound, effort: BoundEffort,
    until end: Date, _ omitted: inout [MemoryExcess]
  ) -> (upper: Rational, lower: LowerBound)? {
    guard isExact, norm == .max, !entries.isCoarse, let factors = problem.factors,
      let ticks = PieceBound.ticks(problem)
    else { return nil }
    let radii = ladder.radii(ticks: ticks, problem)
    let dimension = FramePieces.dimension(nominal, radii)
    guard dimension > 0, let limit = PieceEffort(effort, problem, dimension: dimension, until: end) else {
      return nil
    }
    let bytes = FramePieces.bytes(network, dimension: dimension, exactCost)
    let most = min(limit.most, ladder.cap.count(each: bytes))
    let cut = pieces.pieces(radii, most: most) {
      FramePieces(
        network, round: nominal, radii: radii, ranges: ladder.forms(ticks: ticks, problem).pass, most: most,
        until: limit.end)
    }
    guard let cut else {
      if most < limit.most, Date() < limit.end,
        let excess = ladder.cap.excess(.pieces, asked: bytes * Double(limit.most))
      {
        omitted.append(excess)
      }
      return nil
    }
    let bound = PieceBound(problem, factors, cut)
    guard let supremum = bound.supremum(entries, above: lower, until: limit.end) else { return nil }
    return (supremum.value, attained(supremum, problem, lower))
  }

  /// The best of what was attained, the supremum's frames, and frames a little towards the middles of their pieces.
  private func attained(_ supremum: PieceBound.Supremum, _ problem: BoundProblem, _ lower: LowerBound) -> LowerBound {
    let search = LowerBoundSearch(problem: problem, ladder: ladder, isExact: isExact)
    var best = lower
    for step in [0, Rational(1, over: 1 << 40)] where best.value < supremum.value {
      let points = supremum.frames.mapValues { $0.point.going(step, towards: $0.middle) }
      let attained = search.evaluated(problem.family.parameters(points), frobenius: false)
      if attained.value > best.value { best = attained }
    }
    return best
  }
}
