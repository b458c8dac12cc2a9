/// The shape of a network before it has widths, activations and weights: nodes, links and delays.
///
/// Nodes are numbered, inputs first, and every link leads to a higher number. Whatever a generator of this module
/// makes is free of dead parts: every node can be reached from an input, and reaches an output.
public struct GraphPlan: Sendable, Hashable {
  /// A link between two nodes.
  public struct Link: Sendable, Hashable {
    /// The node where it starts.
    public var source: Int
    /// The node where it ends.
    public var target: Int
    /// Ticks on the way forward, at least 1.
    public var delay: Int
    /// Ticks on the way back, at least 1.
    public var backwardDelay: Int
    /// Whether its weight is the identity, as on the skip connection of a residual block.
    public var isIdentity = false
  }

  /// How many nodes there are, inputs among them.
  public internal(set) var nodeCount: Int
  /// How many of them are inputs.
  public internal(set) var inputCount: Int
  /// The links, in the order of the edges of the network.
  public internal(set) var links: [Link]
  /// Nodes that others read, and that are outputs all the same.
  public internal(set) var taps: Set<Int> = []

  init(nodeCount: Int, inputCount: Int, links: [Link] = []) {
    self.nodeCount = nodeCount
    self.inputCount = inputCount
    self.links = links
  }

  /// The nodes, inputs apart, from which no link starts, and the taps.
  public var outputs: [Int] {
    let sources = Set(links.map(\.source))
    return (inputCount..<nodeCount).filter { !sources.contains($0) || taps.contains($0) }
  }

  /// Per node, the least and the greatest delay of a path from an input; nil where there is none.
  public var arrivals: [ClosedRange<Int>?] {
    var arrivals = [ClosedRange<Int>?](repeating: nil, count: nodeCount)
    for input in 0..<inputCount { arrivals[input] = 0...0 }
    for link in links.sorted(by: { $0.target < $1.target }) {
      guard let start = arrivals[link.source] else { continue }
      let (low, high) = (start.lowerBound + link.delay, start.upperBound + link.delay)
      let known = arrivals[link.target] ?? low...high
      arrivals[link.target] = min(low, known.lowerBound)...max(high, known.upperBound)
    }
    return arrivals
  }

  /// Whether all paths from the inputs to any one node have the same delay.
  public var isForwardBalanced: Bool {
    arrivals.allSatisfy { $0.map { $0.lowerBound == $0.upperBound } ?? true }
  }

  /// A name for each node: `u` or `u0`, `u1`, … for inputs, `y` or `y0`, … for outputs, `h1`, `h2`, … between.
  public var names: [String] {
    let outputs = outputs
    var hidden = 0
    return (0..<nodeCount).map { node in
      if node < inputCount { return inputCount == 1 ? "u" : "u\(node)" }
      if let index = outputs.firstIndex(of: node) { return outputs.count == 1 ? "y" : "y\(index)" }
      hidden += 1
      return "h\(hidden)"
    }
  }
}
