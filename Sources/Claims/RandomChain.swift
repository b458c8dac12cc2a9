import ErrorBounds
import ExactArithmetic
import Networks

/// A chain with random weights that are exact dyadic numbers, the same on every machine.
///
/// Layers are drawn first to last from SplitMix64 at `seed`; of each layer the weights row by row, then the biases. A draw
/// r gives k = r mod 512 in −256…−1, 1…256; a weight is k/2⁸ · 2^−h with h = ⌊log₄ of its fan-in⌋, a bias k/2¹⁰. So
/// weights stay about 1/√fan-in, no weight is zero, and chains of one seed that differ only in σ have the same weights.
public struct RandomChain: Sendable, Hashable {
  /// Number of layers of weights, at least 1.
  public let depth: Int
  public let inputs: Int
  /// Units of every layer between the input and the output.
  public let width: Int
  public let outputs: Int
  public let activation: Activation
  /// σ of the last layer.
  public let outputActivation: Activation
  public let seed: UInt64

  public init(
    depth: Int, inputs: Int, width: Int, outputs: Int, activation: Activation,
    outputActivation: Activation = .identity, seed: UInt64
  ) {
    self.depth = depth
    self.inputs = inputs
    self.width = width
    self.outputs = outputs
    self.activation = activation
    self.outputActivation = outputActivation
    self.seed = seed
  }

  /// `tanh-L5-n2-w4-o2-s1`.
  public var name: String { "\(activation)-L\(depth)-n\(inputs)-w\(width)-o\(outputs)-s\(seed)" }

  /// Input `u`, layers `h1`…, output `y`.
  public func network() throws(NetworkError) -> Network {
    guard depth >= 1, inputs >= 1, width >= 1, outputs >= 1 else {
      throw NetworkError("a chain of depth \(depth) and widths \(inputs), \(width), \(outputs); all are at least 1")
    }
    var generator = SplitMix(state: seed)
    func draw() -> Rational {
      let number = Int(generator.next() % 512) - 256
      return Rational(number < 0 ? number : number + 1)
    }
    var nodes: [Node] = []
    var connections: [Connection] = []
    var (source, columns) = ("u", inputs)
    for layer in 1...depth {
      let isLast = layer == depth
      let (target, rows) = isLast ? ("y", outputs) : ("h\(layer)", width)
      let scale = Integer(2).power(8 + Self.halvings(fanIn: columns))
      let weight = Matrix(
        rows: rows, columns: columns,
        elements: (0..<(rows * columns)).map { _ in draw() * Rational(Integer(1), over: scale) })
      let bias = Vector((0..<rows).map { _ in draw() * Rational(1, over: 1_024) })
      nodes.append(
        Node(name: target, width: rows, activation: isLast ? outputActivation : activation, bias: bias))
      connections.append(Connection(from: source, to: target, weight: LinearMap(weight)))
      (source, columns) = (target, rows)
    }
    return try Network(
      Architecture(
        name: name, inputs: [(name: "u", width: inputs)], nodes: nodes, connections: connections, outputs: ["y"]))
  }

  /// ⌊log₄ n⌋.
  private static func halvings(fanIn: Int) -> Int { (Int.bitWidth - fanIn.leadingZeroBitCount - 1) / 2 }
}
