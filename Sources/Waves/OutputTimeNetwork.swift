import ExactArithmetic
import Networks

/// What the outputs of one tick really compute: the network unrolled over the frames that they mix, as a static network.
///
/// Where forward paths differ in length, x_o(τ) is the static activity of no frame, but a function of several. The loss of
/// output time τ is ½ Σ_o |x_o(τ) − y_o(τ + n_o − q_o)|², each output with the target that its error is formed with; its
/// gradient is that of the unrolled network, summed over the copies of each weight (backpropagation through time, exact).
/// Source: docs/theory.md, three senses.
public struct OutputTimeNetwork: Sendable {
  public let network: Network
  public let schedule: Schedule
  /// The unrolled network: its inputs are (input, ticks before τ), its outputs those of τ.
  public let unrolled: Network
  /// Input and ticks before τ, per input of the unrolled network.
  private let inputs: [(node: Int, age: Int)]
  /// The edge that each edge of the unrolled network is a copy of.
  private let copies: [Int]

  /// - Complexity: the number of (node, tick) pairs that the outputs depend on, times their degrees.
  /// - Throws: `NetworkError` when the schedule has an open error, which comes from no output.
  public init(_ network: Network, _ schedule: Schedule) throws(NetworkError) {
    guard schedule.errorSource == .closed else {
      _ = try RoundTrip(network.architecture, schedule)
      throw NetworkError("an open error comes from no output")
    }
    self.network = network
    self.schedule = schedule
    let architecture = network.architecture
    var reached = [Set<Int>](repeating: [], count: architecture.nodes.count)
    for output in architecture.outputs { reached[output].insert(0) }
    for node in network.order.reversed() {
      for edge in architecture.incoming[node] {
        let latency = schedule.activationDelay[node] + schedule.forwardLatency[edge]
        reached[architecture.edges[edge].source].formUnion(reached[node].map { $0 + latency })
      }
    }
    func name(_ node: Int, _ age: Int) -> String { "\(architecture.nodes[node].name)@\(age)" }
    var inputs: [(node: Int, age: Int)] = []
    var nodes: [Node] = []
    var connections: [Connection] = []
    var copies: [Int] = []
    for node in network.order {
      let entry = architecture.nodes[node]
      for age in reached[node].sorted() {
        if entry.isInput {
          inputs.append((node, age))
          continue
        }
        nodes.append(
          Node(name: name(node, age), width: entry.width, activation: entry.activation, bias: entry.bias))
        for edge in architecture.incoming[node] {
          let source = architecture.edges[edge].source
          let latency = schedule.activationDelay[node] + schedule.forwardLatency[edge]
          connections.append(
            Connection(from: name(source, age + latency), to: name(node, age), weight: network.weights[edge]))
          copies.append(edge)
        }
      }
    }
    self.inputs = inputs
    self.copies = copies
    unrolled = try Network(
      Architecture(
        name: architecture.name + " unrolled",
        inputs: inputs.map { (name: name($0.node, $0.age), width: architecture.nodes[$0.node].width) }, nodes: nodes,
        connections: connections, outputs: architecture.outputs.map { name($0, 0) }))
  }

  /// The oldest frame that an output mixes, in ticks before its own.
  public var memory: Int { inputs.map(\.age).max() ?? 0 }

  /// The gradients of the loss of one output time with respect to every weight, n_v × n_u each.
  ///
  /// - Throws: `NetworkError` when the stream ends before a frame that is needed.
  public func gradients<S: NetworkScalar>(
    at time: Int, of frames: Frames<S>, in context: S.Context
  ) throws(NetworkError) -> [Matrix<S>] {
    let architecture = network.architecture
    let targetTimes = architecture.outputs.map { time + schedule.outputMemory[$0] - schedule.targetLag[$0] }
    let latest = max(time - (inputs.map(\.age).min() ?? 0), targetTimes.max() ?? 0)
    guard latest < frames.ticks else {
      throw NetworkError(
        "the stream has \(frames.ticks) ticks, but output time \(time) needs tick \(latest); give a longer stream")
    }
    let pass = StaticPass(
      unrolled, inputs: inputs.map { frames.inputs[$0.node][max(time - $0.age, 0)] },
      targets: targetTimes.enumerated().map { frames.target($0.offset, at: $0.element) }, in: context)
    var sums = [Matrix<S>?](repeating: nil, count: architecture.edges.count)
    for (copy, edge) in copies.enumerated() {
      let gradient = pass.gradient(of: unrolled.architecture.edges[copy])
      sums[edge] = sums[edge].map { $0 + gradient } ?? gradient
    }
    return sums.enumerated().map { index, sum in
      let edge = architecture.edges[index]
      let (rows, columns) = (architecture.nodes[edge.target].width, architecture.nodes[edge.source].width)
      return sum
        ?? Matrix(
          rows: rows, columns: columns,
          elements: [S](repeating: S.exact(0, in: context), count: rows * columns))
    }
  }
}
