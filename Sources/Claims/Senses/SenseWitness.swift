import ExactArithmetic
import Networks

/// A refutation of exactness per output time or accumulated: two matrices that differ, computed exactly or enclosed.
public struct SenseWitness: Sendable, Hashable {
  /// The stream, from rest; for `accumulated` it also returns to rest, and its ticks are those that are summed.
  public let stream: FrameStream
  /// The tick of the update; `nil` where the updates of all ticks are summed.
  public let tick: Int?
  /// The output time whose gradient differs least; `nil` where the gradients of all output times are summed.
  public let outputTime: Int?
  /// The update at the tick, or the sum, n_to × n_from.
  public let update: [[WitnessNumber]]
  /// The gradient of the output time, or the sum.
  public let gradient: [[WitnessNumber]]
  /// An entry in which they differ.
  public let entry: WitnessEntry
  /// The network that was run, when it is not the one that was asked about.
  public let model: Architecture?
}
