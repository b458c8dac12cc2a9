import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Laws of first order")
struct FirstOrderLawTests {
  private static let tenth = Rational(1, over: 10)

  @Test("Of the Frobenius norm: its own constants")
  func frobenius() throws {
    var builder = NetworkBuilder("pair")
    let identity: [[Rational]] = [[1, 0], [0, 1]]
    let input = builder.input("u", width: 2)
    let hidden = builder.layer("h", width: 2, reading: input.weighted(identity))
    let output = builder.layer("y", width: 2, reading: hidden.weighted(identity))
    let network = try builder.network(outputs: output)
    let timing = try TimingAnalysis(network.architecture, .diffusion(network.architecture))
    let nominal = NominalFrame(inputs: [Vector([1, 1])], targets: [Vector([0, 0])])
    func analysis(_ norm: ErrorNorm) throws -> ErrorAnalysis {
      ErrorAnalysis(network, timing, try Variation(.window, input: Self.tenth), round: nominal, norm: norm)
    }
    // 11/25 is attained at V = 1/10; the max norm's law says 22/100 there.
    let attained = try #require(try analysis(.frobenius).bound(1).lower)
    #expect(attained.value == Rational(11, over: 25))
    let law = try analysis(.frobenius).firstOrder(1)
    #expect(law.first.lower == 4 && law.first.upper == 4)
    let upper = try #require(law.upper(Variation(.window, input: Self.tenth)))
    #expect(upper >= attained.value && upper <= attained.value + Rational(1, over: 1_000))
    #expect(try analysis(.max).firstOrder(1).first.upper == 2)
  }

  @Test("With targets that move: one law in V and U, neither in proportion to the other")
  func targets() throws {
    var builder = NetworkBuilder("one")
    let input = builder.input("u")
    let output = builder.layer("y", reading: input.weighted([[1]]))
    let network = try builder.network(outputs: output)
    let timing = try TimingAnalysis(
      network.architecture, .diffusion(network.architecture, Reading(slope: .frameConsistent, error: .closedCurrent)))
    let nominal = NominalFrame(inputs: [Vector([1])], targets: [Vector([0])])
    func analysis(_ input: Rational, _ target: Rational) throws -> ErrorAnalysis {
      ErrorAnalysis(network, timing, try Variation(.window, input: input, target: target), round: nominal)
    }
    let law = try analysis(Self.tenth, 1).firstOrder(0, targets: 1)
    #expect(law.first.upper == 2 && law.targetFirst.upper == 2 && law.rest?.targets == 0)
    let hundredth = Rational(1, over: 100)
    // 20202/10000 is attained at V = 1/100, targets 1: u and y at opposite ends.
    let attained = try #require(try analysis(hundredth, 1).bound(0).lower)
    #expect(attained.value == Rational(10_101, over: 5_000))
    let upper = try #require(law.upper(Variation(.window, input: hundredth, target: 1)))
    #expect(upper >= attained.value && upper <= attained.value + Rational(1, over: 40))
    #expect(law.upper(try Variation(.window, input: hundredth, target: 2)) == nil)
    #expect(law.upper(try Variation(.rate, input: hundredth, target: 1)) == nil)
    // Targets alone: U times their constant, at no variation of the inputs.
    #expect(try law.upper(Variation(.window, input: 0, target: 1)) == 2)
  }

  @Test("Random networks, both norms, inputs and targets that move: no error is above its law, no bound below it")
  func random() throws {
    var (compared, frobenius, moving, attainedOften) = (0, 0, 0, 0)
    try requireProperty("laws", BoundCase.generator(width: 1...2), cases: 60) { (entry: BoundCase) in
      let nominal = NominalFrame(inputs: entry.nominal.inputs, targets: entry.nominal.targets)
      let timing = try TimingAnalysis(entry.network.architecture, entry.schedule)
      let norm: ErrorNorm = entry.seed % 2 == 0 ? .max : .frobenius
      let most: Rational = entry.seed % 3 == 0 ? 0 : Rational(1, over: 8)
      let edge = entry.seed % timing.edges.count
      guard timing.edges[edge].allLags.minimum ?? 0 >= 0 else { return }
      func analysis(_ input: Rational, _ target: Rational) throws -> ErrorAnalysis {
        ErrorAnalysis(
          entry.network, timing, try Variation(entry.variation.kind, input: input, target: target), round: nominal,
          reference: entry.reference, norm: norm)
      }
      // Second derivatives are quick only where the pairs of parameters are few.
      guard
        try analysis(1, most).problems(edge).allSatisfy({
          $0.cost * $0.family.parameters * $0.family.parameters <= 4_000
        })
      else { return }
      let law = try analysis(1, most).firstOrder(edge, targets: most)
      guard law.rest != nil else { return }
      for (share, part) in [(1, 1), (1, 0), (16, 1), (4, 4)] as [(Rational, Rational)] {
        let (input, target) = (law.validUpTo / share, part.isZero ? 0 : most / part)
        let own = try analysis(input, target)
        let upper = try #require(law.upper(own.variation))
        let below = try #require(law.lower(own.variation))
        for problem in try own.problems(edge) where !problem.isExact {
          let search = LowerBoundSearch(problem: problem, ladder: own.ladder, isExact: own.isExact)
          for point in entry.points(4, parameters: problem.family.parameters) {
            let value = search.evaluated(point, frobenius: norm == .frobenius).value
            try demand(value <= upper, "\(value) above \(upper)")
            compared += 1
            if norm == .frobenius { frobenius += 1 }
            if !target.isZero { moving += 1 }
            if value * 2 > upper { attainedOften += 1 }
          }
        }
        guard share == 1, entry.seed % 4 == 0 else { continue }
        let bound = try own.bound(edge)
        try demand(below <= bound.upper, "\(below) above the upper bound \(bound.upper)")
        try BoundGate.check([bound], law: law)
      }
    }
    #expect(
      compared > 200 && frobenius > 60 && moving > 60 && attainedOften > 5,
      "\(compared), \(frobenius) Frobenius, \(moving) with targets, \(attainedOften) near")
  }
}
