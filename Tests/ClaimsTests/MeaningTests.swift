import Claims
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
    #expect(try NetworkDecision(timing).decide([0, 1, 2]).map(\.verdict) == [.bounded, .exact, .exact])
    let stashed = try TimingAnalysis(chain, .pipeDream(chain))
    #expect(try NetworkDecision(stashed).decide([0, 1, 2]).allSatisfy { $0.verdict == .exact })
  }
}
