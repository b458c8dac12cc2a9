import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Closed forms of the theory, against the flow.
@Suite struct RegisterTheoremTests {
  private func solve(
    _ architecture: Architecture, _ error: ErrorInjection, _ adjust: (inout RegisterRequest) -> Void = { _ in }
  ) throws -> RegisterResult {
    var request = RegisterRequest(allEdgesOf: architecture)
    adjust(&request)
    return try RegisterSynthesis.solve(architecture, .diffusionLatencies(architecture, error: error), request)
  }

  private func count(
    _ architecture: Architecture, _ error: ErrorInjection, _ adjust: (inout RegisterRequest) -> Void = { _ in }
  ) throws -> Int? {
    if case .plan(let plan) = try solve(architecture, error, adjust) { plan.registers } else { nil }
  }

  /// Chains of unit widths: L² for the products, L² + L − 1 with σ′ memory, ⌊L²/2⌋ in an open loop.
  @Test(arguments: 1...12)
  func chains(depth: Int) throws {
    let widths = [Int](repeating: 1, count: depth + 1)
    let linear = try ExampleGraphs.chain(widths, .identity)
    let nonlinear = try ExampleGraphs.chain(widths)
    #expect(try count(linear, .closed) == depth * depth)
    #expect(try count(nonlinear, .closed) { $0.countsSlopes = false } == depth * depth)
    #expect(try count(nonlinear, .closed) == depth * depth + depth - 1)
    #expect(try count(linear, .open) == depth * depth / 2)
  }

  /// Chains of any widths in a closed loop: w_0 (2L − 1) + Σ w_l 2(L − l), as every chain reaches back to its node's δ.
  @Test func widthsOfChains() throws {
    let widths = [4, 1, 3, 7, 2]
    let depth = widths.count - 1
    let expected = widths[0] * (2 * depth - 1) + (1..<depth).reduce(0) { $0 + widths[$1] * 2 * (depth - $1) }
    #expect(try count(ExampleGraphs.chain(widths), .closed) == expected)
    // The targets of both units of the output wait for their frame's error: L ticks.
    guard case .plan(let plan) = try solve(ExampleGraphs.chain(widths), .closed) else { return }
    #expect(plan.targetRegisters == 2 * depth)
    #expect(try count(ExampleGraphs.chain(widths), .closed) { $0.countsTargets = true } == expected + 2 * depth)
  }

  /// Sideways and PARTIME are as dear as diffusion: the depth of a pipeline's memory is that of its round trip.
  @Test(arguments: 1...6)
  func siblings(depth: Int) throws {
    let chain = try ExampleGraphs.chain([Int](repeating: 1, count: depth + 1), .identity)
    let sideways = try RegisterSynthesis.solve(chain, .sideways(chain), RegisterRequest(allEdgesOf: chain))
    guard case .plan(let plan) = sideways else {
      Issue.record("a chain is repaired")
      return
    }
    #expect(plan.registers == depth * depth)
  }

  /// No σ′ memory on two units joined by an edge: no registers help, and the loop says so (T-NoGo). L = 3 with one tick of
  /// input memory at its first edge: the loop's sum is 4.
  @Test func capsThatCannotBeMet() throws {
    let chain = try ExampleGraphs.chain([1, 1, 1, 1])
    guard
      case .impossible(let noMemory) = try solve(chain, .closed, { $0.caps = [RegisterCap(.m, limit: 0)] }),
      case .impossible(let shallow) = try solve(chain, .closed, { $0.caps = [RegisterCap(.p, at: 0, limit: 1)] })
    else {
      Issue.record("these caps cannot be met")
      return
    }
    #expect(noMemory.excess > 0)
    #expect(shallow.excess == 4)
    for obstacle in [noMemory, shallow] {
      #expect(obstacle.steps.contains { $0.because.hasPrefix("cap: ") })
      for (index, step) in obstacle.steps.enumerated() {
        #expect(step.to == obstacle.steps[(index + 1) % obstacle.steps.count].from)
      }
    }
    for resource in RegisterCap.Resource.allCases {
      #expect(try count(chain, .closed) { $0.caps = [RegisterCap(resource, limit: 5)] } == 11, "\(resource)")
    }
  }

  /// A cap is kept, and the count is the least under it: never less than without it.
  @Test func capsAreKept() throws {
    let graphs = Generator<Architecture>.architecture(
      .anyGraph(size: 5), width: 1...3, activations: .just(.tanh))
    var bound = 0
    var refused = 0
    try requireProperty("caps", graphs, cases: 120) { architecture in
      for error in [ErrorInjection.open, .closed] {
        let free = try #require(try count(architecture, error))
        for resource in RegisterCap.Resource.allCases {
          for limit in [0, 1, 3] {
            let cap = RegisterCap(resource, limit: limit)
            guard case .plan(let plan) = try solve(architecture, error, { $0.caps = [cap] }) else {
              refused += 1
              continue
            }
            if plan.registers > free { bound += 1 }
            try demand(plan.registers >= free)
            try demand((Self.used(resource, plan).max() ?? 0) <= limit, "\(resource) ≤ \(limit)")
            let timing = try TimingAnalysis(architecture, plan.schedule)
            try demand(timing.edges.allSatisfy { $0.isSynchronous && $0.causal })
          }
        }
      }
    }
    #expect(bound > 20)
    #expect(refused > 100)
  }

  private static func used(_ resource: RegisterCap.Resource, _ plan: RegisterPlan) -> [Int] {
    switch resource {
    case .p: plan.schedule.inputMemory
    case .d: plan.schedule.errorMemory
    case .forward: plan.addedForward
    case .backward: plan.addedBackward
    case .m: if case .memory(let memory) = plan.schedule.slopeSource { memory } else { [] }
    case .n: plan.schedule.errorSource == .closed ? plan.schedule.outputMemory : []
    case .activity: plan.activityTicks
    case .error: plan.errorTicks
    }
  }

  /// A loop of the graph is a positive cycle: no finite memory is exact on it. Edges that it does not touch are repaired.
  @Test func loopsOfTheGraph() throws {
    let loop = try Architecture(
      name: "loop", inputs: [(name: "u", width: 1)],
      nodes: ["a", "b", "c", "y"].map { Node(name: $0, width: 1, activation: .tanh) },
      connections: [("u", "a"), ("a", "b"), ("b", "a"), ("b", "y"), ("u", "c"), ("c", "y")].map {
        Connection(from: $0.0, to: $0.1)
      }, outputs: ["y"])
    for error in [ErrorInjection.open, .closed] {
      guard case .impossible(let obstacle) = try solve(loop, error) else {
        Issue.record("a loop is not repaired")
        return
      }
      #expect(obstacle.excess == 2)
    }
    #expect(try count(loop, .open) { $0.edges = [4] } != nil)
    #expect(try count(loop, .closed) { $0.edges = [4] } == nil)
  }
}
