import ExactArithmetic
import Networks

/// What kind of run refutes.
public enum WitnessKind: String, Sendable, Hashable {
  /// At one tick the update differs from the gradient of every frame of the stream.
  case frame
  /// For every delay there is a tick at which the update is not the gradient of the frame that many ticks ago.
  case delay
  /// As `frame`, in a run in which the weights learn, against every version of every weight.
  case learning

  var decidedBy: String {
    switch self {
    case .frame: "witness, evaluated by the tick machine"
    case .delay: "witness by delay: one stream on which every delay fails at some tick, evaluated by the tick machine"
    case .learning:
      "a run in which the weights learn: the update is the gradient of no frame at any versions of the weights"
    }
  }
}

/// A concrete refutation: at `tick`, the update differs from the gradient of every frame of the stream; or, by delay, from
/// that of the frame `delay` ticks ago, with a tick of its own for every other delay.
///
/// Values are exact, or enclosures that are disjoint in at least one entry. Shapes: n_to × n_from.
public struct Witness: Sendable {
  /// A tick at which the update is not the gradient of frame `tick − delay`; without a delay, of the frame of tick 0, which
  /// is that of every delay longer than the stream.
  public struct Failure: Sendable, Hashable {
    public let delay: Int?
    public let tick: Int
  }

  /// How the weights move in a run in which they learn.
  public struct Learning: Sendable {
    /// W_e ← W_e − rate · g_e(t).
    public let rate: Rational
    /// How many vectors of weights the gradients were taken at: every combination of versions.
    public let combinations: Int
    /// Per edge that the gradient reads: its different versions, the first before any update.
    public let versions: [(edge: Int, weights: [LinearMap])]
  }

  public let kind: WitnessKind
  public let stream: FrameStream
  public let tick: Int
  public let update: [[WitnessNumber]]
  /// The gradient of the frame that the update differs least from in its first differing entry.
  public let nearestGradient: [[WitnessNumber]]
  public let nearestFrame: Int
  /// Only the named entry is written out, as a 1 × 1 matrix, because the edge has more than `largestWritten` weights.
  public let isPartial: Bool
  /// An entry in which update and nearest gradient differ.
  public let entry: WitnessEntry
  /// By delay: one for each delay from the least that may matter to the last tick, and one for all beyond.
  public let failures: [Failure]
  /// In a run in which the weights learn.
  public let learning: Learning?
  /// The network that the witness was found on, when it is not the one that was asked about.
  public let model: Architecture?

  /// Up to this many entries are written out.
  public static let largestWritten = 100_000

  /// The differing entry of the update and of the nearest gradient.
  public var differing: (update: WitnessNumber, gradient: WitnessNumber) {
    isPartial
      ? (update[0][0], nearestGradient[0][0])
      : (update[entry.row][entry.column], nearestGradient[entry.row][entry.column])
  }

  /// How many input and target numbers are not zero: what shrinking makes small first.
  public var size: Int {
    (stream.inputs + stream.targets).joined().reduce(0) { $0 + $1.elements.count { !$0.isZero } }
  }
}

/// A place in a matrix.
public struct WitnessEntry: Sendable, Hashable {
  public let row: Int
  public let column: Int
}
