import ErrorBounds
import ExactArithmetic
import Networks

/// Networks with small weights on an architecture that has none: what a refutation for all weights is shown on.
enum SmallWeights {
  /// First one unit a node and weight 1 on every edge, then small whole weights on that unit, then on all units.
  ///
  /// Empty when an operator without values keeps the architecture from being run, or when there are too many weights to be
  /// written in a witness.
  static func networks(on architecture: Architecture, seed: UInt64) -> [Network] {
    guard weights(of: architecture) <= largestModel else { return [] }
    var generator = SplitMix(state: seed)
    var networks: [Network?] = [try? network(on: architecture) { row, column in row + column == 0 ? 1 : 0 }]
    for _ in 0..<3 {
      networks.append(
        try? network(on: architecture) { row, column in
          row + column == 0 ? Rational(Integer(Int(generator.next() % 4) + 1), over: 1) : 0
        })
    }
    if architecture.edges.allSatisfy({ size(of: $0, in: architecture) <= 4096 }) {
      for _ in 0..<6 {
        networks.append(
          try? network(on: architecture) { _, _ in Rational(Integer(Int(generator.next() % 5) - 2), over: 1) })
      }
    }
    return networks.compactMap { $0 }
  }

  /// The most weights of a model that a witness holds.
  static let largestModel = 1 << 20

  /// How many weights an architecture has room for; no more than the greatest integer.
  static func weights(of architecture: Architecture) -> Int {
    architecture.edges.reduce(0) { sum, edge in
      let (product, isTooLarge) = architecture.nodes[edge.target].width
        .multipliedReportingOverflow(by: architecture.nodes[edge.source].width)
      let (total, overflows) = sum.addingReportingOverflow(product)
      return isTooLarge || overflows ? Int.max : total
    }
  }

  private static func size(of edge: Edge, in architecture: Architecture) -> Int {
    architecture.nodes[edge.target].width * architecture.nodes[edge.source].width
  }

  private static func network(
    on architecture: Architecture, weight: (_ row: Int, _ column: Int) -> Rational
  ) throws(NetworkError) -> Network {
    var connections: [Connection] = []
    // Edges that share a weight get the same one.
    var shared: [Name: LinearMap] = [:]
    for edge in architecture.edges {
      let name = edge.shared.map(Name.init)
      let rows = architecture.nodes[edge.target].width
      let columns = architecture.nodes[edge.source].width
      var entries: [(row: Int, column: Int, value: Rational)] = []
      for place in 0..<(size(of: edge, in: architecture) <= 4096 ? rows * columns : 1) {
        let value = weight(place / columns, place % columns)
        if !value.isZero { entries.append((row: place / columns, column: place % columns, value: value)) }
      }
      let map = name.flatMap { shared[$0] } ?? LinearMap(rows: rows, columns: columns, entries: entries)
      if let name { shared[name] = map }
      connections.append(
        Connection(
          from: architecture.nodes[edge.source].name, to: architecture.nodes[edge.target].name, weight: map,
          delay: edge.delay, backwardDelay: edge.backwardDelay, shared: edge.shared))
    }
    let inputs = architecture.nodes[..<architecture.inputCount].map { (name: $0.name, width: $0.width) }
    return try Network(
      Architecture(
        name: architecture.name, inputs: inputs, nodes: Array(architecture.nodes[architecture.inputCount...]),
        connections: connections, outputs: architecture.outputs.map { architecture.nodes[$0].name }))
  }
}
