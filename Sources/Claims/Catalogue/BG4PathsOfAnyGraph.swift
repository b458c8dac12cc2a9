import Networks
import Timing
import Waves

extension PublishedClaim {
  static let pathsOfAnyGraph = PublishedClaim(
    id: "BG4", source: "section 2, first paragraph",
    statement:
      "On any directed acyclic graph of odd depth every path from input to output has a synchronized edge, as the "
      + "chain has.",
    hypotheses: ["DAG of unit delays, weights frozen", "error open", "slope frame-consistent", "no registers"]
  ) { setting in
    var parts: [ClaimPart] = []
    for count in 2...4 {
      var (balanced, failing, asked) = (0, [(GraphExample, [String])](), 0)
      for example in SmallGraphs.all(nodes: count) {
        let roads = try example.roads(setting)
        guard roads.timing.depth % 2 == 1 else { continue }
        asked += 1
        let path = openPath(roads.timing)
        if let path { failing.append((example, path)) } else { balanced += 1 }
      }
      let first = failing.first
      parts.append(
        ClaimPart(
          "\(count) nodes, odd depth", failing.isEmpty ? .proved : .refuted,
          "\(balanced) of \(asked) graphs have a synchronized edge on every path",
          witness: first.map { example, path in
            ClaimWitness(
              text:
                "\(example.picture): on the path \(path.joined(separator: " → ")) no edge is exact, by lags and by generic "
                + "exact runs")
          }))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "all graphs of up to 4 nodes: an edge is exact iff all paths from the input to it and from it to the output "
          + "have one length (theorem 9); every edge of every graph is run on generic weights, and the runs agree"
      ], witness: failed?.witness, parts: parts)
  }

  /// A path from the input to the output without a synchronized edge.
  private static func openPath(_ timing: TimingAnalysis) -> [String]? {
    let graph = timing.architecture
    var open: [[Int]] = [[0]]
    while let path = open.popLast() {
      guard let last = path.last else { continue }
      if graph.outputs.contains(last) { return path.map { graph.nodes[$0].name } }
      for edge in graph.outgoing[last] where !timing.edges[edge].isSynchronous {
        open.append(path + [graph.edges[edge].target])
      }
    }
    return nil
  }
}
