import Networks

/// Why no finite memory is exact on a cyclic graph: a loop whose round trip never ends.
///
/// Along the loop RT(u) = RT(v) + f + b + s, so that round trips take the values RT + k r for every k, r being the sum round
/// the loop; registers hold finitely many. Source: docs/theory.md, three senses; Schedule calculus, T-S0.
public struct LoopDelay: Sendable, Hashable {
  /// Nodes round the loop, the first one again at the end.
  public let nodes: [String]
  /// r: Σ (f + s + b) round the loop, in ticks; f + s is the delay of an edge.
  public let ticks: Int

  /// The loop of a cyclic graph under any schedule whose latencies are the edges' own delays; `nil` on a DAG.
  public init?(_ architecture: Architecture) {
    let loop = architecture.cycle()
    guard !loop.isEmpty else { return nil }
    var total = 0
    for (place, node) in loop.enumerated() {
      let next = loop[(place + 1) % loop.count]
      // Among parallel edges the fastest; any of them closes the loop.
      let hops = architecture.outgoing[node].filter { architecture.edges[$0].target == next }.map {
        architecture.edges[$0].delay + architecture.edges[$0].backwardDelay
      }
      total += hops.min() ?? 0
    }
    nodes = (loop + loop.prefix(1)).map { architecture.nodes[$0].name }
    ticks = total
  }
}
