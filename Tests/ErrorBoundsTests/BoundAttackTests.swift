import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

/// Searches that try to exceed what the rungs together promise, and witnesses that must be what they say.
@Suite("Attacks on bounds")
struct BoundAttackTests {
  /// Climbs to the largest error of an entry from several places; evaluated exactly, or enclosed.
  static func attained(_ problem: BoundProblem, _ search: LowerBoundSearch, seed: Int) -> Rational {
    let estimator = EntryEstimator(problem)
    var draw = SystemDraw(seed: UInt64(seed))
    var largest = Rational.zero
    for round in 0..<2 {
      let start = (0..<problem.family.parameters).map { _ in
        round % 2 == 0 ? (draw.below(2) == 0 ? -1.0 : 1) : draw.unit()
      }
      let climbed = PatternSearch(budget: 60).climb(from: start) { point in
        estimator.errors(at: point).reduce(0) { max($0, $1.magnitude) }
      }
      let found = search.evaluated(climbed.point.map(FrameFamily.exact), frobenius: false)
      largest = max(largest, found.value)
    }
    return largest
  }

  @Test(
    "No climb exceeds the upper bound of both kinds of forms; every witness is a stream of the family with that very error"
  )
  func climbs() throws {
    var (compared, near, rates, replayed) = (0, 0, 0, 0)
    try requireProperty("climbs stay below", BoundCase.generator(width: 1...2), cases: 40) { (entry: BoundCase) in
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices.prefix(2) {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(edge).prefix(2) where !problem.isExact {
          var upper = analysis.ladder.bound(problem)
          upper.tighten(by: analysis.backward.bound(problem))
          guard analysis.size(upper).isFinite else { continue }
          let most = FrameFamily.exact(analysis.size(upper))
          var search = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: analysis.isExact)
          (search.entriesTried, search.randomStarts, search.budget) = (1, 1, 60)
          let lower = search.best(upper.entries, frobenius: false)
          let found = max(lower.value, Self.attained(problem, search, seed: entry.seed))
          try demand(found <= most, "\(found) above \(most), \(upper.method)")
          if found.sign > 0 { compared += 1 }
          if found * 2 > most { near += 1 }
          // The stream itself, tick by tick: what the update reads there has the error that is claimed.
          let lags = 0...lower.tick
          let frames = Frames(
            inputs: lower.stream.inputs.map { rows in lags.map { rows[lower.tick - $0] } },
            targets: lower.stream.targets.map { rows in lags.map { rows[lower.tick - $0] } })
          guard analysis.isExact else { continue }
          let error = problem.evaluator.error(at: frames, in: ExactContext())
          try demandEqual(error.elements.map(\.magnitude).max() ?? 0, lower.value)
          replayed += 1
          guard entry.variation.kind == .rate else { continue }
          for series in lower.stream.inputs {
            for (before, after) in zip(series, series.dropFirst()) {
              try demand((after - before).maximumNorm <= entry.variation.input, "a step beyond the rate")
              rates += 1
            }
          }
        }
      }
    }
    #expect(compared > 25 && near > 12, "\(compared) errors, \(near) near the bound")
    #expect(replayed > 10 && rates > 5, "\(replayed) replayed, \(rates) steps")
  }
}
