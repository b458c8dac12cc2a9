import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// What is synchronous at once without registers, against the calculus run at every wait.
@Suite struct OpenCutTests {
  @Test func groupsAreWhatTheCalculusFinds() throws {
    let graphs = Generator<Architecture>.architecture(
      .oneOf([.levelled(levels: 1...4), .anyGraph(size: 6, delays: 1...2), .chain(depth: 1...6)]),
      activations: .just(.tanh))
    var counts = (cuts: 0, partial: 0)
    try requireProperty("open cuts", graphs, cases: 200) { architecture in
      let latencies = Schedule.diffusionLatencies(architecture, error: .closed)
      let cuts = try OpenCut.all(architecture, latencies)
      for wait in 0...20 {
        var schedule = try Schedule.diffusion(architecture)
        for output in architecture.outputs {
          schedule.targetLag[output] = wait
          schedule.waveFrameLag[output] = wait
        }
        let expected = try TimingAnalysis(architecture, schedule).synchronous.map(\.edge)
        try demandEqual(cuts.first { $0.wait == wait }?.edges ?? [], expected)
      }
      for cut in cuts {
        let passes = Self.passes(architecture, Set(cut.edges))
        try demand(passes.allSatisfy { $0 <= 1 }, "two synchronous edges on one path")
        try demandEqual(cut.isCut, passes.allSatisfy { $0 == 1 })
        if cut.isCut { counts.cuts += 1 } else { counts.partial += 1 }
      }
    }
    #expect(counts.cuts > 100 && counts.partial > 50, "\(counts)")
  }

  /// Per path from an input to an output, how many of the edges it passes.
  private static func passes(_ architecture: Architecture, _ edges: Set<Int>) -> [Int] {
    func below(_ node: Int) -> [Int] {
      (architecture.isOutput(node) ? [0] : [])
        + architecture.outgoing[node].flatMap { edge in
          below(architecture.edges[edge].target).map { $0 + (edges.contains(edge) ? 1 : 0) }
        }
    }
    return (0..<architecture.inputCount).flatMap(below)
  }

  /// On a chain of L layers an error that waits q ticks makes layer (L + 1 + q)/2 synchronous, a cut of its own.
  @Test(arguments: 1...8)
  func chains(depth: Int) throws {
    let chain = try ExampleGraphs.chain([Int](repeating: 1, count: depth + 1))
    let cuts = try OpenCut.all(chain, .diffusionLatencies(chain, error: .open))
    #expect(cuts.map(\.wait) == (0...(depth - 1)).filter { ($0 + depth + 1) % 2 == 0 })
    #expect(cuts.allSatisfy { $0.isCut && $0.edges == [($0.wait + depth + 1) / 2 - 1] })
  }
}
