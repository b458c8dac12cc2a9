import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// The update of a shared weight is the sum over its edges: exact where all of them are, with one delay.
@Suite struct SharedWeightTests {
  /// A network of width 1 and one weight on all edges, so that any of its edges may share it.
  private static func network(_ plan: GraphPlan) throws -> Network {
    let bare = try #require(
      Generator<Architecture>.architecture(.just(plan), activations: .just(.quadratic)).sample(seed: 1))
    let weight = LinearMap(Matrix(rows: 1, columns: 1, elements: [Rational(Integer(2), over: 3)]))
    return try Network(
      Architecture(
        name: "shared", inputs: bare.nodes[..<bare.inputCount].map { (name: $0.name, width: 1) },
        nodes: Array(bare.nodes[bare.inputCount...]),
        connections: bare.edges.map {
          Connection(
            from: bare.nodes[$0.source].name, to: bare.nodes[$0.target].name, weight: weight, delay: $0.delay,
            backwardDelay: $0.backwardDelay)
        }, outputs: bare.outputs.map { bare.nodes[$0].name }))
  }

  /// Rising positive inputs, falling negative targets: every summand of every update is positive and grows with every
  /// frame that it reads, so the sum depends on all of them.
  private static func stream(_ network: Network, ticks: Int) throws -> FrameStream {
    func rows(_ sign: Int, _ offset: Int) -> [Vector<Rational>] {
      (0..<ticks).map { Vector([Rational(Integer(sign * ($0 * $0 + offset + 1)), over: 7)]) }
    }
    return try FrameStream(
      inputs: (0..<network.architecture.inputCount).map { rows(1, $0) },
      targets: network.architecture.outputs.indices.map { rows(-1, $0) }, for: network.architecture)
  }

  /// The delays d for which the machine's summed update at the last tick is the summed gradient of frame t − d.
  private static func exactDelays(_ network: Network, _ schedule: Schedule, _ members: [Int], fill: Int) throws -> [Int]
  {
    let ticks = fill + 2
    let context = ExactContext()
    let machine = TickMachine<Rational>(
      network, schedule, frames: Frames(try stream(network, ticks: ticks), in: context), in: context)
    func sum(_ term: (Int) throws -> Matrix<Rational>) throws -> Rational {
      try members.reduce(Rational(0)) { try $0 + term($1)[0, 0] }
    }
    let update = try sum { try machine.update($0, at: ticks - 1) }
    return try (0..<ticks).filter { delay in
      let pass = try machine.staticPass(at: ticks - 1 - delay)
      return try sum { pass.gradient(of: network.architecture.edges[$0]) } == update
    }
  }

  /// Random classes on random graphs, as they are and repaired: the verdict is the machine's.
  @Test func verdictIsThatOfTheMachine() throws {
    let graphs = Generator<GraphPlan>.oneOf([
      .chain(depth: 1...4), .levelled(levels: 1...3, nodesPerLevel: 1...2), .anyGraph(size: 4, delays: 1...2),
    ])
    let cases = Generator<(GraphPlan, Int)>.tuple(graphs, .integer(in: 1...255))
    var counts = (exact: 0, inexact: 0, repaired: 0)
    try requireProperty("shared weights", cases, cases: 150, shrinkAttempts: 50) { plan, subset in
      let network = try Self.network(plan)
      let architecture = network.architecture
      let members = architecture.edges.indices.filter { subset >> ($0 % 8) & 1 == 1 }
      guard !members.isEmpty else { return }
      for error in [ErrorInjection.open, .closed] {
        let base = try Schedule.diffusion(architecture, Reading(slope: .drive, error: error))
        var request = RegisterRequest(edges: members)
        request.shared = [members]
        let result = try RegisterSynthesis.solve(architecture, base, request)
        guard case .plan(let repair) = result else { return try demand(false, "a DAG is repaired: \(result)") }
        for (schedule, mustBeExact) in [(base, false), (repair.schedule, true)] {
          let timing = try TimingAnalysis(architecture, schedule)
          let shared = SharedTiming(timing, SharedClass(name: "w", edges: members))
          let delays = try Self.exactDelays(network, schedule, members, fill: timing.fill)
          try demandEqual(delays, shared.delay.map { [$0] } ?? [])
          try demand(shared.isSynchronous || !mustBeExact)
          try demand(mustBeExact || !shared.isSynchronous || !Self.onOnePath(architecture, members))
          if mustBeExact { counts.repaired += 1 }
          if shared.isSynchronous { counts.exact += 1 } else { counts.inexact += 1 }
        }
      }
    }
    #expect(counts.exact > 100 && counts.inexact > 100 && counts.repaired > 100)
  }

  private static func onOnePath(_ architecture: Architecture, _ members: [Int]) -> Bool {
    members.contains { first in members.contains { architecture.edges[first].target == architecture.edges[$0].source } }
  }

  /// W_0 = W_2 on the chain of three layers: each alone is two ticks off in its own direction, the sum is no gradient;
  /// the middle layer is. Registers make the sum exact with one delay: 14 in the closed loop, where 11 make all edges
  /// exact with delays of their own.
  @Test func firstAndLastOfThree() throws {
    let chain = try ExampleGraphs.chain([1, 1, 1, 1], .quadratic)
    let open = try TimingAnalysis(chain, .diffusion(chain))
    let shared = SharedTiming(open, try chain.sharedClass(named: "x0->x1,x2->x3"))
    #expect(!shared.isSynchronous && shared.delay == nil && shared.spread == 2)
    #expect(open.synchronous.map(\.name) == ["x1->x2"])
    var request = RegisterRequest(allEdgesOf: chain)
    let closed = Schedule.diffusionLatencies(chain, error: .closed)
    guard case .plan(let apart) = try RegisterSynthesis.solve(chain, closed, request) else { return }
    request.shared = [[0, 2]]
    guard case .plan(let together) = try RegisterSynthesis.solve(chain, closed, request) else { return }
    #expect(apart.registers == 11)
    #expect(together.registers == 14)
    #expect(try SharedTiming(TimingAnalysis(chain, together.schedule), .init(name: "w", edges: [0, 2])).delay == 5)
    #expect(try !SharedTiming(TimingAnalysis(chain, apart.schedule), .init(name: "w", edges: [0, 2])).isSynchronous)
  }

  @Test func misfitsAreRefused() throws {
    let chain = try ExampleGraphs.chain([1, 2, 2, 1])
    #expect(throws: NetworkError.self) { try chain.sharedClass(named: "x0->x1,x1->x2") }
    #expect(throws: NetworkError.self) { try chain.sharedClass(named: "x0->x1,x9->x2") }
    #expect(throws: NetworkError.self) {
      try Architecture(
        name: "misfit", inputs: [(name: "u", width: 1)],
        nodes: [Node(name: "a", width: 1), Node(name: "b", width: 1)],
        connections: [
          Connection(from: "u", to: "a", weight: LinearMap.identity(1), shared: "w"),
          Connection(from: "a", to: "b", shared: "w"),
        ], outputs: ["b"])
    }
  }
}
