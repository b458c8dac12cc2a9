internal import CMPFR

/// A rational number, exact, always in lowest terms with a positive denominator.
///
/// Numbers whose numerator and denominator both fit in an `Int` are held inline; others live in GMP. There is
/// deliberately no float literal: `0.1` in source code would not be one tenth. Write `Rational(1, over: 10)`, parse
/// `"0.1"`, or take a float for what it is with ``init(exactly:)-(Double)``.
public struct Rational: Sendable {
  enum Representation: Sendable {
    /// In lowest terms, the denominator positive.
    case small(numerator: Int, denominator: Int)
    /// Canonical, and never a value of the other case.
    case large(LargeRational)
  }

  let representation: Representation

  public init(_ value: Int) {
    representation = .small(numerator: value, denominator: 1)
  }

  init(reduced numerator: Int, over denominator: Int) {
    representation = .small(numerator: numerator, denominator: denominator)
  }

  public init(_ value: Integer) {
    self.init(reduced: value, over: .one)
  }

  /// `numerator` / `denominator`, reduced.
  ///
  /// - Precondition: `denominator` is not zero. Data from outside goes through ``init(parsing:)``, which throws.
  public init(_ numerator: Integer, over denominator: Integer) {
    precondition(!denominator.isZero, "a Rational with denominator zero")
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let signed = denominator.sign < 0 ? -divisor : divisor
    self.init(reduced: numerator.dividedExactly(by: signed), over: denominator.dividedExactly(by: signed))
  }

  /// From parts already in lowest terms, the denominator positive.
  init(reduced numerator: Integer, over denominator: Integer) {
    if let a = numerator.small, let b = denominator.small {
      representation = .small(numerator: a, denominator: b)
    } else {
      representation = .large(LargeRational(reduced: numerator, over: denominator))
    }
  }

  /// Takes over `large`, which is canonical and which nobody else may write from now on.
  init(_ large: LargeRational) {
    let numerator = unsafe waveproof_mpq_numref(&large.value)
    let denominator = unsafe waveproof_mpq_denref(&large.value)
    if unsafe mpz_fits_slong_p(numerator) != 0 && mpz_fits_slong_p(denominator) != 0 {
      representation = .small(
        numerator: unsafe mpz_get_si(numerator), denominator: unsafe mpz_get_si(denominator))
    } else {
      representation = .large(large)
    }
  }

  /// A GMP object with this value: the own one if there is one. Read only.
  var boxed: LargeRational {
    switch representation {
    case .small(let numerator, let denominator):
      LargeRational(reduced: Integer(numerator), over: Integer(denominator))
    case .large(let large): large
    }
  }

  /// In lowest terms; it carries the sign.
  public var numerator: Integer {
    switch representation {
    case .small(let numerator, _): Integer(numerator)
    case .large(let large): unsafe Integer(LargeInteger(copying: waveproof_mpq_numref(&large.value)))
    }
  }

  /// In lowest terms, positive; 1 for zero.
  public var denominator: Integer {
    switch representation {
    case .small(_, let denominator): Integer(denominator)
    case .large(let large): unsafe Integer(LargeInteger(copying: waveproof_mpq_denref(&large.value)))
    }
  }

  public static let zero = Rational(0)
  public static let one = Rational(1)

  public var isZero: Bool {
    if case .small(0, _) = representation { true } else { false }
  }

  public var isInteger: Bool { denominator == .one }

  /// −1, 0 or 1.
  public var sign: Int {
    switch representation {
    case .small(let numerator, _): numerator.signum()
    case .large(let large): unsafe Int(waveproof_mpq_sgn(&large.value))
    }
  }
}
