/// An enclosure that remembers on which noise symbols a number depends, so that x − x is zero.
///
/// x = centre + Σ gₖ εₖ + [−error, error], every εₖ in [−1, 1] and shared by all forms that name it; besides,
/// x − centre lies in [low, high]. The centre is an enclosure of one real number (128 bits by default); generators are
/// floats, and whatever their rounding loses is in the error. All operations enclose: for every choice of the symbols
/// under which the operands contain x and y, the result contains the exact result. A set of such forms is a zonotope.
///
/// Source: Stolfi and de Figueiredo's affine arithmetic; theory in docs/theory.md, error bounds.
public struct AffineForm: Sendable {
  /// The one row of it.
  let run: AffineRun

  init(_ run: AffineRun) {
    self.run = run
  }

  /// Every number it can be, rounded outward.
  public var range: Interval { run.range(0) }

  /// Some operation overflowed the floats: nothing is known.
  public var isUnbounded: Bool { run.isUnbounded }
}

/// Where affine forms get their precision and their symbols from.
///
/// Symbols below `firstFree` belong to the caller; each nonlinear operation may take fresh ones for what it cannot
/// express in those, so that later operations remember it. Beyond `limit` symbols, errors are kept as errors.
public struct AffineContext: Sendable {
  public let precision: Int
  let symbols: SymbolSource

  /// - Parameter freshSymbols: the most symbols that may be added.
  public init(precision: Int = Interval.defaultPrecision, firstFree: Int, freshSymbols: Int = 0) {
    self.precision = max(precision, 64)
    symbols = SymbolSource(next: firstFree, limit: firstFree + freshSymbols)
  }

  public var interval: IntervalContext { IntervalContext(precision: precision) }
}

extension AffineForm: Scalar {
  public typealias Storage = AffineRun

  public static func exact(_ value: Rational, in context: AffineContext) -> AffineForm {
    AffineForm(AffineRun(centres: [Interval(value, precision: context.precision)]))
  }

  public static let zero = AffineForm(AffineRun(centres: [Interval.zero]))

  public static func + (left: AffineForm, right: AffineForm) -> AffineForm { AffineForm(.sum(left.run, right.run)) }
  public static func - (left: AffineForm, right: AffineForm) -> AffineForm {
    AffineForm(.difference(left.run, right.run))
  }
  public static func * (left: AffineForm, right: AffineForm) -> AffineForm {
    AffineForm(.hadamard(left.run, right.run))
  }
  public static prefix func - (operand: AffineForm) -> AffineForm { AffineForm(operand.run.negated()) }

  public var isZero: Bool { run.isZero }

  /// Whether no choice of the symbols makes them equal.
  public func isCertainlyDifferent(from other: AffineForm) -> Bool {
    let difference = self - other
    return !difference.isUnbounded && !difference.range.contains(Rational.zero)
  }

  public func isCertainlyEqual(to other: AffineForm) -> Bool { (self - other).isZero }

  public var description: String { isUnbounded ? "unbounded" : range.description }
}

extension AffineForm {
  /// middle + radius · ε_symbol, the radius rounded up to a float.
  ///
  /// - Precondition: the radius is not negative.
  public static func noise(
    _ symbol: Int, middle: Rational, radius: Rational, in context: AffineContext
  ) -> AffineForm {
    precondition(radius.sign >= 0, "a radius of \(radius)")
    return AffineForm(
      AffineRun(
        centres: [Interval(middle, precision: context.precision)],
        radii: [Interval(radius, precision: 53).doubles.upper], firstSymbol: symbol))
  }
}

extension AffineForm {
  /// middle ± radius, by no symbol: an interval.
  public static func around(_ middle: Rational, radius: Rational, in context: AffineContext) -> AffineForm {
    precondition(radius.sign >= 0, "a radius of \(radius)")
    return AffineForm(
      AffineRun(
        centres: [Interval(middle, precision: context.precision)], symbols: [], generators: [],
        errors: [Interval(radius, precision: 53).doubles.upper]))
  }

  /// A number that is a float, exactly.
  ///
  /// - Precondition: finite.
  public static func point(_ value: Double) -> AffineForm {
    AffineForm(AffineRun(centres: [Interval(point: value)]))
  }

  /// The coefficient of each symbol: near the derivative by it.
  public var coefficients: [(symbol: Int, value: Double)] { run.coefficients(0) }
}
