import ExactArithmetic
import Networks

/// A part of the box of a family's parameters: a product of intervals inside [−1, 1], their ends exact floats.
public struct ParameterBox: Sendable, Hashable {
  public var lows: [Double]
  public var highs: [Double]

  /// All of [−1, 1]ⁿ.
  public init(whole count: Int) {
    lows = [Double](repeating: -1, count: count)
    highs = [Double](repeating: 1, count: count)
  }

  /// The two halves across one parameter.
  public func halved(_ parameter: Int) -> (ParameterBox, ParameterBox) {
    var (left, right) = (self, self)
    let middle = lows[parameter] / 2 + highs[parameter] / 2
    left.highs[parameter] = middle
    right.lows[parameter] = middle
    return (left, right)
  }

  public var middle: [Double] { zip(lows, highs).map { $0 / 2 + $1 / 2 } }
}

extension FrameFamily {
  /// The frames of a box as affine forms: parameter k is symbol k, or the radius of an interval where there are no symbols.
  func frames<S: BoundingScalar>(
    over box: ParameterBox, _ scalar: S.Type, in context: AffineContext, withSymbols: Bool = true
  ) -> Frames<S> {
    frames(S.self, in: context) { _, parameter, radius in
      let (low, high) = (Self.exact(box.lows[parameter]), Self.exact(box.highs[parameter]))
      let (middle, reach) = (radius * (low + high) / 2, radius * (high - low) / 2)
      return S(
        withSymbols
          ? .noise(parameter, middle: middle, radius: reach, in: context)
          : .around(middle, radius: reach, in: context))
    }
  }

  static func exact(_ double: Double) -> Rational {
    guard let value = try? Rational(exactly: double) else { preconditionFailure("\(double) is no number") }
    return value
  }
}
