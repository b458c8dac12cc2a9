import ExactArithmetic
import Networks
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Bounds of unusual networks")
struct EdgesOfBoundsTests {
  @Test("Outputs that no input reaches have errors, those of their targets' frames")
  func constantOutputs() throws {
    var builder = NetworkBuilder("constant outputs")
    let constant = builder.layer("b", bias: [1])
    _ = builder.input("u")
    let first = builder.layer("y1", reading: constant.weighted([[1]]))
    let second = builder.layer("y2", reading: first.weighted([[1]]))
    let network = try builder.network(outputs: first, second)
    let timing = try TimingAnalysis(
      network.architecture, .diffusion(network.architecture, Reading(slope: .drive, error: .closed)))
    func bound(_ edge: String, _ target: Rational, _ reference: ReferenceFrame) throws -> ErrorBound {
      try ErrorAnalysis(
        network, timing, try Variation(.window, input: 1, target: target), round: .zero(network.architecture),
        reference: reference
      ).bound(try #require(network.architecture.edgeIndex(named: edge)))
    }
    // δ adds the errors of both outputs, of targets one tick apart: those of one frame differ by 2 targets' width.
    for reference in ReferenceFrame.allCases {
      let moving = try bound("b->y1", Rational(5, over: 2), reference)
      #expect(moving.upper >= 5 && moving.lower?.value ?? 0 >= 5, "\(reference): \(moving.upper)")
      #expect(try bound("b->y1", 0, reference).upper == 0)
    }
  }

  @Test("One frame in three places is one frame")
  func sameFrames() throws {
    var builder = NetworkBuilder("one")
    let input = builder.input("u")
    let output = builder.layer("y", reading: input.weighted([[1]]))
    let network = try builder.network(outputs: output)
    var schedule = try Schedule.diffusion(network.architecture)
    schedule.errorSource = .closed
    schedule.slopeSource = .memory([0, 0])
    schedule.reading = nil
    schedule.activationDelay = [0, 1]
    schedule.outputMemory = [0, 1]
    schedule.targetLag = [0, 3]
    schedule.forwardLatency = [0]
    schedule.inputMemory = [3]
    schedule.errorMemory = [1]
    let timing = try TimingAnalysis(network.architecture, schedule)
    let edge = timing.edges[0]
    #expect(edge.inputLags == edge.errorLags && edge.targetLags != edge.errorLags)
    func bound(target: Rational) throws -> ErrorBound {
      try ErrorAnalysis(
        network, timing, try Variation(.window, input: 1, target: target), round: .zero(network.architecture)
      ).bound(0)
    }
    #expect(try bound(target: 0).upper == 0)
    #expect(try bound(target: 1).upper >= 2)
  }

  @Test("Weights beyond floats: what rationals answer is answered, the rest says so")
  func beyondFloats() throws {
    func analysis(_ activation: Activation, _ last: Activation, _ reference: ReferenceFrame) throws -> ErrorAnalysis {
      var builder = NetworkBuilder("huge")
      let input = builder.input("u")
      let huge = Rational(Integer(10).power(400))
      let hidden = builder.layer("h", activation, reading: input.weighted([[huge]]))
      let output = builder.layer("y", last, reading: hidden.weighted([[1]]))
      let network = try builder.network(outputs: output)
      return ErrorAnalysis(
        network, try TimingAnalysis(network.architecture, .diffusion(network.architecture)),
        try Variation(.window, input: Rational(1, over: 10)), round: .zero(network.architecture), reference: reference)
    }
    let relu = try analysis(.relu, .identity, .error)
    for (edge, exponent) in [398, 798].enumerated() {
      let bound = try relu.bound(edge)
      #expect(bound.upper == bound.lower?.value && bound.upper >= Rational(Integer(10).power(exponent)))
      #expect(bound.method == "polyhedral pieces")
    }
    // tanh has no pieces, and theorem 8 no constant where σ′ jumps.
    let jumping = try analysis(.relu, .tanh, .input)
    let error = #expect(throws: BoundError.self) { try jumping.bound(0) }
    guard case .beyondFloats(let edge, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(edge == "u->h")
  }

  @Test("A shared parameter is bounded as the sum over its edges", arguments: [ErrorNorm.max, .frobenius])
  func sharedParameter(_ norm: ErrorNorm) throws {
    let weight = LinearMap(
      rows: 2, columns: 2, entries: [(0, 0, Rational(1, over: 3)), (1, 0, 1), (1, 1, Rational(-1, over: 2))])
    let architecture = try Architecture(
      name: "tied", inputs: [(name: "u", width: 2)],
      nodes: [Node(name: "h", width: 2, activation: .rational), Node(name: "y", width: 2)],
      connections: [
        Connection(from: "u", to: "h", weight: weight, shared: "W"),
        Connection(from: "h", to: "y", weight: weight, shared: "W"),
      ], outputs: ["y"])
    let network = try Network(architecture)
    // Each edge alone is exact, of frames of its own.
    let timing = try TimingAnalysis(architecture, .pipeDream(architecture))
    let analysis = ErrorAnalysis(
      network, timing, try Variation(.window, input: Rational(1, over: 4), target: Rational(1, over: 8)),
      round: NominalFrame(inputs: [Vector([1, -1])], targets: [Vector([2, 0])]), norm: norm)
    #expect(try architecture.edges.indices.allSatisfy { try analysis.bound($0).upper == 0 })
    let sum = try analysis.bound(try #require(architecture.sharedClasses.first))
    let attained = try #require(sum.lower)
    #expect(sum.name == "W" && attained.isExact || norm == .frobenius)
    #expect(attained.value > sum.upper * Rational(1, over: 2), "\(attained.value) of \(sum.upper)")
    // The tick machine, which knows nothing of lags, on the stream that is given.
    let machine = TickMachine<Rational>(
      network, timing.schedule, frames: Frames(attained.stream, in: ExactContext()), in: ExactContext())
    let pass = try machine.staticPass(at: attained.referenceTick)
    let errors = try architecture.edges.enumerated().map { index, edge in
      try machine.update(index, at: attained.tick) - pass.gradient(of: edge)
    }
    let total = errors[0] + errors[1]
    let reached =
      norm == .max
      ? total.elements.map(\.magnitude).max() ?? 0 : Root.below(total.elements.reduce(0) { $0 + $1 * $1 })
    #expect(reached == attained.value && reached <= sum.upper)
  }
}
