import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

/// Over a wide domain forms keep the rests of both terms of an error, however little the frames vary; norms do not.
@Suite("Theorem 8 as a rung")
struct FormulaRungTests {
  private static let billionth = Rational(1, over: 1_000_000_000)

  private func chain(_ activations: [Activation]) throws -> Network {
    var builder = NetworkBuilder("chain")
    var last = builder.input("u")
    for (index, activation) in activations.enumerated() {
      last = builder.layer("h\(index)", activation, reading: last.weighted([[1]]))
    }
    return try builder.network(outputs: last)
  }

  private func analysis(_ network: Network, _ variation: Rational) throws -> ErrorAnalysis {
    ErrorAnalysis(
      network,
      try TimingAnalysis(
        network.architecture, .diffusion(network.architecture, Reading(slope: .frameConsistent, error: .closed))),
      try Variation(.window, input: variation),
      round: NominalFrame(inputs: [Vector([0])], targets: [Vector([0])], radius: 1))
  }

  @Test("An error that vanishes with V is bounded by what vanishes with V, over a domain too")
  func vanishes() throws {
    // x (x_b − x_a) with |x| ≤ 1 + V: 2V (1 + V) is attained.
    let linear = try analysis(chain([.identity]), Self.billionth).bound(0)
    #expect(linear.upper >= 2 * Self.billionth * (1 + Self.billionth))
    #expect(linear.upper <= 3 * Self.billionth, "\(linear.upper)")
    #expect(linear.method == "theorem 8")
    let deep = try chain([.tanh, .tanh, .tanh])
    for variation in [Self.billionth, Self.billionth * Self.billionth] {
      let analysis = try analysis(deep, variation)
      for edge in deep.architecture.edges.indices {
        let bound = try analysis.bound(edge)
        #expect(bound.upper <= 16 * variation && bound.lower?.value ?? 0 <= bound.upper, "\(edge): \(bound.upper)")
      }
    }
  }

  @Test("A bound beyond the floats may be a rational all the same")
  func beyondFloats() throws {
    var builder = NetworkBuilder("huge")
    let input = builder.input("u")
    let hidden = builder.layer("h", reading: input.weighted([[Rational(Integer(10).power(400))]]))
    let output = builder.layer("y", .tanh, reading: hidden.weighted([[1]]))
    // Whatever the drive is, |δ| = |tanh′ tanh| ≤ 1, and x moves by 2.
    let bound = try analysis(builder.network(outputs: output), 1).bound(0)
    #expect(bound.method == "theorem 8" && bound.upper <= 4, "\(bound.method): \(bound.upper)")
  }

  @Test("Random networks over domains, little variation: no error that is drawn or searched for is above its bound")
  func random() throws {
    var (compared, positive, formulas) = (0, 0, 0)
    let graphs = BoundCase.generator(width: 1...2)
    try requireProperty("theorem 8 as a rung", graphs, cases: 60) { (entry: BoundCase) in
      let edge = entry.seed % entry.network.architecture.edges.count
      let nominal = NominalFrame(
        inputs: entry.nominal.inputs, targets: entry.nominal.targets, radius: Rational(1, over: 2))
      let analysis = ErrorAnalysis(
        entry.network, try TimingAnalysis(entry.network.architecture, entry.schedule), entry.variation, round: nominal,
        reference: entry.reference, freshSymbols: entry.freshSymbols)
      // Searches are the slow part where factors mix frames.
      guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0,
        try analysis.problems(edge).allSatisfy({ $0.factors != nil && $0.cost <= 40 })
      else { return }
      let bound = try analysis.bound(edge)
      if bound.method == "theorem 8" { formulas += 1 }
      for problem in try analysis.problems(edge) where !problem.isExact {
        let search = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: analysis.isExact)
        for point in entry.points(12, parameters: problem.family.parameters) {
          let value = search.evaluated(point, frobenius: false).value
          try demand(value <= bound.upper, "\(value) beyond \(bound.upper) by \(bound.method)")
          compared += 1
          if value.sign > 0 { positive += 1 }
        }
      }
    }
    #expect(
      compared > 80 && positive > 30 && formulas > 3, "\(compared), \(positive) positive, \(formulas) by theorem 8")
  }
}
