import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Upper bounds and attained errors")
struct BoundTests {
  @Test("No bound is below an error at a point of its family, entry by entry, for every schedule, reference and radius")
  func upperBoundsHold() throws {
    var (nonzero, close) = (0, 0)
    try requireProperty("upper bounds hold", BoundCase.generator(), cases: 400) { (entry: BoundCase) in
      let counts = try Self.boundsHold(entry)
      (nonzero, close) = (nonzero + counts.nonzero, close + counts.close)
    }
    #expect(nonzero > 3_000, "errors that are all zero prove nothing: \(nonzero)")
    #expect(close > 500, "some points come near the bound: \(close)")
  }

  @Test("The same for units whose σ is curved, with kinks or without, and for slopes per unit")
  func upperBoundsOfCurvedUnitsHold() throws {
    var (nonzero, close) = (0, 0)
    let cases = BoundCase.generator(
      graphs: .chain(depth: 1...3), width: 1...2, activations: .activation([.smooth, .kinked, .perUnit]))
    try requireProperty("bounds of curved units hold", cases, cases: 60) { (entry: BoundCase) in
      let counts = try Self.boundsHold(entry)
      (nonzero, close) = (nonzero + counts.nonzero, close + counts.close)
    }
    #expect(nonzero > 300 && close > 50, "\(nonzero) errors that are not zero, \(close) near their bound")
  }

  @Test("The same for weights that edges share, whose update and gradient are sums, and for outputs that are read")
  func upperBoundsOfSumsHold() throws {
    var (nonzero, close) = (0, 0)
    let cases = BoundCase.generator(
      graphs: .tapped(.anyGraph(size: 3)), width: 1...2, activations: .activation(ActivationClass.exact),
      sharesWeights: true)
    try requireProperty("bounds of sums hold", cases, cases: 80) { (entry: BoundCase) in
      let counts = try Self.boundsHold(entry)
      (nonzero, close) = (nonzero + counts.nonzero, close + counts.close)
    }
    #expect(nonzero > 300 && close > 50, "\(nonzero) errors that are not zero, \(close) near their bound")
  }

  /// Demands that the bounds of a case survive points of its family, and counts errors that are not zero, and those
  /// near their bound.
  private static func boundsHold(_ entry: BoundCase) throws -> (nonzero: Int, close: Int) {
    var (nonzero, close) = (0, 0)
    let analysis = try entry.analysis()
    let architecture = entry.network.architecture
    let parameters = architecture.single(architecture.edges.indices.prefix(3)) + architecture.sharedClasses
    for parameter in parameters {
      guard parameter.edges.allSatisfy({ analysis.timing.edges[$0].allLags.minimum ?? 0 >= 0 }) else { continue }
      for problem in try analysis.problems(parameter.edges, name: parameter.name).prefix(3) {
        let bound = analysis.ladder.bound(problem)
        let context = IntervalContext(precision: 192)
        for point in entry.points(4, parameters: problem.family.parameters) {
          let frames = problem.family.frames(at: point, Interval.self, in: context)
          let error = problem.evaluator.error(at: frames, in: context)
          for (index, value) in error.elements.enumerated() {
            let least = value.lower.sign > 0 ? value.lower : value.upper.sign < 0 ? -value.upper : 0
            let most = bound.entries.values[index]
            guard most.isFinite else { continue }
            try demand(
              least <= FrameFamily.exact(most),
              "entry \(index) of \(parameter.name): \(value) beyond \(most), \(bound.method)")
            if least.sign > 0 { nonzero += 1 }
            if least > FrameFamily.exact(most) / 2 { close += 1 }
          }
        }
      }
    }
    return (nonzero, close)
  }

  @Test("Static passes and the formula give the same error where each factor is of one frame")
  func twoRoads() throws {
    var compared = 0
    try requireProperty(
      "factors by static passes", BoundCase.generator(activations: .activation(ActivationClass.exact)), cases: 200
    ) { (entry: BoundCase) in
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        guard let problem = try analysis.problems(edge).first, problem.factors != nil else { continue }
        let whole = ErrorEvaluator(
          network: entry.network, formula: problem.evaluator.formula, edge: edge, reference: problem.reference,
          factors: nil)
        for point in entry.points(2, parameters: problem.family.parameters) {
          let frames = problem.family.frames(at: point, Rational.self, in: ExactContext())
          let (left, right) = (
            problem.evaluator.error(at: frames, in: ExactContext()), whole.error(at: frames, in: ExactContext())
          )
          try demandEqual(left, right)
          if !left.isZero { compared += 1 }
        }
      }
    }
    #expect(compared > 200, "only \(compared) errors that are not zero")
  }
}
