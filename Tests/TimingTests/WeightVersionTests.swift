import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Weight versions: what the calculus says of ages and gaps, against runs in which the weights really change.
@Suite struct WeightVersionTests {
  /// Graphs of unit delays, skips among them.
  private static let graphs = Generator<GraphPlan>.oneOf([
    .chain(depth: 1...3), .unbalanced(nodes: 2...4), .directedAcyclic(nodes: 1...4, inputs: 1...2),
    .residual(blocks: 1...1), .levelled(levels: 1...3),
  ])

  private static func half(_ value: Int) -> Rational { Rational(Integer(value), over: 2) }

  private func chain(_ depth: Int, _ activation: Activation = .quadratic) throws -> Network {
    var net = NetworkBuilder("chain")
    var last = net.input("x0", width: 2)
    for layer in 1...depth {
      let rows: [[Rational]] = [0, 1].map { row in
        [Self.half(1 + (row + layer) % 3), Self.half(1 + (row + layer + 2) % 3)]
      }
      last = net.layer("x\(layer)", width: 2, activation, reading: last.weighted(rows))
    }
    return try net.network()
  }

  /// One distinct frame every `period` ticks, and noise in the slots between, which must not matter.
  private func stream(_ network: Network, frames: Int, period: Int, noise: Int) -> FrameStream {
    func series(_ node: Node, _ sign: Int) -> [Vector<Rational>] {
      (0..<(frames * period)).map { tick in
        let value = tick % period == 0 ? 1 + (3 * tick) % 7 : noise
        return Vector((0..<node.width).map { Rational(Integer(sign * (value + $0)), over: 8) })
      }
    }
    let architecture = network.architecture
    return FrameStream(
      uncheckedInputs: architecture.nodes[..<architecture.inputCount].map { series($0, 1) },
      targets: architecture.outputs.map { series(architecture.nodes[$0], -1) })
  }

  /// Every weight grows by a small amount of its own at each update.
  private static func drift(_ network: Network) -> OnlineRun.Change {
    let shapes = network.weights.map { ($0.rows, $0.columns) }
    return .drift { edge, number in
      let step = Rational(Integer(1 + (3 * edge + 5 * number) % 7), over: 16)
      let (rows, columns) = shapes[edge]
      return LinearMap(
        Matrix(rows: rows, columns: columns, elements: [Rational](repeating: step, count: rows * columns)))
    }
  }

