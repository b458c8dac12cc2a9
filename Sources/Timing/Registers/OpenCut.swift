import Networks
import Waves

/// Edges that are synchronous at once with no register at all, when the error of each frame is injected so many ticks
/// after the frame: the best that is possible without registers.
///
/// Only in an open loop, with σ′ constant or of the wave's own frame: an edge (u, v) is synchronous where all input→u
/// delays are one number F, all v→output delays one number B, and the injection waits F − B ≥ 0 ticks. A path has at most
/// one such edge. In a closed loop the wait is the round trip and no edge is (docs/theory.md).
public struct OpenCut: Sendable, Hashable {
  /// Ticks from a frame to the injection of its error.
  public let wait: Int
  /// Edge indices, ascending.
  public let edges: [Int]
  /// Every path from an input to an output passes one of the edges.
  public let isCut: Bool

  /// All of them, by the wait.
  ///
  /// - Throws: `NetworkError` naming a cycle.
  public static func all(_ architecture: Architecture, _ latencies: Schedule) throws(NetworkError) -> [OpenCut] {
    var open = latencies
    open.errorSource = .open
    open.slopeSource = .frameConsistent
    open.targetLag = [Int](repeating: 0, count: architecture.nodes.count)
    open.waveFrameLag = open.targetLag
    open.inputMemory = [Int](repeating: 0, count: architecture.edges.count)
    open.errorMemory = open.inputMemory
    let timing = try TimingAnalysis(architecture, open)
    var groups: [Int: [Int]] = [:]
    for edge in timing.edges {
      guard let mismatch = edge.mismatch, mismatch <= 0 else { continue }
      groups[-mismatch, default: []].append(edge.edge)
    }
    return groups.keys.sorted().map { wait in
      let edges = groups[wait] ?? []
      return OpenCut(wait: wait, edges: edges, isCut: separates(edges, architecture))
    }
  }

  private static func separates(_ edges: [Int], _ architecture: Architecture) -> Bool {
    let removed = Set(edges)
    var seen = [Bool](repeating: false, count: architecture.nodes.count)
    var open = Array(0..<architecture.inputCount)
    while let node = open.popLast() {
      guard !seen[node] else { continue }
      seen[node] = true
      open += architecture.outgoing[node].filter { !removed.contains($0) }.map { architecture.edges[$0].target }
    }
    return architecture.outputs.allSatisfy { !seen[$0] }
  }
}
