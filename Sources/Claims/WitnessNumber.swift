import ExactArithmetic

/// A number of a witness: exact, or enclosed with outward rounding.
public enum WitnessNumber: Sendable, Hashable {
  case exact(Rational)
  case enclosed(lower: Rational, upper: Rational)

  /// How far from zero at least, of a number that is not zero.
  var leastMagnitude: Rational {
    switch self {
    case .exact(let value): value.magnitude
    case .enclosed(let lower, let upper): min(lower.magnitude, upper.magnitude)
    }
  }
}

/// A scalar whose values a witness can carry.
public protocol WitnessScalar {
  var witnessNumber: WitnessNumber { get }
}

extension Rational: WitnessScalar {
  public var witnessNumber: WitnessNumber { .exact(self) }
}

extension Interval: WitnessScalar {
  public var witnessNumber: WitnessNumber { .enclosed(lower: lower, upper: upper) }
}
