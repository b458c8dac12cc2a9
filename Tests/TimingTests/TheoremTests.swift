import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Closed forms of the theory, against the calculus.
@Suite struct TheoremTests {
  private func chain(_ depth: Int, _ activation: Activation = .tanh) throws -> Architecture {
    try Architecture(
      name: "chain", inputs: [(name: "x0", width: 1)],
      nodes: (1...depth).map { Node(name: "x\($0)", width: 1, activation: activation) },
      connections: (1...depth).map { Connection(from: "x\($0 - 1)", to: "x\($0)") }, outputs: ["x\(depth)"])
  }

  private func timing(_ depth: Int, _ reading: Reading, _ activation: Activation = .tanh, period: Int? = nil) throws
    -> TimingAnalysis
  {
    let architecture = try chain(depth, activation)
    return try TimingAnalysis(architecture, .diffusion(architecture, reading), period: period)
  }

  /// The paper's own figures: L = 9, l_s = 5, four ticks late, greatest mismatch 8 = L − 1.
  @Test func theNineLayersOfThePaper() throws {
    let open = try timing(9, Reading())
    #expect(open.synchronous.map(\.layer) == [5])
    #expect(open.synchronous[0].delay == 4)
    #expect(open.maximumMismatch == 8)
    #expect(open.window == 8)
    #expect(try timing(9, Reading(error: .closed)).synchronous.isEmpty)
    #expect(try timing(9, Reading(error: .closed)).window == 17)
  }

