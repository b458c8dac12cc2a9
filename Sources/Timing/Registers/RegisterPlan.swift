import Networks
import Waves

/// Delay registers that make the chosen edges exact and causal, as few as possible, and the schedule that uses them.
public struct RegisterPlan: Sendable {
  public let architecture: Architecture
  /// The chosen edges, with those that share a weight with them.
  public let edges: [Int]
  /// The repaired schedule; its name is that of the old one with `+registers`.
  public let schedule: Schedule
  /// Scalars: width times ticks, summed over all chains that the request counts.
  public let registers: Int
  /// Per node, the length in ticks of the chain that holds its pre-activation (an input's frame).
  public let activityTicks: [Int]
  /// Per node, the length in ticks of the chain that holds δ.
  public let errorTicks: [Int]
  /// Per output, the registers that hold its targets; in `registers` only where the request says so.
  public let targetRegisters: Int
  /// Per edge, ticks that the edge delays the activity and the error beyond its latencies.
  public let addedForward: [Int]
  public let addedBackward: [Int]
  /// The value of the dual flow that proves that fewer registers do not do; equal to the least objective.
  public let provedLeast: Int

  /// Scalars at a node.
  public func registers(at node: Int) -> Int {
    architecture.nodes[node].width * (activityTicks[node] + errorTicks[node])
  }
}

/// Why no registers make the chosen edges exact: a loop along which a signal would have to be older than itself.
public struct RegisterObstacle: Sendable, Hashable {
  public struct Step: Sendable, Hashable {
    /// Signals such as `x(h)`, `δ(h)`.
    public let from: String
    public let to: String
    /// `to` is at least this many ticks older than `from`; negative where a cap lets it be younger by no more.
    public let ticks: Int
    public let because: String
  }

  public let steps: [Step]
  /// The sum of the steps, greater than 0.
  public var excess: Int { steps.reduce(0) { $0 + $1.ticks } }
}

public enum RegisterResult: Sendable {
  case plan(RegisterPlan)
  case impossible(RegisterObstacle)
}
