import ExactArithmetic
import Foundation
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("One deadline for an edge", .serialized)
struct DeadlineTests {
  /// Branch and bound cannot reach a ratio of 1 + 10⁻⁹ here: an error that mixes frames, of tanh.
  private func analysis(_ reference: ReferenceFrame) throws -> ErrorAnalysis {
    var builder = NetworkBuilder("skip")
    let input = builder.input("u")
    let first = builder.layer("a", .tanh, reading: input.weighted([[2]]))
    let second = builder.layer("b", .tanh, reading: first.weighted([[3]]))
    let output = builder.layer("y", .tanh, reading: second.weighted([[1]]), first.weighted([[-2]]))
    let network = try builder.network(outputs: output)
    return ErrorAnalysis(
      network, try TimingAnalysis(network.architecture, .diffusion(network.architecture)),
      try Variation(.window, input: 1), round: .zero(network.architecture), reference: reference)
  }

  @Test("The clock ends a climb, and what was found by then is kept")
  func climb() {
    var evaluations = 0
    let search = PatternSearch(budget: 1_000_000, deadline: .distantPast)
    let end = search.climb(from: [Double](repeating: 0, count: 100)) { point in
      evaluations += 1
      return point.reduce(0, +)
    }
    #expect(evaluations <= 128 && evaluations > 1)
    #expect(end.value == Double(end.point.count { $0 == 1 }) && end.value > 0)
  }

  @Test("All frames that an edge is compared with share one budget, and the bound says that it ran out")
  func sharedBudget() throws {
    let analysis = try analysis(.free)
    let edge = try #require(analysis.network.architecture.edgeIndex(named: "u->a"))
    let ratio = 1 + Rational(1, over: 1_000_000_000)
    #expect(try analysis.problems(edge).count >= 1)
    let clock = ContinuousClock()
    var quick: ErrorBound?
    let first = try clock.measure { quick = try analysis.bound(edge, effort: BoundEffort(ratio: ratio, budget: 0.001)) }
    var slow: ErrorBound?
    let second = try clock.measure { slow = try analysis.bound(edge, effort: BoundEffort(ratio: ratio, budget: 2)) }
    let (short, long) = (try #require(quick), try #require(slow))
    #expect(short.ranOut)
    #expect(long.upper <= short.upper && long.upper >= (short.lower?.value ?? 0))
    // What is always done, and the budget.
    #expect(second <= first * 2 + .seconds(4), "\(first), \(second)")
    // Without a ratio the search for a witness is what can run out; a frame is tried all the same.
    let (none, enough) = (
      try analysis.bound(edge, effort: BoundEffort(budget: 0)),
      try analysis.bound(edge, effort: BoundEffort(budget: 1_000))
    )
    #expect(none.ranOut && !enough.ranOut)
    #expect(none.lower?.value ?? 0 <= enough.lower?.value ?? 0 && none.upper >= enough.upper)
  }
}
