import ExactArithmetic
import Networks
import Testing
import Waves

/// Nothing recurses as deep as a network, and nothing walks every path of a dense one.
@Suite struct DepthTests {
  /// Two parallel chains of width 1 and weights ±1, one a node longer, so that updates mix frames at every node behind.
  private static func deep(_ depth: Int, _ activation: Activation) throws -> Network {
    let names = (1...depth).map { "h\($0)" }
    func weight(_ index: Int) -> LinearMap {
      LinearMap(Matrix(rows: 1, columns: 1, elements: [index % 3 == 2 ? -1 : 1]))
    }
    var connections = zip(["u"] + names, names).enumerated().map { index, ends in
      Connection(from: ends.0, to: ends.1, weight: weight(index))
    }
    connections.append(Connection(from: "u", to: "h2", weight: weight(0)))
    return try Network(
      Architecture(
        name: "deep", inputs: [(name: "u", width: 1)],
        nodes: names.map { Node(name: $0, width: 1, activation: activation) },
        connections: connections, outputs: ["h\(depth)"]))
  }

  /// The machine and the formula at the first and the last edge of 4,000 nodes, under slopes of either kind.
  @Test func deepNetworksAreEvaluated() throws {
    let depth = 4_000
    // A slope that is read at the node, not from the wave's own frame, makes as many factors as there are pairs of nodes.
    for (activation, reading) in [
      (Activation.leakyRelu(-1), Reading(slope: .frameConsistent, error: .open)),
      (.identity, Reading(slope: .emitted, error: .closedCurrent)),
    ] {
      let network = try Self.deep(depth, activation)
      let architecture = network.architecture
      let schedule = try Schedule.diffusion(architecture, reading)
      for edge in [0, depth - 1] {
        let formula = try UpdateFormula(architecture, schedule, edge: edge)
        let oldest = try #require(formula.frameLags.last)
        // Frames that only say whether a lag is even: few numbers, yet different frames differ.
        let frames = Frames<Rational>(
          inputs: [(0...oldest).map { Vector([Rational(1 + ($0 & 1))]) }],
          targets: [(0...oldest).map { Vector([Rational(5 * ($0 & 1))]) }])
        let machine = TickMachine<Rational>(
          network, schedule,
          frames: Frames(inputs: frames.inputs.map { $0.reversed() }, targets: frames.targets.map { $0.reversed() }),
          in: ExactContext())
        let update = try machine.update(edge, at: oldest)
        #expect(formula.evaluate(network, at: frames, in: ExactContext()) == update)
        #expect(!update[0, 0].isZero)
      }
    }
  }

  /// All nodes of a deep chain at once: before tick 0 nothing is followed back as far as the chain is deep.
  @Test func everyUpdateOfADeepChain() throws {
    let network = try Self.deep(4_000, .relu)
    let architecture = network.architecture
    let rows = [Vector([2 as Rational]), Vector([2 as Rational])]
    let frames = Frames<Rational>(inputs: [rows], targets: [rows])
    let machine = try TickMachine<Rational>(
      network, .diffusion(architecture), frames: frames, in: ExactContext())
    let pass = try machine.staticPass(at: 0)
    for edge in architecture.edges.indices {
      #expect(try machine.update(edge, at: 1) == pass.gradient(of: architecture.edges[edge]))
    }
  }

  /// A step is listed after all that it is made of, each once.
  @Test func stepsAreInOrder() throws {
    let architecture = try Self.deep(12, .tanh).architecture
    for reading in Reading.all where reading.slope != .frameConsistent || reading.error == .open {
      let schedule = try Schedule.diffusion(architecture, reading)
      let formula = try UpdateFormula(architecture, schedule, edge: 3)
      var listed = Set<UpdateFormula.Step>()
      for step in formula.steps {
        switch step {
        case .drive(let signal):
          for edge in architecture.incoming[signal.node] {
            let lag = signal.lag + schedule.forwardLatency[edge]
            #expect(listed.contains(.activity(.init(node: architecture.edges[edge].source, lag: lag))))
          }
        case .activity(let signal):
          let lag = signal.lag + schedule.activationDelay[signal.node]
          #expect(
            architecture.nodes[signal.node].isInput || listed.contains(.drive(.init(node: signal.node, lag: lag))))
        case .error(let signal):
          for edge in architecture.outgoing[signal.node] {
            let lag = signal.lag + schedule.backwardLatency[edge]
            #expect(listed.contains(.error(.init(node: architecture.edges[edge].target, lag: lag))))
          }
        }
        #expect(listed.insert(step).inserted)
      }
      #expect(listed.contains(.error(formula.error)) && listed.contains(.activity(formula.activity)))
    }
  }

  /// Paths are printed up to a number and counted up to another; those that end nowhere are not walked.
  @Test func printingWalksNoDeadEnds() throws {
    let deep = try Self.deep(4_000, .tanh).architecture
    let long = try UpdateFormula(deep, .diffusion(deep), edge: 0).printed(limit: 3)
    #expect(long.hasPrefix("σ′(h1)@t−3999 · W(h1->h2)ᵀ · σ′(h2)@t−3999") && !long.contains("more path"))
    let names = (1...60).map { "h\($0)" }
    var connections = [Connection(from: "u", to: "h1"), Connection(from: "h1", to: "y")]
    for (index, name) in names.enumerated() {
      connections += names[..<index].map { Connection(from: $0, to: name) }
    }
    func dense(_ more: [Connection]) throws -> String {
      let architecture = try Architecture(
        name: "dense", inputs: [(name: "u", width: 1)],
        nodes: names.map { Node(name: $0, width: 1, activation: .tanh) } + [Node(name: "y", width: 1)],
        connections: connections + more, outputs: ["y"])
      return try UpdateFormula(architecture, .diffusion(architecture), edge: 0).printed(limit: 2)
    }
    // Of 2⁵⁸ paths from h1 none but the edge to y reaches an output.
    #expect(try dense([]) == "σ′(h1)@t−1 · W(h1->y)ᵀ · e(y)@t−1 · x(u)@tᵀ")
    #expect(try dense([Connection(from: "h60", to: "y")]).hasSuffix("\n+ more than 1000 more paths"))
  }
}
