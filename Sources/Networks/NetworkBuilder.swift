import ExactArithmetic

/// A new architecture in a few lines: every layer names what it reads.
///
/// ```swift
/// var net = NetworkBuilder("skip")
/// let u = net.input("u", width: 2)
/// let h = net.layer("h", width: 3, .relu, reading: u)
/// net.layer("y", reading: h, u.delayed(2))
/// let skip = try net.architecture()          // outputs: what nothing reads
/// ```
///
/// Edges get weights by `weighted`, delays by `delayed`; `json()` of the result is the same model as a file. Cycles are
/// made by `connect`, after both nodes are there.
public struct NetworkBuilder: Sendable {
  /// What a node gives to a layer that reads it: over which weight, with which delays.
  public struct Wire: Sendable, Hashable {
    public let node: String
    public let width: Int
    var weight: LinearMap?
    var delay = 1
    var backwardDelay = 1

    /// The same wire over a weight, n_to × n_from.
    public func weighted(_ weight: LinearMap) -> Wire {
      var copy = self
      copy.weight = weight
      return copy
    }

    /// The same over a weight given row by row.
    public func weighted(_ rows: [[Rational]]) -> Wire {
      weighted(LinearMap(Matrix(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })))
    }

    /// The same wire, `delay` ticks long on the way forward and `backward` on the way back.
    public func delayed(_ delay: Int, backward: Int = 1) -> Wire {
      var copy = self
      copy.delay = delay
      copy.backwardDelay = backward
      return copy
    }
  }

  private let name: String
  private var inputs: [(name: String, width: Int)] = []
  private var nodes: [Node] = []
  private var connections: [Connection] = []

  public init(_ name: String) {
    self.name = name
  }

  /// An input of the network.
  @discardableResult
  public mutating func input(_ name: String, width: Int = 1) -> Wire {
    inputs.append((name: name, width: width))
    return Wire(node: name, width: width)
  }

  /// σ applied to the sum of what it reads and a bias.
  @discardableResult
  public mutating func layer(
    _ name: String, width: Int = 1, _ activation: Activation = .identity, bias: [Rational]? = nil,
    reading wires: Wire...
  ) -> Wire {
    layer(name, width: width, activation, bias: bias, reading: wires)
  }

  /// The same, reading a list of wires.
  @discardableResult
  public mutating func layer(
    _ name: String, width: Int = 1, _ activation: Activation = .identity, bias: [Rational]? = nil,
    reading wires: [Wire]
  ) -> Wire {
    nodes.append(Node(name: name, width: width, activation: activation, bias: bias.map { Vector($0) }))
    let made = Wire(node: name, width: width)
    for wire in wires { connect(wire, to: made) }
    return made
  }

  /// σ of the plain sum of wires of one width, as after a residual block: identity weights.
  @discardableResult
  public mutating func sum(_ name: String, _ activation: Activation = .identity, of wires: Wire...) -> Wire {
    layer(
      name, width: wires.first?.width ?? 1, activation, reading: wires.map { $0.weighted(.identity($0.width)) })
  }

  /// The wires one under the other: an identity block each into one node.
  @discardableResult
  public mutating func concatenation(
    _ name: String, _ activation: Activation = .identity, of wires: Wire...
  ) -> Wire {
    let width = wires.reduce(0) { $0 + $1.width }
    var start = 0
    let blocks = wires.map { wire in
      defer { start += wire.width }
      return wire.weighted(
        LinearMap(
          rows: width, columns: wire.width,
          entries: (0..<wire.width).map { (row: start + $0, column: $0, value: Rational.one) }))
    }
    return layer(name, width: width, activation, reading: blocks)
  }

  /// A connection more, into a node that is there already; it may close a cycle.
  public mutating func connect(_ wire: Wire, to node: Wire) {
    connections.append(
      Connection(
        from: wire.node, to: node.node, weight: wire.weight, delay: wire.delay, backwardDelay: wire.backwardDelay))
  }

  /// The architecture; without `outputs`, the nodes that nothing reads are the outputs.
  ///
  /// - Throws: `NetworkError` naming the node or connection that is wrong.
  public func architecture(outputs: Wire...) throws(NetworkError) -> Architecture {
    try architecture(outputs: outputs)
  }

  /// The network, when every wire has a weight.
  ///
  /// - Throws: as `architecture`, and for a missing weight or a cycle.
  public func network(outputs: Wire...) throws(NetworkError) -> Network {
    try Network(architecture(outputs: outputs))
  }

  private func architecture(outputs: [Wire]) throws(NetworkError) -> Architecture {
    let read = Set(connections.map { Name($0.from) })
    let free = nodes.map(\.name).filter { !read.contains(Name($0)) }
    return try Architecture(
      name: name, inputs: inputs, nodes: nodes, connections: connections,
      outputs: outputs.isEmpty ? free : outputs.map(\.node))
  }
}
