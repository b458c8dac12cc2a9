import ExactArithmetic
import Networks
import Testing
import Timing
import Waves

@testable import ErrorBounds

/// No upper bound below an attained error passes the gate, whichever road it came by.
@Suite("The gate of bounds")
struct BoundGateTests {
  private func bound(_ input: Rational, target: Rational = 0, upper: Rational, attained: Rational) throws -> ErrorBound
  {
    let stream = FrameStream(uncheckedInputs: [[Vector([input])]], targets: [[Vector([target])]])
    let lower = LowerBound(
      point: [], stream: stream, tick: 0, referenceTick: 0, value: attained, upperEnd: attained, entry: (0, 0))
    return ErrorBound(
      edge: 0, name: "u->y", variation: try Variation(.window, input: input, target: target), upper: upper,
      lower: lower, method: "affine", reference: 0, hasKink: false)
  }

  @Test("An upper bound below its own attained error is named with both numbers")
  func ownError() throws {
    let faulty = try bound(1, upper: 1, attained: 2)
    let fault = #expect(throws: BoundContradiction.self) { try BoundGate.check([faulty]) }
    #expect(fault?.edge == "u->y" && fault?.upper == 1 && fault?.attained == 2)
    #expect("\(try #require(fault))".contains("upper bound 1 (affine) is below the attained error 2"))
    try BoundGate.check([try bound(1, upper: 2, attained: 2)])
  }

  @Test("What a smaller variation attains, a larger one attains too")
  func otherVariations() throws {
    let small = try bound(1, upper: 4, attained: 3)
    #expect(throws: BoundContradiction.self) { try BoundGate.check([small, try bound(2, upper: 2, attained: 1)]) }
    // Neither family contains the other.
    try BoundGate.check([small, try bound(2, target: 1, upper: 4, attained: 1)])
    try BoundGate.check([try bound(1, target: 1, upper: 4, attained: 3), try bound(2, upper: 2, attained: 1)])
  }

  @Test("A law and a formula are held against what is attained within their range")
  func laws() throws {
    func law(_ first: Rational, upTo reach: Rational) -> FirstOrderBound {
      FirstOrderBound(
        kind: .window, first: (first, first), targetFirst: (0, 0),
        rest: FirstOrderBound.SecondOrder(inputs: 1, mixed: 0, targets: 0), validUpTo: reach, targetsUpTo: 0,
        isAtKink: false)
    }
    let attained = try bound(1, upper: 4, attained: 3)
    #expect(throws: BoundContradiction.self) { try BoundGate.check([attained], law: law(1, upTo: 1)) }
    try BoundGate.check([attained], law: law(2, upTo: 1))
    try BoundGate.check([attained], law: law(1, upTo: Rational(1, over: 2)))
    let formula = GlobalBound(
      edge: 0, name: "u->y", reference: 0, upper: 2, formula: "", constants: [], obstacle: nil)
    #expect(throws: BoundContradiction.self) { try BoundGate.check([attained], formulas: [formula]) }
  }

  @Test("Pieces that contradict an attained error do not take it over")
  func pieces() throws {
    var builder = NetworkBuilder("relu")
    let input = builder.input("u")
    let hidden = builder.layer("h", .relu, reading: input.weighted([[1]]))
    let output = builder.layer("y", reading: hidden.weighted([[1]]))
    let network = try builder.network(outputs: output)
    let analysis = ErrorAnalysis(
      network, try TimingAnalysis(network.architecture, .diffusion(network.architecture)),
      try Variation(.window, input: 1), round: .zero(network.architecture))
    let problem = try #require(try analysis.problems(0).first)
    let forms = analysis.ladder.bound(problem)
    let honest = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: true)
      .best(forms.entries, frobenius: false)
    // An error that no frame attains, as a fault of the evaluation would give.
    let faulty = LowerBound(
      point: honest.point, stream: honest.stream, tick: honest.tick, referenceTick: honest.referenceTick, value: 100,
      upperEnd: 100, entry: (0, 0))
    var omitted: [MemoryExcess] = []
    let settled = try #require(
      analysis.settledByPieces(problem, forms.entries, faulty, effort: BoundEffort(), until: .distantFuture, &omitted))
    #expect(settled.upper < 100 && omitted.isEmpty)
    #expect(throws: BoundContradiction.self) {
      try BoundGate.check(
        settled.upper, by: "polyhedral pieces", against: settled.lower.value, edge: problem.name, problem.variation)
    }
  }
}
