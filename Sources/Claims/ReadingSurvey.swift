import ErrorBounds
import ExactArithmetic
import Networks
import Timing
import Waves

/// The exact layers of chains of depth 1 … L under every reading, decided by both roads.
///
/// Reproduces Corollary 3 of docs/theory.md. The calculus names the exact layers; the tick machine confirms
/// each of them on a stream of distinct frames, and refutes each of the others by a witness. A disagreement is an error,
/// never a row.
public struct ReadingSurvey: Sendable {
  public struct Row: Sendable, Hashable {
    public let activation: Activation
    public let reading: Reading
    public let depth: Int
    /// The exact layers with their delays; usually none or one.
    public let exact: [Exact]
    /// The greatest |mismatch| and the greatest spread over the layers.
    public let maximumMismatch: Int
    public let window: Int
    public let refuted: Int
  }

  public struct Exact: Sendable, Hashable {
    public let layer: Int
    public let delay: Int
  }

  /// A layer on which calculus and machine disagree: a fault of this library.
  public struct Disagreement: Error, CustomStringConvertible {
    public let description: String
  }

  /// Decides one row.
  public static func row(_ activation: Activation, _ reading: Reading, depth: Int) throws -> Row {
    let architecture = try chain(activation, depth: depth)
    let timing = try TimingAnalysis(architecture, .diffusion(architecture, reading))
    let network = try Network(architecture)
    var open: [Int] = []
    var exact: [Exact] = []
    for edge in timing.edges {
      if let delay = edge.delay {
        try confirm(edge, delay: delay, network, timing)
        exact.append(Exact(layer: edge.layer, delay: delay))
      } else {
        open.append(edge.edge)
      }
    }
    let refuted = open.count
    for variant in 0..<48 where !open.isEmpty {
      let chain = variant == 0 ? architecture : try self.chain(activation, depth: depth, biasSeed: UInt64(variant))
      let decisions = try NetworkDecision(TimingAnalysis(chain, .diffusion(chain, reading)), sense: .frame).decide(open)
      open = decisions.filter { $0.verdict != .refuted }.map(\.timing.edge)
    }
    if let edge = open.first {
      throw Disagreement(
        description: "\(activation), \(reading), L = \(depth), layer \(timing.edges[edge].layer): the calculus finds "
          + "lags \(timing.edges[edge].allLags.values), the machine finds no difference")
    }
    return Row(
      activation: activation, reading: reading, depth: depth, exact: exact, maximumMismatch: timing.maximumMismatch,
      window: timing.window, refuted: refuted)
  }

  /// A chain of width 1 with weights 1, as the witnesses of the theory use, with biases where asked.
  ///
  /// Without biases a relu chain of width 1 has, at every tick, an update that is the gradient of one frame or another:
  /// where a slope is 0 the whole gradient of its frame is. No single tick refutes it then; with biases one does.
  static func chain(_ activation: Activation, depth: Int, biasSeed: UInt64? = nil) throws(NetworkError) -> Architecture
  {
    let one = LinearMap(Matrix(rows: 1, columns: 1, elements: [1]))
    var generator = SplitMix(state: biasSeed ?? 0)
    let biases = (1...depth).map { _ in Rational(Integer(Int(generator.next() % 7) - 3), over: 2) }
    return try Architecture(
      name: "chain-\(depth)", inputs: [(name: "layer0", width: 1)],
      nodes: (1...depth).map { layer in
        Node(
          name: "layer\(layer)", width: 1, activation: activation,
          bias: biasSeed.map { _ in Vector([biases[layer - 1]]) })
      },
      connections: (1...depth).map { Connection(from: "layer\($0 - 1)", to: "layer\($0)", weight: one) },
      outputs: ["layer\(depth)"])
  }

  /// The machine's word on an exact layer: over distinct positive frames the update is the gradient of frame t − delay,
  /// and not zero.
  private static func confirm(
    _ edge: EdgeTiming, delay: Int, _ network: Network, _ timing: TimingAnalysis
  ) throws {
    let ticks = timing.fill + 3
    let stream = try FrameStream(
      inputs: [(0..<ticks).map { Vector([Rational(Integer($0 + 1), over: Integer(ticks + 1))]) }],
      targets: [(0..<ticks).map { Vector([Rational(Integer(-1 - $0), over: 3)]) }], for: network.architecture)
    let context = ExactContext()
    let machine = TickMachine<Rational>(
      network, timing.schedule, frames: Frames(stream, in: context), in: context)
    for tick in timing.fill..<ticks {
      let update = try machine.update(edge.edge, at: tick)
      let gradient = try machine.staticPass(at: tick - delay).gradient(of: network.architecture.edges[edge.edge])
      guard update == gradient, !gradient[0, 0].isZero else {
        throw Disagreement(
          description: "\(timing.architecture.name), layer \(edge.layer): the calculus says exact with delay \(delay), "
            + "the machine finds \(update[0, 0]) and the gradient \(gradient[0, 0]) at tick \(tick)")
      }
    }
  }
}
