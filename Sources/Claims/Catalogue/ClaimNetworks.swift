import ErrorBounds
import ExactArithmetic
import Networks

/// The networks that claims are decided on.
enum ClaimNetworks {
  /// A chain for the calculus: no weights, and a σ of which nothing is known, so that lags hold for every one.
  static func anyChain(depth: Int) throws(NetworkError) -> Architecture {
    try chain(depth: depth, width: 1, activation: .opaque("σ")) { _, _, _ in nil }
  }

  /// A chain of width 1 with weights 1 and without biases, as the theory's witnesses use.
  static func unitChain(_ activation: Activation, depth: Int) throws(NetworkError) -> Network {
    try Network(ReadingSurvey.chain(activation, depth: depth))
  }

  /// A chain of width 2, σ = a² + a, with distinct positive weights: there an update is strictly monotone in every frame
  /// that it reads (theorem 9), so that it shows every lag.
  static func genericChain(depth: Int) throws(NetworkError) -> Network {
    var generator = SplitMix(state: UInt64(depth))
    return try Network(
      chain(depth: depth, width: 2, activation: .quadratic) { _, rows, columns in
        positive(rows, columns, &generator)
      })
  }

  /// A chain of width 1, σ = a/(1 + |a|): σ′ is bounded and Lipschitz, and all numbers are rational.
  static func smoothChain(depth: Int) throws(NetworkError) -> Network {
    var generator = SplitMix(state: UInt64(depth))
    return try Network(
      chain(depth: depth, width: 1, activation: .softsign) { _, rows, columns in
        positive(rows, columns, &generator)
      })
  }

  /// Frames at corners of a box round the only frame of a stream, targets as there.
  static func stream(round middle: FrameStream, radius: Rational, ticks: Int) -> FrameStream {
    var generator = SplitMix(state: UInt64(ticks))
    return FrameStream(
      uncheckedInputs: middle.inputs.map { series in
        (0..<ticks).map { _ in
          Vector(series[0].elements.map { generator.next() & 1 == 0 ? $0 - radius : $0 + radius })
        }
      },
      targets: middle.targets.map { series in (0..<ticks).map { _ in series[0] } })
  }

  /// The same on any graph: a node per name, σ = a² + a but the weights' places as given by the edges.
  static func genericGraph(
    name: String, nodes: [String], edges: [(from: String, to: String)], width: Int = 2
  ) throws(NetworkError) -> Network {
    var generator = SplitMix(state: UInt64(edges.count))
    return try Network(
      graph(name: name, nodes: nodes, edges: edges, width: width, activation: .quadratic) {
        positive(width, width, &generator)
      })
  }

  /// A graph with input `x` and the last node as output.
  static func graph(
    name: String, nodes: [String], edges: [(from: String, to: String)], width: Int, activation: Activation,
    weight: () -> LinearMap?
  ) throws(NetworkError) -> Architecture {
    try Architecture(
      name: name, inputs: [(name: "x", width: width)],
      nodes: nodes.map { Node(name: $0, width: width, activation: activation) },
      connections: edges.map { Connection(from: $0.from, to: $0.to, weight: weight()) },
      outputs: nodes.last.map { [$0] } ?? [])
  }

  /// Distinct positive frames and negative targets: every residual is positive.
  static func genericStream(_ network: Network, ticks: Int, period: Int? = nil) -> FrameStream {
    var generator = SplitMix(state: UInt64(ticks))
    func series(_ nodes: [Node], sign: Int) -> [[Vector<Rational>]] {
      nodes.map { node in
        let rows = (0..<ticks).map { tick in
          Vector((0..<node.width).map { _ in Rational(sign * (2 * tick + 1 + Int(generator.next() % 2))) })
        }
        return (0..<ticks).map { tick in rows[period.map { tick % $0 } ?? tick] }
      }
    }
    let architecture = network.architecture
    return FrameStream(
      uncheckedInputs: series(Array(architecture.nodes[..<architecture.inputCount]), sign: 1),
      targets: series(architecture.outputs.map { architecture.nodes[$0] }, sign: -1))
  }

  /// A stream of single numbers with one constant target.
  static func stream(_ inputs: [Rational], target: Rational) -> FrameStream {
    FrameStream(uncheckedInputs: [inputs.map { Vector([$0]) }], targets: [inputs.map { _ in Vector([target]) }])
  }

  private static func positive(_ rows: Int, _ columns: Int, _ generator: inout SplitMix) -> LinearMap {
    LinearMap(
      Matrix(
        rows: rows, columns: columns,
        elements: (0..<(rows * columns)).map { _ in Rational(Int(generator.next() % 3) + 1) }))
  }

  private static func chain(
    depth: Int, width: Int, activation: Activation, weight: (Int, Int, Int) -> LinearMap?
  ) throws(NetworkError) -> Architecture {
    try Architecture(
      name: "chain-\(depth)", inputs: [(name: "layer0", width: width)],
      nodes: (1...depth).map { Node(name: "layer\($0)", width: width, activation: activation) },
      connections: (1...depth).map {
        Connection(from: "layer\($0 - 1)", to: "layer\($0)", weight: weight($0, width, width))
      }, outputs: ["layer\(depth)"])
  }
}
