import ExactArithmetic
import Networks

/// How much the frames that an update sees may differ, in the sup norm.
public struct Variation: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Every frame lies, independently of the others, in a box of this radius round the nominal one.
    case window
    /// Successive frames differ by at most this much, and the reference frame is the nominal one.
    case rate
  }

  public let kind: Kind
  /// V or v: of the inputs, per box or per tick.
  public let input: Rational
  /// The same of the targets.
  public let target: Rational

  /// - Throws: `NetworkError` for a negative number.
  public init(_ kind: Kind, input: Rational, target: Rational = 0) throws(NetworkError) {
    guard input.sign >= 0, target.sign >= 0 else {
      throw NetworkError("a variation of \(input.sign < 0 ? input : target) is negative; give a radius of at least 0")
    }
    self.kind = kind
    self.input = input
    self.target = target
  }
}

/// The frames round which others vary: one point, or every point of a box.
public struct NominalFrame: Sendable, Hashable {
  /// Per input; the middle of the domain if there is one.
  public let inputs: [Vector<Rational>]
  /// Per output.
  public let targets: [Vector<Rational>]
  /// Half the width of the domain, every coordinate of every input alike; 0 for a point.
  public let radius: Rational

  public init(inputs: [Vector<Rational>], targets: [Vector<Rational>], radius: Rational = 0) {
    self.inputs = inputs
    self.targets = targets
    self.radius = radius
  }

  /// All inputs and targets zero.
  public static func zero(_ architecture: Architecture) -> NominalFrame {
    NominalFrame(
      inputs: architecture.nodes[..<architecture.inputCount].map { .zeros($0.width, in: ExactContext()) },
      targets: architecture.outputs.map { .zeros(architecture.nodes[$0].width, in: ExactContext()) })
  }

  /// Every input in [lower, upper], coordinate by coordinate; targets zero.
  ///
  /// - Throws: `NetworkError` where the ends are in the wrong order.
  public static func domain(
    _ lower: Rational, _ upper: Rational, _ architecture: Architecture
  ) throws(NetworkError) -> NominalFrame {
    guard lower <= upper else {
      throw NetworkError("the domain [\(lower), \(upper)] is empty; give LO,HI with LO ≤ HI")
    }
    let middle = (lower + upper) / 2
    let zero = zero(architecture)
    return NominalFrame(
      inputs: zero.inputs.map { Vector($0.elements.map { _ in middle }) }, targets: zero.targets,
      radius: (upper - lower) / 2)
  }

  /// Tick 0 of a stream.
  public init(_ stream: FrameStream) {
    self.init(inputs: stream.inputs.map { $0[0] }, targets: stream.targets.map { $0[0] })
  }
}
