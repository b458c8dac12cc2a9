/// A number mantissa · 2^exponent / denominator, the denominator odd and positive; nothing else is canonical.
public struct ScaledParts: Sendable {
  public let mantissa: Integer
  public let exponent: Int
  public let denominator: Integer

  public init(mantissa: Integer, exponent: Int, denominator: Integer) {
    self.mantissa = mantissa
    self.exponent = exponent
    self.denominator = denominator
  }
}

/// An exact scalar that a ``ScaledRun`` can hold: every value it has is mantissa · 2^exponent / denominator.
public protocol ScaledScalar: Scalar, Hashable where Context == ExactContext {
  /// - Precondition: the scalar can hold the value (a `Dyadic` needs the denominator to divide the mantissa).
  init(_ parts: ScaledParts)

  var scaledParts: ScaledParts { get }
}

extension Rational: ScaledScalar {
  public init(_ parts: ScaledParts) {
    if parts.denominator == .one {
      self.init(Dyadic(parts.mantissa, exponent: parts.exponent))
    } else if parts.exponent >= 0 {
      self.init(parts.mantissa << parts.exponent, over: parts.denominator)
    } else {
      self.init(parts.mantissa, over: parts.denominator << -parts.exponent)
    }
  }

  public var scaledParts: ScaledParts {
    let (numerator, denominator) = (numerator, denominator)
    let twos = denominator.trailingZeroBitCount
    if twos > 0 {
      return ScaledParts(mantissa: numerator, exponent: -twos, denominator: denominator >> twos)
    }
    let shift = numerator.trailingZeroBitCount
    return ScaledParts(mantissa: shift == 0 ? numerator : numerator >> shift, exponent: shift, denominator: denominator)
  }
}

extension Dyadic: ScaledScalar {
  public init(_ parts: ScaledParts) {
    if parts.denominator == .one {
      self.init(parts.mantissa, exponent: parts.exponent)
    } else {
      let (quotient, remainder) = parts.mantissa.quotientAndRemainder(dividingBy: parts.denominator)
      precondition(remainder.isZero, "a result with denominator \(parts.denominator) is not dyadic: use Rational")
      self.init(quotient, exponent: parts.exponent)
    }
  }

  public var scaledParts: ScaledParts {
    ScaledParts(mantissa: mantissa, exponent: exponent, denominator: .one)
  }
}
