import Networks
import Waves

/// What timing and registers say about an architecture without its weights, under diffusion with all delays as they are.
public struct ArchitectureFigures: Sendable, Hashable {
  public let name: String
  public let nodes: Int
  public let edges: Int
  /// The greatest number of edges on a path from an input.
  public let depth: Int
  /// Σ of widths: the scalars that one pass computes, inputs among them.
  public let activities: Int
  /// Names of the edges that are synchronous in an open loop, σ′ of the wave's own frame.
  public let synchronous: [String]
  /// Ticks that the input must stand still for every update to be exact: open loop as above; closed loop, σ′ `emitted`.
  public let openWindow: Int
  public let closedWindow: Int
  /// The tick from which constant inputs give exact gradients everywhere, in the closed loop.
  public let closedFill: Int
  /// The least registers that make every edge exact and causal, in scalars.
  public let openRegisters: Int
  public let closedRegisters: Int
  /// Ticks of the longest register chain in the closed loop.
  public let longestChain: Int

  /// - Throws: `NetworkError` naming a cycle; as `RegisterSynthesis.solve`.
  public init(_ architecture: Architecture) throws {
    let open = try TimingAnalysis(architecture, .diffusion(architecture))
    let closed = try TimingAnalysis(architecture, .diffusion(architecture, Reading(slope: .emitted, error: .closed)))
    func plan(_ error: ErrorInjection) throws -> RegisterPlan {
      let latencies = Schedule.diffusionLatencies(architecture, error: error)
      switch try RegisterSynthesis.solve(architecture, latencies, RegisterRequest(allEdgesOf: architecture)) {
      case .plan(let plan): return plan
      case .impossible(let obstacle):
        throw RegisterFault("a graph without cycles and caps has a loop: \(obstacle.steps)")
      }
    }
    let (openPlan, closedPlan) = (try plan(.open), try plan(.closed))
    name = architecture.name
    nodes = architecture.nodes.count
    edges = architecture.edges.count
    depth = open.depth
    activities = architecture.nodes.reduce(0) { $0 + $1.width }
    synchronous = open.synchronous.map(\.name)
    openWindow = open.window
    closedWindow = closed.window
    closedFill = closed.fill
    openRegisters = openPlan.registers
    closedRegisters = closedPlan.registers
    longestChain = (closedPlan.activityTicks + closedPlan.errorTicks).max() ?? 0
  }
}