  /// The update of frame φ is the gradient of that frame where forward and backward passes read the versions that the
  /// calculus names, on any DAG and under every policy; and with any one of the ages off by one it is not.
  @Test(arguments: [WeightReads.Policy.stashed, .vertical])
  func agesAreThoseOfTheRun(_ policy: WeightReads.Policy) throws {
    let positive = Generator<Rational>.rational(height: 4).map(\.magnitude)
    let networks = Generator<Network>.network(
      Self.graphs, width: 1...1, activations: .just(.quadratic),
      weights: positive, biases: nil)
    var told = 0
    try requireProperty("versions \(policy.rawValue)", networks, cases: 30, shrinkAttempts: 40) { network in
      let schedule = try Schedule.pipeDream(network.architecture, weights: policy)
      let timing = try TimingAnalysis(network.architecture, schedule)
      let versions = try #require(WeightVersions(timing))
      let depth = timing.depth
      let frame = depth + 1
      let stream = stream(network, frames: 2 * depth + 3, period: 2, noise: 5)
      let run = try OnlineRun(network, schedule, stream, Self.drift(network))
      try run.advance(to: stream.ticks)
      let ages = try network.architecture.edges.indices.map { try #require(versions.forwardAge(of: $0)) }
      for edge in network.architecture.edges.indices {
        try demandEqual(versions.backwardAge(of: edge), ages[edge])
        try demandEqual(versions.gap(of: edge).values, [0])
      }
      func gradients(_ ages: [Int]) throws -> StaticPass<Rational> {
        let weights = ages.enumerated().map { run.history.version($0.offset, frame - $0.element) }
        return StaticPass(
          try network.replacing(weights: weights), inputs: stream.inputs.map { $0[2 * frame] },
          targets: stream.targets.map { $0[2 * frame] }, in: ExactContext())
      }
      let pass = try gradients(ages)
      for edge in timing.edges {
        let delay = try #require(edge.delay)
        let ends = network.architecture.edges[edge.edge]
        let update = try run.machine.update(edge.edge, at: 2 * frame + delay)
        try demandEqual(update == pass.gradient(of: ends), true, edge.name)
        for other in ages.indices {
          var wrong = ages
          wrong[other] += 1
          if try gradients(wrong).gradient(of: ends) != update { told += 1 }
        }
      }
    }
    #expect(told > 60, "only \(told) wrong ages were told")
  }

  /// Closed forms on chains: PipeDream's gaps are n − k without stashing and 0 with it, its ages n − k and n − 1; Sideways
  /// and PARTIME have gaps of 2(L − j), at the receiver one less.
  @Test(arguments: 1...6)
  func closedForms(depth: Int) throws {
    let chain = try chain(depth).architecture
    func versions(_ schedule: Schedule) throws -> [(forward: Int?, backward: Int?, gap: [Int])] {
      let versions = try #require(try WeightVersions(TimingAnalysis(chain, schedule)))
      return chain.edges.indices.map {
        (versions.forwardAge(of: $0), versions.backwardAge(of: $0), versions.gap(of: $0).values)
      }
    }
    for (layer, found) in try versions(.pipeDream(chain, weights: .current)).enumerated() {
      #expect(found == (depth - 1 - layer, 0, [depth - 1 - layer]))
    }
    for (layer, found) in try versions(.pipeDream(chain)).enumerated() {
      #expect(found == (depth - 1 - layer, depth - 1 - layer, [0]))
    }
    for found in try versions(.pipeDream(chain, weights: .vertical)) {
      #expect(found == (depth - 1, depth - 1, [0]))
    }
    for schedule in try [Schedule.sideways(chain), .partime(chain)] {
      for (layer, found) in try versions(schedule).enumerated() { #expect(found.gap == [2 * (depth - 1 - layer)]) }
      let receiving = try schedule.reading(weights: .current, at: .receiver, on: chain)
      for (layer, found) in try versions(receiving).enumerated() {
        #expect(found.gap == [2 * (depth - 1 - layer) + 1])
      }
      for (layer, found) in try versions(schedule.reading(weights: .stashed, on: chain)).enumerated() {
        #expect(found.gap == [0] && found.forward == found.backward, "\(layer)")
      }
    }
    // The output's residual and its slope read one drive, made with one version of the last weight.
    let pipeDream = try #require(try WeightVersions(TimingAnalysis(chain, .pipeDream(chain))))
    for layer in 1...depth {
      let last = try #require(try pipeDream.reads(by: layer - 1).first { $0.edge == depth - 1 })
      #expect(last.forward.values == [depth - layer + 1])
    }
    // Inside the update of layer l: W_j forward 2L − l − j ticks old in the output, backward j − l.
    let sideways = try TimingAnalysis(chain, .sideways(chain))
    let reads = try #require(WeightVersions(sideways))
    for layer in 1...depth {
      for read in try reads.reads(by: layer - 1) where read.edge + 1 > layer {
        #expect(read.forward.values.contains(2 * depth - layer - read.edge - 1))
        #expect(read.backward.values == [read.edge + 1 - layer])
      }
    }
  }

  /// What stands in the slots between frames changes no weight.
  @Test(arguments: WeightReads.Policy.allCases.filter { $0 != .frozen })
  func slotsBetweenFramesDoNotMatter(_ policy: WeightReads.Policy) throws {
    let network = try chain(2, .identity)
    let schedule = try Schedule.pipeDream(network.architecture, weights: policy)
    let weights = try [1, 6].map { noise in
      let stream = stream(network, frames: 4, period: 2, noise: noise)
      let run = try OnlineRun(network, schedule, stream, .descent(Rational(1, over: 64)))
      try run.advance(to: stream.ticks)
      return network.weights.indices.map { run.history.version($0, run.history.updates(of: $0)) }
    }
    #expect(weights[0] == weights[1])
    #expect(weights[0] != network.weights)
  }

  /// Policies that need one version per node say which node has several; frozen weights and open errors have no run.
  @Test func refusals() throws {
    var net = NetworkBuilder("skip")
    let x = net.input("x")
    net.layer(
      "y", .quadratic, reading: net.layer("h", .quadratic, reading: x.weighted([[1]])).weighted([[1]]),
      x.weighted([[1]]))
    let skip = try net.network()
    let sideways = try Schedule.sideways(skip.architecture)
    let vertical = #expect(throws: NetworkError.self) {
      try sideways.reading(weights: .vertical, on: skip.architecture)
    }
    #expect(vertical?.message.contains("\"y\"") == true)
    let stream = stream(skip, frames: 4, period: 1, noise: 0)
    #expect(throws: NetworkError.self) {
      try OnlineRun(skip, sideways.reading(weights: .frozen, on: skip.architecture), stream, .descent(1))
    }
    #expect(throws: NetworkError.self) {
      let open = try Schedule.diffusion(skip.architecture, Reading(slope: .drive))
      return try OnlineRun(skip, open.reading(weights: .current, on: skip.architecture), stream, .descent(1))
    }
  }

  /// PipeDream on a DAG: every edge is the gradient, at each node 2L − l late, whatever skips are there.
  @Test func pipeDreamIsExactOnEveryGraph() throws {
    let graphs = Generator<Architecture>.architecture(Self.graphs)
    try requireProperty("pipedream", graphs, cases: 100) { graph in
      let timing = try TimingAnalysis(graph, .pipeDream(graph))
      for edge in timing.edges {
        try demandEqual(edge.delay, 2 * timing.depth - edge.layer)
        try demand(edge.causal && edge.errorCausal)
      }
    }
  }

  /// Ages are what a run's own count of updates says at the ticks at which a frame's passes read, at either side.
  @Test(arguments: [WeightReads.Policy.current, .stashed, .vertical], WeightReads.Side.allCases)
  func agesCountTheUpdatesOfARun(_ policy: WeightReads.Policy, _ side: WeightReads.Side) throws {
    let network = try chain(3, .identity)
    let architecture = network.architecture
    for named in try [Schedule.pipeDream(architecture), .sideways(architecture)] {
      let schedule = try named.reading(weights: policy, at: side, on: architecture)
      let versions = try #require(try WeightVersions(TimingAnalysis(architecture, schedule)))
      let (period, frame, reads) = (schedule.framePeriod, 9, schedule.weightReads)
      let stream = stream(network, frames: 40, period: 1, noise: 0)
      let run = try OnlineRun(network, schedule, stream, Self.drift(network))
      try run.advance(to: 36)
      let (forward, trips) = (try ForwardLags(architecture, schedule), try RoundTrip(architecture, schedule))
      for (edge, ends) in architecture.edges.enumerated() {
        let arrival = period * frame + (try #require(forward.drive[ends.target].single))
        let back = arrival + (try #require(trips.total[ends.target].single))
        let numbers = try [arrival - reads.forward[edge], back - reads.backward[edge]].map {
          try run.history.number(edge, at: $0)
        }
        #expect(numbers == [versions.forwardAge(of: edge), versions.backwardAge(of: edge)].map { frame - ($0 ?? 0) })
        #expect(versions.gap(of: edge).single == numbers[1] - numbers[0])
      }
    }
  }

  /// The first update of an edge is that of frame 0, as late as its registers hold it back.
  @Test func firstUpdatesWaitForTheirRegisters() throws {
    let chain = try chain(2).architecture
    let plain = try Schedule.sideways(chain)
    #expect(plain.weightReads.start == [3, 2])
    for (edge, memory) in [(0, 3), (1, 5)] {
      var held = plain
      held.errorMemory[edge] = memory
      var starts = plain.weightReads.start
      starts[edge] += memory
      #expect(try held.reading(weights: .current, on: chain).weightReads.start == starts)
    }
  }

  /// Edges that share a weight change by the sum of their steps, downhill.
  @Test func sharedWeightsLearnTogether() throws {
    let weight = LinearMap(Matrix(rows: 1, columns: 1, elements: [Self.half(1)]))
    let tied = try Network(
      Architecture(
        name: "tied", inputs: [(name: "u", width: 1)],
        nodes: ["a", "y"].map { Node(name: $0, width: 1, activation: .quadratic) },
        connections: [("u", "a"), ("a", "y")].map { Connection(from: $0.0, to: $0.1, weight: weight, shared: "w") },
        outputs: ["y"]))
    let rate = Rational(1, over: 64)
    let run = try OnlineRun(
      tied, .sideways(tied.architecture), stream(tied, frames: 8, period: 1, noise: 0), .descent(rate))
    var moved = 0
    for tick in 0..<6 {
      try run.advance(to: tick + 1)
      let before = try [0, 1].map { try run.history.weight($0, at: tick)[0, 0] }
      let after = try [0, 1].map { try run.history.weight($0, at: tick + 1)[0, 0] }
      let updates = try [0, 1].map { run.changes($0, at: tick) ? try run.machine.update($0, at: tick)[0, 0] : 0 }
      #expect(before[0] == before[1])
      #expect(after == before.map { $0 - rate * (updates[0] + updates[1]) })
      if updates.allSatisfy({ !$0.isZero }) { moved += 1 }
    }
    #expect(moved > 2)
  }
}
