/// A class of activations that behave alike under the calculus.
public enum ActivationClass: Sendable, Hashable, CaseIterable {
  /// σ′ is one constant: the identity, and c₀ + c₁a with c₁ ≠ 0.
  case affine
  /// Polynomials of degree 2 and 3.
  case polynomial
  /// With kinks, and σ′ constant between them.
  case piecewiseLinear
  /// Quotients of polynomials, if need be on either side of 0: exact, but quickly long.
  case rational
  /// Values that are not rational, so that only enclosures can be computed.
  case transcendental

  /// The classes whose σ′ is not constant.
  public static let nonlinear: [ActivationClass] = [.polynomial, .piecewiseLinear, .rational, .transcendental]

  /// The classes that take rationals to rationals.
  public static let exact: [ActivationClass] = [.affine, .polynomial, .piecewiseLinear, .rational]
}
