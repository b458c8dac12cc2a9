import ExactArithmetic
import Foundation

/// Rounded evaluation, for searches only.
extension Estimate: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<Estimate>, in context: EstimateContext
  ) -> Vector<Estimate> {
    Vector(
      storage: EstimateRun(
        values: drive.storage.values.enumerated().map { activation.unit($0.offset).estimate(at: $0.element) }))
  }

  public static func slope(
    _ activation: Activation, at drive: Vector<Estimate>, in context: EstimateContext
  ) -> Vector<Estimate> {
    Vector(
      storage: EstimateRun(
        values: drive.storage.values.enumerated().map { activation.unit($0.offset).slopeEstimate(at: $0.element) }))
  }
}

extension Activation {
  fileprivate func estimate(at a: Double) -> Double {
    switch self {
    case .identity: return a
    case .relu: return max(a, 0)
    case .tanh: return Foundation.tanh(a)
    case .logistic: return 1 / (1 + Foundation.exp(-a))
    case .softsign: return a / (1 + abs(a))
    case .rational: return a / (1 + a * a)
    case .hardTanh: return min(max(a, -1), 1)
    case .elu, .selu, .softplus, .gelu, .geluTanh, .swish, .mish: return enclosed(a, 0)
    default: return rational(a, value(at:))
    }
  }

  fileprivate func slopeEstimate(at a: Double) -> Double {
    switch self {
    case .identity: return 1
    case .relu: return a > 0 ? 1 : 0
    case .tanh:
      let t = Foundation.tanh(a)
      return 1 - t * t
    case .logistic:
      let s = 1 / (1 + Foundation.exp(-a))
      return s * (1 - s)
    case .softsign: return 1 / ((1 + abs(a)) * (1 + abs(a)))
    case .rational: return (1 - a * a) / ((1 + a * a) * (1 + a * a))
    case .hardTanh: return a > -1 && a <= 1 ? 1 : 0
    case .elu, .selu, .softplus, .gelu, .geluTanh, .swish, .mish: return enclosed(a, 1)
    default: return rational(a, slope(at:))
    }
  }

  private func enclosed(_ a: Double, _ order: Int) -> Double {
    guard a.isFinite else { return .nan }
    return Interval(point: a, precision: 53).derivative(order, of: self, in: IntervalContext(precision: 53)).ball.middle
  }

  private func rational(_ a: Double, _ function: (Rational) -> Rational) -> Double {
    guard let exact = try? Rational(exactly: a) else { return .nan }
    return Interval(function(exact), precision: 53).ball.middle
  }
}
