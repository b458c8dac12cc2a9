import ExactArithmetic
import Networks

/// A concrete refutation: at `tick`, the update differs from the gradient of every frame of the stream.
///
/// Values are exact, or enclosures that are disjoint in at least one entry. Shapes: n_to × n_from.
public struct Witness: Sendable, Hashable {
  public let stream: FrameStream
  public let tick: Int
  public let update: [[WitnessNumber]]
  /// The gradient of the frame that the update differs least from in its first differing entry.
  public let nearestGradient: [[WitnessNumber]]
  public let nearestFrame: Int
  /// Only the named entry is written out, as a 1 × 1 matrix, because the edge has more than `largestWritten` weights.
  public let isPartial: Bool
  /// An entry in which update and nearest gradient differ.
  public let entry: (row: Int, column: Int)
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

  public static func == (left: Witness, right: Witness) -> Bool {
    left.stream == right.stream && left.tick == right.tick && left.update == right.update
      && left.nearestGradient == right.nearestGradient && left.nearestFrame == right.nearestFrame
      && left.entry == right.entry && left.model == right.model
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(stream)
    hasher.combine(tick)
    hasher.combine(update)
  }

  /// How many input and target numbers are not zero: what shrinking makes small first.
  public var size: Int {
    (stream.inputs + stream.targets).joined().reduce(0) { $0 + $1.elements.count { !$0.isZero } }
  }
}
