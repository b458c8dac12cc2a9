import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Branch and bound under attack")
struct RefinementAttackTests {
  @Test("Refined bounds stay above every error that a search finds, whichever frames coincide")
  func staysAbove() throws {
    var (compared, lowered, decoupled) = (0, 0, 0)
    try requireProperty(
      "refined bounds hold", BoundCase.generator(width: 1...2, activations: .activation(ActivationClass.nonlinear)),
      cases: 90
    ) { (entry: BoundCase) in
      guard entry.variation.input >= Rational(1, over: 1_000) else { return }
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices.prefix(2) {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        guard let problem = try analysis.problems(edge).first, !problem.isExact else { continue }
        var upper = analysis.ladder.bound(problem)
        let before = analysis.size(upper)
        guard before.isFinite else { continue }
        let search = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: analysis.isExact)
        let found = BoundAttackTests.attained(problem, search, seed: entry.seed)
        var lower = search.evaluated([Rational](repeating: 1, count: problem.family.parameters), frobenius: false)
        let refinement = Refinement(
          problem: problem, ladder: analysis.ladder, lowerSearch: search, norm: .max, size: analysis.size, goal: 1)
        // A count in place of a time, so that every machine sees the same.
        var rounds = 0
        _ = refinement.refine(&upper, &lower) {
          rounds += 1
          return rounds > 6
        }
        let after = FrameFamily.exact(analysis.size(upper))
        try demand(found <= after, "\(found) above \(after), \(upper.method)")
        try demand(lower.value <= after, "\(lower.value) above \(after), \(upper.method)")
        if found.sign > 0 { compared += 1 }
        if analysis.size(upper) < before * 0.99 { lowered += 1 }
        if problem.factors != nil { decoupled += 1 }
      }
    }
    #expect(compared > 10 && lowered > 5 && decoupled > 3, "\(compared), \(lowered) lowered, \(decoupled) decoupled")
  }
}
