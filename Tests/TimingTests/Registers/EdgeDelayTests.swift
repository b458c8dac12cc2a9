import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Synchrony by delays on edges alone, against the graph of arrivals.
@Suite struct EdgeDelayTests {
  private func repair(_ architecture: Architecture, _ chosen: [Int]) -> EdgeDelayRepair {
    EdgeDelayRepair(architecture, .diffusionLatencies(architecture, error: .open), edges: chosen)
  }

  /// The graph on the lags of x and δ with arcs x_u → x_v, δ_v → δ_u, and x_u and δ_v of a chosen edge one vertex, is
  /// acyclic: the criterion, by depth-first search.
  private static func isAcyclic(_ architecture: Architecture, _ chosen: [Int]) -> Bool {
    let nodes = architecture.nodes.count
    var name = Array(0..<(2 * nodes))
    func find(_ vertex: Int) -> Int { name[vertex] == vertex ? vertex : find(name[vertex]) }
    for edge in chosen {
      name[find(architecture.edges[edge].source)] = find(nodes + architecture.edges[edge].target)
    }
    var arcs = [[Int]](repeating: [], count: 2 * nodes)
    for edge in architecture.edges {
      arcs[find(edge.source)].append(find(edge.target))
      arcs[find(nodes + edge.target)].append(find(nodes + edge.source))
    }
    var state = [Int](repeating: 0, count: 2 * nodes)
    func closesNone(_ vertex: Int) -> Bool {
      if state[vertex] != 0 { return state[vertex] == 2 }
      state[vertex] = 1
      defer { state[vertex] = 2 }
      return arcs[vertex].allSatisfy(closesNone)
    }
    return arcs.indices.allSatisfy(closesNone)
  }

  /// No chosen edge (u, v) precedes another (u′, v′) in the sense u ⇝ u′ and v ⇝ v′.
  private static func isAntichain(_ architecture: Architecture, _ chosen: [Int]) -> Bool {
    func reaches(_ start: Int, _ end: Int) -> Bool {
      start == end || architecture.outgoing[start].contains { reaches(architecture.edges[$0].target, end) }
    }
    return chosen.allSatisfy { first in
      chosen.allSatisfy { second in
        let (one, two) = (architecture.edges[first], architecture.edges[second])
        return (one.source, one.target) == (two.source, two.target)
          || !(reaches(one.source, two.source) && reaches(one.target, two.target))
      }
    }
  }

  @Test func decisionIsThatOfTheGraph() throws {
    let cases = Generator<(GraphPlan, Int)>.tuple(.anyGraph(size: 6), .integer(in: 1...0xFFFF))
    var counts = (possible: 0, several: 0, impossible: 0)
    try requireProperty("edge delays", cases, cases: 400) { plan, subset in
      let architecture = try #require(
        Generator<Architecture>.architecture(.just(plan), activations: .just(.identity)).sample(seed: 1))
      let chosen = architecture.edges.indices.filter { subset >> ($0 % 16) & 3 == 1 }
      let isAcyclic = Self.isAcyclic(architecture, chosen)
      // Comparable edges always close a cycle; the converse fails, below.
      try demand(!isAcyclic || Self.isAntichain(architecture, chosen))
      switch repair(architecture, chosen) {
      case .possible:
        try demand(isAcyclic, "\(chosen) close a cycle")
        counts.possible += 1
        if chosen.count > 1 { counts.several += 1 }
      case .impossible(let obstacle):
        try demand(!isAcyclic && obstacle.excess > 0, "\(chosen) close no cycle")
        counts.impossible += 1
      }
    }
    #expect(counts.possible > 50 && counts.several > 20 && counts.impossible > 50)
  }

  /// Four edges, no two of them comparable, that delays on edges cannot make synchronous: being an antichain is not
  /// enough. Each waits for the next: u1 before u2, v3 before v2, u3 before u4, v1 before v4.
  @Test func antichainsAreNotEnough() throws {
    let names = ["u1", "u3"]
    let others = ["u2", "u4", "v1", "v2", "v3", "v4"]
    let architecture = try Architecture(
      name: "ring", inputs: names.map { (name: $0, width: 1) },
      nodes: others.map { Node(name: $0, width: 1, activation: .identity) },
      connections: [
        ("u1", "v1"), ("u2", "v2"), ("u3", "v3"), ("u4", "v4"), ("u1", "u2"), ("v3", "v2"), ("u3", "u4"), ("v1", "v4"),
      ].map { Connection(from: $0.0, to: $0.1) }, outputs: ["v2", "v4"])
    #expect(Self.isAntichain(architecture, [0, 1, 2, 3]))
    guard case .impossible(let obstacle) = repair(architecture, [0, 1, 2, 3]) else {
      Issue.record("the four edges cannot be synchronous at once")
      return
    }
    #expect(obstacle.excess == 4)
    for left in 0..<4 { #expect(repair(architecture, (0..<4).filter { $0 != left }) == .possible) }
  }

  /// A chain: exactly one layer at a time.
  @Test func chains() throws {
    let chain = try ExampleGraphs.chain([1, 1, 1, 1, 1])
    for first in 0..<4 {
      #expect(repair(chain, [first]) == .possible)
      for second in 0..<first { #expect(repair(chain, [first, second]) != .possible) }
    }
  }
}
