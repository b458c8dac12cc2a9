import ExactArithmetic

/// How steep σ is, and how fast its slope changes: the constants s1 and s2 of the telescoping bound.
///
/// Exact rationals, rounded outward where the true constant is irrational (docs/theory.md, theorem 8).
public struct SlopeConstants: Sendable, Hashable {
  /// s1 ≥ sup |σ′|, which is a Lipschitz constant of σ.
  public let slope: Rational
  /// s2 ≥ the Lipschitz constant of σ′; `nil` where σ′ jumps, for then there is none.
  public let change: Rational?

  public init(slope: Rational, change: Rational?) {
    self.slope = slope
    self.change = change
  }
}

extension Activation {
  /// s1 and s2 on the whole line; `nil` where σ′ is unbounded there.
  ///
  /// tanh: |σ″| ≤ 4/(3√3) ≤ 77/100, and σ_logistic(a) = (1 + tanh(a/2))/2 divides it by 8. a/(1 + a²): |σ″| is largest at
  /// a = √2 − 1, where it is (3 + 2√2)/4 ≤ 51/35. softsign: |σ″| = 2/(1 + |a|)³.
  public var slopeConstants: SlopeConstants? {
    if isAffine { return SlopeConstants(slope: unit(0).slope(at: 0).magnitude, change: 0) }
    switch self {
    case .identity: return SlopeConstants(slope: 1, change: 0)
    case .relu, .hardTanh, .clip: return SlopeConstants(slope: 1, change: nil)
    case .leakyRelu(let slope): return SlopeConstants(slope: max(1, slope.magnitude), change: nil)
    case .hardSigmoid(let alpha, _): return SlopeConstants(slope: alpha, change: nil)
    case .softsign: return SlopeConstants(slope: 1, change: 2)
    case .rational: return SlopeConstants(slope: 1, change: Rational(51, over: 35))
    case .tanh: return SlopeConstants(slope: 1, change: Rational(77, over: 100))
    case .logistic: return SlopeConstants(slope: Rational(1, over: 4), change: Rational(77, over: 800))
    case .elu, .softplus, .gelu, .geluTanh, .swish, .mish, .selu, .hardSwish, .prelu:
      return slopeBound.map { SlopeConstants(slope: $0, change: slopeVariation) }
    case .square, .quadratic, .cubic, .polynomial, .opaque: return nil
    }
  }

  /// s1 and s2 on a range of drives, where those of the whole line are not finite; otherwise those.
  ///
  /// Where no kink lies in the range σ is one straight piece there.
  public func slopeConstants(over range: Interval) -> SlopeConstants {
    if let global = slopeConstants, global.change != nil { return global }
    if let global = slopeConstants {
      guard !kinks.contains(where: range.contains) else { return global }
      if case .prelu = self { return SlopeConstants(slope: global.slope, change: 0) }
      if isPiecewiseLinear { return SlopeConstants(slope: slope(at: range.lower).magnitude, change: 0) }
    }
    let context = IntervalContext(precision: max(range.precision, Interval.defaultPrecision))
    func largest(_ order: Int) -> Rational { range.derivative(order, of: self, in: context).absoluteValue.upper }
    return SlopeConstants(slope: largest(1), change: largest(2))
  }
}
