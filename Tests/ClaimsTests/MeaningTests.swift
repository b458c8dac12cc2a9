import Claims
import ExactArithmetic
import Networks
import Testing
import Timing
import Waves

/// What no input reaches still comes back from the outputs; lags alone say nothing of weights that learn.
@Suite struct MeaningTests {
  @Test func outputsThatNoInputReachesAreReached() throws {
    let graph = try Architecture(
      name: "constant", inputs: [(name: "u", width: 1)],
      nodes: ["b", "y1", "y2"].map { Node(name: $0, width: 1, activation: .identity) },
      connections: [Connection(from: "b", to: "y1"), Connection(from: "y1", to: "y2")], outputs: ["y1", "y2"])
    let timing = try TimingAnalysis(graph, .diffusion(graph, Reading(slope: .drive, error: .closed)))
    #expect(!timing.edges[0].reachesNoOutput && timing.edges[0].errorLags.isEmpty)
    #expect(try NetworkDecision(timing).decide([0])[0].verdict != .exact)
  }

  @Test func versionsOfPipeDreamWithoutStash() throws {
    let chain = try Architecture(
      name: "pd", inputs: [(name: "u", width: 1)],
      nodes: ["h1", "h2", "h3"].map { Node(name: $0, width: 1, activation: .quadratic) },
      connections: [("u", "h1"), ("h1", "h2"), ("h2", "h3")].map { Connection(from: $0.0, to: $0.1) }, outputs: ["h3"])
    let timing = try TimingAnalysis(chain, .pipeDream(chain, weights: .current))
    let decisions = try NetworkDecision(timing).decide([0, 1, 2])
    #expect(decisions.map(\.verdict) == [.refuted, .exact, .exact])
    #expect(decisions[0].witness?.learning != nil)
    #expect(decisions[1].versions == .mixture([(edge: 0, age: 2), (edge: 1, age: 1), (edge: 2, age: 1)]))
    let vertical = try TimingAnalysis(chain, .pipeDream(chain, weights: .vertical))
    #expect(try NetworkDecision(vertical).decide([0, 1, 2]).allSatisfy { $0.versions == .one })
    let stashed = try TimingAnalysis(chain, .pipeDream(chain))
    #expect(try NetworkDecision(stashed).decide([0, 1, 2]).allSatisfy { $0.verdict == .exact })
  }

  /// A theorem is named only where its hypotheses hold: it asks its lags of every node with an edge out of it, and a dead end
  /// has none.
  @Test func noTheoremIsNamedAboveADeadEnd() throws {
    func reason(_ edges: [(String, String)]) throws -> String {
      let names = Set(edges.map(\.1)).sorted()
      let graph = try Architecture(
        name: "dead end", inputs: [(name: "u", width: 1)],
        nodes: names.map { Node(name: $0, width: 1, activation: .square) },
        connections: edges.map { Connection(from: $0.0, to: $0.1) }, outputs: ["y"])
      let timing = try TimingAnalysis(graph, .diffusion(graph, Reading(slope: .drive)))
      let middle = try #require(graph.edgeIndex(named: "h1->h2"))
      let decision = try NetworkDecision(timing).decide([middle])[0]
      #expect(decision.verdict == .exact)
      return decision.decidedBy
    }
    let chain = [("u", "h1"), ("h1", "h2"), ("h2", "y")]
    #expect(try reason(chain).contains("synchronous_edge_exact"))
    #expect(try !reason(chain + [("h2", "a"), ("a", "z")]).contains("synchronous_edge_exact"))
  }

  /// Beyond the ends of a stream there are output times, too: a witness differs from the gradients of all of them.
  @Test func outputTimesBeyondTheEndsCount() throws {
    let weight = LinearMap(Matrix(rows: 1, columns: 1, elements: [1 as Rational]))
    let network = try Network(
      Architecture(
        name: "one", inputs: [(name: "u", width: 1)], nodes: [Node(name: "y", width: 1, activation: .identity)],
        connections: [Connection(from: "u", to: "y", weight: weight)], outputs: ["y"]))
    let schedule = try Schedule.generalizedLatentEquilibriumEuler(network.architecture)
    let timing = try TimingAnalysis(network.architecture, schedule)
    for seed in 1...20 {
      var search = try SenseDecision(timing, .outputTime)
      search.seed = UInt64(seed)
      let witness = try #require(try search.decide(network.architecture.single([0]))[0].witness)
      // x(τ) is the input of tick τ − 1 or τ; every pair of neighbours, and the frames that stand still at both ends.
      let stream = witness.stream
      let far = 8
      func held(_ rows: [Vector<Rational>]) -> [Vector<Rational>] {
        .init(repeating: rows[0], count: far) + rows + .init(repeating: rows[rows.count - 1], count: far)
      }
      let frames = Frames<Rational>(
        FrameStream(uncheckedInputs: stream.inputs.map(held), targets: stream.targets.map(held)), in: ExactContext())
      let outputs = try OutputTimeNetwork(network, schedule)
      for time in (far / 2)..<(stream.ticks + far + far / 2) {
        let gradient = try outputs.gradients(at: time, of: frames, in: ExactContext())[0]
        #expect(witness.update != [[.exact(gradient[0, 0])]], "seed \(seed), output time \(time - far)")
      }
    }
  }
}
