import Networks
import Waves

/// Which frames the update of one edge is a function of, and what follows for all weights, inputs and σ.
///
/// A lag is t − frame, in ticks. Slopes of affine activations are constants: they are left out of `spread`,
/// `synchronous` and `causal`.
public struct EdgeTiming: Sendable, Hashable {
  public let edge: Int
  public let name: String
  /// The greatest number of edges on a path from an input to the edge's target.
  public let layer: Int
  public let inputLags: Lags
  public let errorLags: Lags
  public let targetLags: Lags
  /// All lags of slopes that are read and not constant, over every node that a wave passes.
  public let countedSlopeLags: Lags
  /// Every activity and slope that is read exists when it is read; an open-loop error is taken as given.
  public let causal: Bool
  /// The injected error could be computed by the network in time.
  public let errorCausal: Bool
  /// No path leads from here to an output, so update and gradient are both zero. A matter of the graph: errors that no input
  /// reaches have no lags either, but do come back.
  public let reachesNoOutput: Bool
  /// The period that lags are compared modulo, when inputs and targets are said to repeat.
  public let period: Int?

  /// Every lag that counts.
  public var allLags: Lags { inputLags.union(errorLags).union(targetLags).union(countedSlopeLags) }

  /// Error lag − input lag, when each is one number.
  public var mismatch: Int? {
    guard let error = errorLags.single, let input = inputLags.single else { return nil }
    return error - input
  }

  /// Largest − smallest of all lags that count: over how many ticks the input must stand still.
  public var spread: Int {
    let all = allLags
    return (all.maximum ?? 0) - (all.minimum ?? 0)
  }

  /// All lags are one number (modulo the period, if one is given): the update is the gradient of that one frame.
  public var isSynchronous: Bool { compared.single != nil }

  /// The common lag, when synchronous: how late the gradient is.
  public var delay: Int? { compared.single }

  private var compared: Lags { period.map { allLags.reduced(modulo: $0) } ?? allLags }
}
