import ExactArithmetic
import Networks

/// All frames that a variation allows, as one box: each frame is the nominal one plus a sum of blocks.
///
/// A block moves the inputs (or targets) of some lags together, each coordinate by its own parameter in [−1, 1] times the
/// block's radius. Under a window each lag has a block of its own; under a rate, lags are joined by the steps between
/// them, outward from the reference; a domain is a block common to all lags.
public struct FrameFamily: Sendable {
  struct Block: Sendable {
    let isTarget: Bool
    let radius: Rational
    let lags: Set<Int>
    /// Index of its first parameter.
    let first: Int
  }

  public let nominal: NominalFrame
  /// Ascending; the lags that frames are asked for.
  public let lags: [Int]
  let blocks: [Block]
  private let kind: Variation.Kind
  /// How many parameters there are.
  public let parameters: Int

  public init(_ variation: Variation, round nominal: NominalFrame, lags: [Int], reference: Int) {
    let widths = (
      input: nominal.inputs.reduce(0) { $0 + $1.count }, target: nominal.targets.reduce(0) { $0 + $1.count }
    )
    let lags = Set(lags).union([reference]).sorted()
    var blocks: [Block] = []
    var parameters = 0
    func add(isTarget: Bool, radius: Rational, lags: Set<Int>) {
      guard !radius.isZero, !lags.isEmpty else { return }
      blocks.append(Block(isTarget: isTarget, radius: radius, lags: lags, first: parameters))
      parameters += isTarget ? widths.target : widths.input
    }
    add(isTarget: false, radius: nominal.radius, lags: Set(lags))
    for (isTarget, radius) in [(false, variation.input), (true, variation.target)] {
      switch variation.kind {
      case .window: for lag in lags { add(isTarget: isTarget, radius: radius, lags: [lag]) }
      case .rate:
        // A step reaches every lag beyond it, seen from the reference.
        for (near, far) in zip(lags, lags.dropFirst()) {
          let moved = far <= reference ? lags.filter { $0 <= near } : lags.filter { $0 >= far }
          add(isTarget: isTarget, radius: radius * Rational(far - near), lags: Set(moved))
        }
      }
    }
    self.nominal = nominal
    self.lags = lags
    self.blocks = blocks
    self.parameters = parameters
    kind = variation.kind
  }

  /// The first parameter of the block that moves one lag alone.
  func block(isTarget: Bool, lag: Int) -> Int? {
    blocks.first { $0.isTarget == isTarget && $0.lags == [lag] }?.first
  }

  /// The frames at chosen parameters, by lag: entry k of a series is the frame of lag k. Lags that nobody asked for hold
  /// that of the next one asked for.
  public func frames<S: NetworkScalar>(
    _ scalar: S.Type, in context: S.Context, block value: (_ block: Int, _ parameter: Int, _ radius: Rational) -> S
  ) -> Frames<S> {
    func series(_ nominal: [Vector<Rational>], isTarget: Bool) -> [[Vector<S>]] {
      var byLag: [Int: [Vector<S>]] = [:]
      for lag in lags {
        var offset = 0
        byLag[lag] = nominal.map { vector in
          defer { offset += vector.count }
          return Vector(
            vector.elements.enumerated().map { position, number in
              var sum = S.exact(number, in: context)
              for (index, block) in blocks.enumerated() where block.isTarget == isTarget && block.lags.contains(lag) {
                sum = sum + value(index, block.first + offset + position, block.radius)
              }
              return sum
            })
        }
      }
      return nominal.indices.map { position in
        var frames: [Vector<S>] = []
        for lag in lags where lag >= frames.count {
          guard let frame = byLag[lag]?[position] else { continue }
          frames += repeatElement(frame, count: lag + 1 - frames.count)
        }
        return frames
      }
    }
    return Frames(
      inputs: series(nominal.inputs, isTarget: false), targets: series(nominal.targets, isTarget: true))
  }

  /// The frames at a point of the box: parameters in [−1, 1].
  public func frames<S: NetworkScalar>(at point: [Rational], _ scalar: S.Type, in context: S.Context) -> Frames<S> {
    frames(scalar, in: context) { _, parameter, radius in S.exact(radius * point[parameter], in: context) }
  }

  /// The stream whose last tick sees exactly these frames, and which belongs to the family at every tick: under a rate,
  /// frames that nobody asked for lie on the way between those that were, so that each step keeps to it.
  public func stream(at point: [Rational]) -> FrameStream {
    let frames = frames(at: point, Rational.self, in: ExactContext())
    func rows(_ series: [Vector<Rational>]) -> [Vector<Rational>] {
      guard kind == .rate else { return series.reversed() }
      var filled = series
      for (near, far) in zip(lags, lags.dropFirst()) where far - near > 1 {
        let step = series[far] - series[near]
        for lag in near + 1..<far {
          let share = Rational(lag - near) / Rational(far - near)
          filled[lag] = series[near] + Vector(step.elements.map { $0 * share })
        }
      }
      return filled.reversed()
    }
    return FrameStream(uncheckedInputs: frames.inputs.map(rows), targets: frames.targets.map(rows))
  }
}
