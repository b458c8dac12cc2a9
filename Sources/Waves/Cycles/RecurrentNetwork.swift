import ExactArithmetic
import Networks

/// A network on any graph, cycles included, under one fixed input and target.
///
/// x_v(t + 1) = σ(Σ_e W_e x_u(t − d_e + 1) + bias); δ_v(t) = σ′(a_v(t − 1)) ⊙ (Σ_e W_eᵀ δ_w(t − b_e) + [v an output](x_v(t) − y)):
/// the diffusion with slope `emitted` and a closed error. Source: docs/theory.md, cyclic graphs.
public struct RecurrentNetwork: Sendable {
  public let architecture: Architecture
  let network: Network
  /// One vector per input.
  public let input: [Vector<Rational>]
  /// One vector per output.
  public let target: [Vector<Rational>]

  /// - Throws: `NetworkError` naming an edge without weight, an operator without values, or a wrong shape.
  public init(
    _ architecture: Architecture, input: [Vector<Rational>], target: [Vector<Rational>]
  ) throws(NetworkError) {
    self.architecture = architecture
    network = try Network(anyGraph: architecture)
    _ = try FrameStream(inputs: input.map { [$0] }, targets: target.map { [$0] }, for: architecture)
    self.input = input
    self.target = target
  }

  /// Names of the nodes of one cycle, the first one again at the end; empty on a DAG.
  public var cycle: [String] {
    let loop = architecture.cycle().map { architecture.nodes[$0].name }
    return loop + loop.prefix(1)
  }

  /// The diffusion on this graph.
  public var schedule: Schedule {
    let nodes = [Int](repeating: 0, count: architecture.nodes.count)
    let edges = [Int](repeating: 0, count: architecture.edges.count)
    return Schedule(
      name: "diffusion", forwardLatency: architecture.edges.map { $0.delay - 1 },
      backwardLatency: architecture.edges.map(\.backwardDelay), inputMemory: edges, errorMemory: edges,
      activationDelay: architecture.nodes.map { $0.isInput ? 0 : 1 }, slopeSource: .memory(nodes.map { _ in 1 }),
      errorSource: .closed, outputMemory: nodes, targetLag: nodes, residualSlopeMemory: nodes.map { _ in 1 },
      waveFrameLag: nodes, reading: Reading(slope: .emitted, error: .closedCurrent))
  }

  /// The diffusion from rest: before tick 0 every drive and every error is 0.
  ///
  /// - Parameter schedule: another schedule of the same graph; this network's own where absent.
  public func machine<S: NetworkScalar>(
    ticks: Int, schedule: Schedule? = nil, in context: S.Context
  ) -> TickMachine<S> {
    func frames(_ row: [Vector<Rational>]) -> [[Vector<S>]] {
      row.map { vector in
        [Vector<S>](repeating: Vector(vector.elements.map { S.exact($0, in: context) }), count: ticks)
      }
    }
    return machine(
      frames: Frames(inputs: frames(input), targets: frames(target)), schedule: schedule ?? self.schedule, in: context)
  }

  /// The same under inputs and targets that change.
  package func machine<S: NetworkScalar>(
    frames: Frames<S>, schedule: Schedule, in context: S.Context
  ) -> TickMachine<S> {
    TickMachine(network, schedule, frames: frames, in: context, start: Self.rest(architecture, in: context))
  }

  static func rest<S: NetworkScalar>(_ architecture: Architecture, in context: S.Context) -> MachineStart<S> {
    let zeros = architecture.nodes.map { Vector<S>.zeros($0.width, in: context) }
    return MachineStart(
      drives: zeros,
      activities: zip(architecture.nodes, zeros).map { S.apply($0.activation, to: $1, in: context) }, deltas: zeros)
  }
}
