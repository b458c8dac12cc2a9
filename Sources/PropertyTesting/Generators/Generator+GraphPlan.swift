extension Generator where Value == GraphPlan {
  /// Chains of `depth` links: every layer reads the one before it.
  public static func chain(
    depth: ClosedRange<Int>, delays: ClosedRange<Int> = 1...1, backwardDelays: ClosedRange<Int> = 1...1
  ) -> Generator {
    precondition(depth.lowerBound >= 1, "a chain has a link")
    let link = Generator<(Int, Int)>.tuple(.integer(in: delays), .integer(in: backwardDelays))
    return Generator<[(Int, Int)]>.array(of: link, count: depth).map { links in
      GraphPlan(
        nodeCount: links.count + 1, inputCount: 1,
        links: links.enumerated().map { .init(source: $0, target: $0 + 1, delay: $1.0, backwardDelay: $1.1) })
    }
  }

  /// Any graphs with `nodes` nodes besides the inputs: each node reads one to three earlier ones.
  ///
  /// An input that no node reads is read by the first node. Delays are drawn for each link alone.
  public static func directedAcyclic(
    nodes: ClosedRange<Int>, inputs: ClosedRange<Int> = 1...1, delays: ClosedRange<Int> = 1...1,
    backwardDelays: ClosedRange<Int> = 1...1
  ) -> Generator {
    precondition(nodes.lowerBound >= 1 && inputs.lowerBound >= 1, "a graph has an input and a node that reads it")
    let distances = Generator<[Int]>.array(of: .integer(in: 0...255), count: 1...3)
    return Generator { (source) throws(DiscardedCase) in
      let inputCount = try source.draw(.integer(in: inputs))
      let readings = try source.draw(.array(of: distances, count: nodes))
      var plan = GraphPlan(nodeCount: inputCount + readings.count, inputCount: inputCount)
      for (offset, reading) in readings.enumerated() {
        let node = inputCount + offset
        for source in Set(reading.map { node - 1 - $0 % node }).sorted() { plan.link(source, node) }
      }
      plan.linkIdleInputs()
      try plan.drawDelays(from: &source, forward: delays, backward: backwardDelays)
      return plan
    }
  }

  /// Graphs as those of ``directedAcyclic(nodes:inputs:delays:backwardDelays:)`` in which the paths from the inputs to
  /// some node differ in delay, whatever delays are drawn.
  ///
  /// - Precondition: At least two nodes besides the inputs; the smallest such graph is u → h → y with u → y.
  public static func unbalanced(
    nodes: ClosedRange<Int>, inputs: ClosedRange<Int> = 1...1, delays: ClosedRange<Int> = 1...1,
    backwardDelays: ClosedRange<Int> = 1...1
  ) -> Generator {
    precondition(nodes.lowerBound >= 2, "one node alone is balanced")
    return directedAcyclic(nodes: nodes, inputs: inputs, delays: delays, backwardDelays: backwardDelays).map { plan in
      var plan = plan
      if plan.isForwardBalanced {
        let (first, second) = (plan.inputCount, plan.inputCount + 1)
        let hop = plan.links.first { $0.target == first }.map { ($0.delay, $0.backwardDelay) } ?? (1, 1)
        if !plan.links.contains(where: { $0.source == first && $0.target == second }) {
          plan.link(first, second, delay: hop.0, backwardDelay: hop.1)
        }
        if plan.isForwardBalanced {
          let arrival = plan.arrivals[second]?.upperBound ?? 0
          plan.link(0, second, delay: hop.0 == arrival ? arrival + 1 : hop.0, backwardDelay: hop.1)
        }
      }
      return plan
    }
  }

  /// Levelled graphs: every link leads from one level to the next, the delays of a level's links agree, and all outputs
  /// are on the last level, so that all paths are equally long in either direction.
  public static func levelled(
    levels: ClosedRange<Int>, nodesPerLevel: ClosedRange<Int> = 1...3, inputs: ClosedRange<Int> = 1...1,
    delays: ClosedRange<Int> = 1...1, backwardDelays: ClosedRange<Int> = 1...1
  ) -> Generator {
    precondition(levels.lowerBound >= 1 && nodesPerLevel.lowerBound >= 1, "a level has a node")
    let reading = Generator<[Int]>.array(of: .integer(in: 0...255), count: 1...3)
    let level = Generator<(Int, Int, [[Int]])>.tuple(
      .integer(in: delays), .integer(in: backwardDelays), .array(of: reading, count: nodesPerLevel))
    return Generator { (source) throws(DiscardedCase) in
      let inputCount = try source.draw(.integer(in: inputs))
      var plan = GraphPlan(nodeCount: inputCount, inputCount: inputCount)
      var previous = 0..<inputCount
      for (delay, backwardDelay, readings) in try source.draw(.array(of: level, count: levels)) {
        let nodes = plan.nodeCount..<plan.nodeCount + readings.count
        for (node, reading) in zip(nodes, readings) {
          for source in Set(reading.map { previous.lowerBound + $0 % previous.count }).sorted() {
            plan.link(source, node, delay: delay, backwardDelay: backwardDelay)
          }
        }
        for source in previous where !plan.links.contains(where: { $0.source == source }) {
          plan.link(source, nodes.lowerBound, delay: delay, backwardDelay: backwardDelay)
        }
        plan.nodeCount = nodes.upperBound
        previous = nodes
      }
      return plan
    }
  }
}
