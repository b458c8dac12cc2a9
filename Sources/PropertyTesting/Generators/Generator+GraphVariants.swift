extension Generator where Value == GraphPlan {
  /// Residual networks: a first link, then blocks, each a chain of `body` links with an identity across it.
  ///
  /// The body of a block has at least two links, so the paths through a block differ in length.
  public static func residual(
    blocks: ClosedRange<Int>, body: ClosedRange<Int> = 2...3, delays: ClosedRange<Int> = 1...1,
    backwardDelays: ClosedRange<Int> = 1...1
  ) -> Generator {
    precondition(blocks.lowerBound >= 1 && body.lowerBound >= 2, "a block has a body of two links")
    return Generator { (source) throws(DiscardedCase) in
      var plan = GraphPlan(nodeCount: 2, inputCount: 1)
      plan.link(0, 1)
      var skips: [Int] = []
      for length in try source.draw(Generator<[Int]>.array(of: .integer(in: body), count: blocks)) {
        let start = plan.nodeCount - 1
        for node in start..<start + length { plan.link(node, node + 1) }
        plan.nodeCount += length
        skips.append(plan.links.count)
        plan.link(start, start + length)
      }
      try plan.drawDelays(from: &source, forward: delays, backward: backwardDelays)
      for skip in skips { plan.links[skip].isIdentity = true }
      return plan
    }
  }

  /// The given graphs with at least one link doubled, the twin being slower by `excess` ticks.
  public static func multiEdge(_ graphs: Generator, excess: ClosedRange<Int> = 1...3) -> Generator {
    precondition(excess.lowerBound >= 0, "a twin is not faster")
    let twin = Generator<(Int, Int)>.tuple(.integer(in: 0...255), .integer(in: excess))
    return Generator { (source) throws(DiscardedCase) in
      var plan = try source.draw(graphs)
      let originals = plan.links
      for (index, excess) in try source.draw(Generator<[(Int, Int)]>.array(of: twin, count: 1...3)) {
        var link = originals[index % originals.count]
        link.delay += excess
        link.isIdentity = false
        plan.links.append(link)
      }
      return plan
    }
  }

  /// Graphs of every kind, with delays from `delays`: chains first, then levelled, any, unbalanced, residual and those
  /// with double links.
  public static func anyGraph(
    size: Int = 5, delays: ClosedRange<Int> = 1...3, backwardDelays: ClosedRange<Int> = 1...3
  ) -> Generator {
    precondition(size >= 2, "a graph of every kind has two nodes")
    let any = directedAcyclic(nodes: 1...size, inputs: 1...2, delays: delays, backwardDelays: backwardDelays)
    return oneOf([
      chain(depth: 1...size, delays: delays, backwardDelays: backwardDelays),
      levelled(levels: 1...max(1, size / 2), inputs: 1...2, delays: delays, backwardDelays: backwardDelays),
      any,
      unbalanced(nodes: 2...size, inputs: 1...2, delays: delays, backwardDelays: backwardDelays),
      residual(blocks: 1...max(1, size / 3), delays: delays, backwardDelays: backwardDelays),
      multiEdge(any),
    ])
  }
}

extension GraphPlan {
  /// Appends a link.
  mutating func link(_ source: Int, _ target: Int, delay: Int = 1, backwardDelay: Int = 1) {
    links.append(Link(source: source, target: target, delay: delay, backwardDelay: backwardDelay))
  }

  /// Lets the first node read every input that no node reads.
  mutating func linkIdleInputs() {
    for input in 0..<inputCount where !links.contains(where: { $0.source == input }) { link(input, inputCount) }
  }

  /// Draws the delays of each link alone.
  mutating func drawDelays(
    from source: inout Source, forward: ClosedRange<Int>, backward: ClosedRange<Int>
  ) throws(DiscardedCase) {
    for index in links.indices {
      links[index].delay = try source.draw(.integer(in: forward))
      links[index].backwardDelay = try source.draw(.integer(in: backward))
    }
  }
}
