/// Which version of a weight each pass reads, when weights change while waves are in flight.
///
/// Version t of a weight is the one that all updates of ticks before t have made. All numbers are ticks:
/// ```
/// a_v(t) reads W_e of version t − forward_e            e = (u → v)
/// the wave that v sends to u at tick t reads W_eᵀ of version t − backward_e
/// W_e changes after the ticks start_e, start_e + P, start_e + 2P, …      P ticks a frame
/// ```
/// A policy is a choice of these registers, as every other memory of a schedule is.
/// Source: docs/theory.md, weight versions.
public struct WeightReads: Sendable, Hashable {
  public enum Policy: String, Sendable, Hashable, CaseIterable {
    /// Weights stand still while waves are in flight.
    case frozen
    /// Every pass reads the weight as it is at that tick.
    case current
    /// The backward wave reads the weight that the forward wave of its frame has read at that edge.
    case stashed
    /// Every pass of one frame, at every edge, reads the weight after the same number of updates.
    case vertical
  }

  /// At which end of an edge a backward wave reads the present weight, under `current`.
  public enum Side: String, Sendable, Hashable, CaseIterable {
    /// When the wave leaves v.
    case sender
    /// When it arrives at u, b_e ticks later.
    case receiver
  }

  public var policy: Policy
  public var side: Side
  /// Per edge.
  public var forward: [Int]
  /// Per edge, counted from the tick at which the wave is sent.
  public var backward: [Int]
  /// Per edge: the tick of the first update, that of frame 0.
  public var start: [Int]

  public static let frozen = WeightReads(policy: .frozen, side: .sender, forward: [], backward: [], start: [])
}
