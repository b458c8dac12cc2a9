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
  /// Values that are not rational, of the units of newer networks: dearer to enclose.
  case smooth
  /// With kinks, and σ′ not constant between them.
  case kinked
  /// Leaky units with a slope each: drawn for one unit, of which a network's generator makes a layer.
  case perUnit

  /// What is drawn where no class is asked for.
  public static let common: [ActivationClass] = [.affine, .polynomial, .piecewiseLinear, .rational, .transcendental]

  /// The common classes whose σ′ is not constant.
  public static let nonlinear: [ActivationClass] = [.polynomial, .piecewiseLinear, .rational, .transcendental]

  /// The common classes that take rationals to rationals.
  public static let exact: [ActivationClass] = [.affine, .polynomial, .piecewiseLinear, .rational]
}