  /// Mismatch and spread in closed form, for every depth and layer.
  @Test(arguments: 1...16)
  func closedForms(depth: Int) throws {
    for edge in try timing(depth, Reading()).edges {
      #expect(edge.mismatch == depth + 1 - 2 * edge.layer)
      #expect(edge.spread == abs(depth + 1 - 2 * edge.layer))
    }
    for slope in Slope.allCases {
      for edge in try timing(depth, Reading(slope: slope, error: .closed)).edges {
        #expect(edge.mismatch == 2 * (depth - edge.layer) + 1)
      }
    }
    let fills: [(Slope, Int)] = [
      (.frameConsistent, depth - 1), (.drive, max(depth - 1, 2 * depth - 4)), (.emitted, max(depth - 1, 2 * depth - 3)),
    ]
    for (slope, fill) in fills { #expect(try timing(depth, Reading(slope: slope)).fill == fill) }
    #expect(try timing(depth, Reading(slope: .emitted, error: .closed)).fill == 2 * depth - 1)
    #expect(try timing(depth, Reading(slope: .drive, error: .closedDrive)).fill == 2 * depth - 2)
  }

  /// Theorem 5: on odd chains every layer is exact for every input of period 2, however fast; on even ones none is.
  @Test(arguments: 1...10)
  func periodTwo(depth: Int) throws {
    let periodic = try timing(depth, Reading(), period: 2)
    #expect(periodic.synchronous.count == (depth % 2 == 1 ? depth : 0))
  }

  /// Causality in closed form. The wave's own σ′ exists where 2k − L − 1 ≤ 0 for every layer k that passes the wave on,
  /// so at l_s up to L = 3 only; the open error could be computed in time, from the drive, for L = 1 only.
  @Test(arguments: 1...9)
  func causality(depth: Int) throws {
    let open = try timing(depth, Reading())
    for edge in open.edges {
      let passing = (edge.layer..<max(depth, edge.layer)).map { 2 * $0 - depth - 1 }
      #expect(edge.causal == passing.allSatisfy { $0 <= 0 })
      #expect(edge.errorCausal == (depth == 1))
    }
    for slope in [Slope.drive, .emitted, .previous] {
      for edge in try timing(depth, Reading(slope: slope)).edges {
        #expect(edge.causal)
        #expect(edge.errorCausal == (depth == 1))
      }
    }
    for reading in Reading.all where reading.error != .open {
      for edge in try timing(depth, reading).edges { #expect(edge.causal && edge.errorCausal) }
    }
    let architecture = try chain(depth)
    var clairvoyant = try Schedule.diffusion(architecture, Reading(slope: .drive))
    clairvoyant.inputMemory[0] = -1
    #expect(try !TimingAnalysis(architecture, clairvoyant).edges[0].causal)
    var early = try Schedule.diffusion(architecture, Reading(slope: .drive, error: .closed))
    early.residualSlopeMemory[depth] = -1
    #expect(try TimingAnalysis(architecture, early).edges.allSatisfy { $0.causal && !$0.errorCausal })
  }

  /// Linear networks drop the lags of their slopes: the middle layer is exact wherever σ′ is read.
  @Test func constantSlopesHaveNoLags() throws {
    for slope in Slope.allCases {
      #expect(try timing(5, Reading(slope: slope), .identity).synchronous.map(\.layer) == [3])
      #expect(try timing(5, Reading(slope: slope), .polynomial([1, 2])).synchronous.map(\.layer) == [3])
    }
    #expect(try timing(5, Reading(slope: .drive), .quadratic).synchronous.isEmpty)
  }

  /// The siblings, by their closed forms: Sideways and PARTIME are exact at the last layer, PipeDream everywhere.
  @Test(arguments: 1...8)
  func siblings(depth: Int) throws {
    let architecture = try chain(depth)
    let sideways = try TimingAnalysis(architecture, .sideways(architecture))
    #expect(sideways.synchronous.map(\.layer) == [depth])
    #expect(sideways.edges.map(\.mismatch) == (1...depth).map { 2 * (depth - $0) })
    #expect(try TimingAnalysis(architecture, .partime(architecture)).synchronous.map(\.layer) == [depth])
    // Targets of another frame than the errors': nothing is synchronous.
    var late = try Schedule.sideways(architecture)
    late.targetLag[architecture.outputs[0]] += 1
    #expect(try TimingAnalysis(architecture, late).synchronous.isEmpty)
    let equilibrium = try TimingAnalysis(architecture, .generalizedLatentEquilibriumEuler(architecture))
    #expect(equilibrium.synchronous.isEmpty)
    #expect(equilibrium.window == 2 * depth - 1)
    let pipeDream = try TimingAnalysis(architecture, .pipeDream(architecture))
    #expect(pipeDream.synchronous.map(\.delay) == (1...depth).map { 2 * depth - $0 })
  }

  /// Theorem 9's corollaries on random DAGs with unit delays: the window is L* − 1 open and 2L* − 1 closed, and no
  /// path from an input to an output has two synchronous edges.
  @Test func windowsAndSynchronousEdgesOfGraphs() throws {
    let graphs = Generator<Architecture>.architecture(
      .oneOf([
        .directedAcyclic(nodes: 1...7, inputs: 1...2), .unbalanced(nodes: 2...7), .residual(blocks: 1...3),
        .levelled(levels: 1...5),
      ]), activations: .just(.tanh))
    var synchronous = 0
    try requireProperty("windows of graphs", graphs, cases: 400) { architecture in
      let longest = try architecture.layers().max() ?? 0
      let open = try TimingAnalysis(architecture, .diffusion(architecture))
      let local = try TimingAnalysis(architecture, .diffusion(architecture, Reading(slope: .emitted, error: .closed)))
      try demandEqual(open.window, longest - 1)
      try demandEqual(local.window, 2 * longest - 1)
      for edge in open.synchronous {
        synchronous += 1
        let below = try Self.edgesBelow(edge.edge, in: architecture)
        try demand(open.synchronous.allSatisfy { !below.contains($0.edge) }, "two synchronous edges on one path")
      }
    }
    #expect(synchronous > 100)
  }

  /// The edges that the theorem names by the graph alone are the synchronous ones of linear networks, whose slopes are
  /// constants.
  @Test func theTheoremNamesSynchronousEdges() throws {
    let graphs = Generator<Architecture>.architecture(
      .anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2), activations: .just(.identity))
    var (named, others) = (0, 0)
    try requireProperty("named edges", graphs, cases: 300) { architecture in
      let timing = try TimingAnalysis(architecture, .diffusion(architecture))
      let synchronous = timing.synchronous.filter { !$0.reachesNoOutput }.map(\.edge)
      try demandEqual(try TimingAnalysis.namedByTheorem(architecture), synchronous)
      named += synchronous.count
      others += architecture.edges.count - synchronous.count
    }
    #expect(named > 50 && others > 50, "\(named), \(others)")
  }

  private static func edgesBelow(_ edge: Int, in architecture: Architecture) throws -> Set<Int> {
    var found = Set<Int>()
    var open = architecture.outgoing[architecture.edges[edge].target]
    while let next = open.popLast() {
      if found.insert(next).inserted { open += architecture.outgoing[architecture.edges[next].target] }
    }
    return found
  }
}
