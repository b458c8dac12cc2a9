import PropertyTesting
import Testing

@Suite struct GraphPlanTests {
  static let kinds: [(name: String, graphs: Generator<GraphPlan>)] = [
    ("chain", .chain(depth: 1...6, delays: 1...3, backwardDelays: 1...3)),
    ("any", .directedAcyclic(nodes: 1...7, inputs: 1...3, delays: 1...4, backwardDelays: 1...4)),
    ("unbalanced", .unbalanced(nodes: 2...6, inputs: 1...2, delays: 1...3)),
    ("levelled", .levelled(levels: 1...4, inputs: 1...3, delays: 1...3, backwardDelays: 1...3)),
    ("residual", .residual(blocks: 1...3, delays: 1...2)),
    ("multi-edge", .multiEdge(.levelled(levels: 1...3))),
    ("every kind", .anyGraph()),
  ]

  @Test(arguments: kinds.indices)
  func noPartIsDead(kind: Int) {
    for plan in samples(GraphPlanTests.kinds[kind].graphs, count: 3_000) {
      #expect(plan.arrivals.allSatisfy { $0 != nil })
      #expect(!plan.outputs.isEmpty)
      #expect(plan.links.allSatisfy { $0.source < $0.target && $0.target >= plan.inputCount })
      #expect(plan.links.allSatisfy { $0.delay >= 1 && $0.backwardDelay >= 1 })
      let sources = Set(plan.links.map(\.source))
      #expect((0..<plan.inputCount).allSatisfy { sources.contains($0) })
      #expect(Set(plan.names).count == plan.nodeCount)
    }
  }

  @Test func unbalancedGraphsAreUnbalanced() {
    for graphs in [
      Generator<GraphPlan>.unbalanced(nodes: 2...2), .unbalanced(nodes: 2...6, inputs: 1...3, delays: 1...3),
      .residual(blocks: 1...3),
    ] {
      #expect(samples(graphs, count: 3_000).allSatisfy { !$0.isForwardBalanced })
    }
  }

  @Test func levelledGraphsAreBalancedInBothDirections() {
    let graphs = Generator<GraphPlan>.levelled(levels: 1...4, inputs: 1...2, delays: 1...3, backwardDelays: 1...3)
    for plan in samples(graphs, count: 3_000) {
      #expect(plan.isForwardBalanced)
      var backward = [Set<Int>](repeating: [], count: plan.nodeCount)
      for output in plan.outputs { backward[output] = [0] }
      for link in plan.links.sorted(by: { $0.source > $1.source }) {
        backward[link.source].formUnion(backward[link.target].map { $0 + link.backwardDelay })
      }
      #expect(backward.allSatisfy { $0.count == 1 })
    }
  }

  @Test func chainsAreChains() {
    for plan in samples(.chain(depth: 2...5)) {
      #expect(plan.links.count == plan.nodeCount - 1)
      #expect((2...5).contains(plan.links.count))
      #expect(plan.links.enumerated().allSatisfy { $1.source == $0 && $1.target == $0 + 1 && $1.delay == 1 })
    }
  }

  @Test func multiEdgeGraphsHaveASlowerTwin() {
    for plan in samples(.multiEdge(.chain(depth: 1...3))) {
      let pairs = Dictionary(grouping: plan.links) { [$0.source, $0.target] }
      #expect(pairs.values.contains { $0.count > 1 && Set($0.map(\.delay)).count > 1 })
    }
  }

  @Test func residualGraphsHaveAnIdentityAcrossEachBlock() {
    for plan in samples(.residual(blocks: 2...3)) {
      let skips = plan.links.filter(\.isIdentity)
      #expect((2...3).contains(skips.count))
      #expect(skips.allSatisfy { $0.target - $0.source >= 2 })
    }
  }

  @Test func theSmallestSkip() {
    let graphs = Generator<GraphPlan>.directedAcyclic(nodes: 1...8, inputs: 1...2, delays: 1...1)
    let found = (UInt64(0)..<20).map { seed in
      checkProperty("balanced", graphs, seed: seed) { try demand($0.isForwardBalanced) }.counterexample?.value
    }
    #expect(Set(found).count == 1)
    #expect(found.first??.nodeCount == 3)
    #expect(found.first??.links.map { [$0.source, $0.target] } == [[0, 1], [0, 2], [1, 2]])
  }
}
