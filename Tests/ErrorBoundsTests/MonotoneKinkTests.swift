import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Monotone certificates at kinks")
struct MonotoneKinkTests {
  @Test("Kinks and jumps inside the box: no point of a grid is above a certified supremum")
  func grids() throws {
    var (settled, kinked) = (0, 0)
    try requireProperty(
      "certificates at kinks",
      BoundCase.generator(
        width: 1...1, activations: .oneOf([.element(of: [.softsign, .hardTanh]), .activation([.piecewiseLinear])])),
      cases: 500
    ) { (entry: BoundCase) in
      // Kinks are where rationals of small height are: the nominal frame, and biases of that kind.
      let nominal = NominalFrame(
        inputs: entry.nominal.inputs.map { Vector($0.elements.map { _ in 0 }) }, targets: entry.nominal.targets)
      let variation = try Variation(.window, input: Rational(1, over: 4))
      let analysis = ErrorAnalysis(
        entry.network, try TimingAnalysis(entry.network.architecture, entry.schedule), variation, round: nominal,
        reference: entry.reference)
      for edge in entry.network.architecture.edges.indices.prefix(2) {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        guard let problem = try analysis.problems(edge).first, !problem.isExact, problem.family.parameters <= 4 else {
          continue
        }
        var bounds = analysis.ladder.bound(problem).entries
        guard bounds.maximum.isFinite else { continue }
        let search = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: analysis.isExact)
        // Nothing attained yet, so that every entry must be settled by its own vertices.
        let start = search.evaluated([Rational](repeating: 0, count: problem.family.parameters), frobenius: false)
        let outcome = MonotoneCertificate(problem, precision: 128).settle(&bounds, start, search)
        guard let supremum = outcome.supremum else { continue }
        settled += 1
        if analysis.ladder.hasKink(problem) { kinked += 1 }
        let places: [Rational] = [-1, -Rational(1, over: 1_000), 0, Rational(1, over: 1_000), 1]
        var point = [Int](repeating: 0, count: problem.family.parameters)
        for _ in 0..<min(125, Int(Double(places.count).power(problem.family.parameters))) {
          for (entry, value) in zip(search.enclosures(point.map { places[$0] }).0, bounds.values) {
            let reached = max(entry.lower, -entry.upper)
            try demand(reached <= supremum && reached <= FrameFamily.exact(value), "\(reached) beyond \(supremum)")
          }
          for index in point.indices {
            point[index] = (point[index] + 1) % places.count
            if point[index] != 0 { break }
          }
        }
      }
    }
    #expect(settled > 10 && kinked > 3, "\(settled) settled, \(kinked) of them at kinks")
  }
}

extension Double {
  fileprivate func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { product, _ in product * self } }
}
