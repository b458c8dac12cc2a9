import Testing
import WaveProof

@Suite struct ReadmeTests {
  /// The eight lines of the README, with the results that it states.
  @Test func swiftExample() throws {
    let chain = try Architecture(
      name: "chain", inputs: [(name: "u", width: 2)],
      nodes: (1...5).map { Node(name: "h\($0)", width: 2, activation: .tanh) },
      connections: (1...5).map { Connection(from: $0 == 1 ? "u" : "h\($0 - 1)", to: "h\($0)") }, outputs: ["h5"])
    let open = try TimingAnalysis(chain, .diffusion(chain))
    #expect(open.synchronous.map(\.name) == ["h2->h3"])
    #expect(open.synchronous[0].delay == 2)
    #expect(try TimingAnalysis(chain, .diffusion(chain, Reading(error: .closed))).window == 9)
  }
}
