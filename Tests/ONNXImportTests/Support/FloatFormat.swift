import ExactArithmetic

/// A binary float format, as the error analysis of a sum of products sees it.
struct FloatFormat {
  /// u: the largest relative error of one rounding to nearest.
  let unit: Rational
  /// η: the largest absolute error of one rounding in the subnormal range.
  let underflow: Rational

  private init(precision: Int, smallestExponent: Int) {
    unit = Rational(1, over: Integer(1) << precision)
    underflow = Rational(1, over: Integer(1) << (1 - smallestExponent))
  }

  static let double = FloatFormat(precision: 53, smallestExponent: -1074)
  static let single = FloatFormat(precision: 24, smallestExponent: -149)
  static let half = FloatFormat(precision: 11, smallestExponent: -24)
  static let brain = FloatFormat(precision: 8, smallestExponent: -133)

  init?(elementType: Int) {
    switch elementType {
    case 1: self = .single
    case 10: self = .half
    case 11: self = .double
    case 16: self = .brain
    default: return nil
    }
  }

  /// γ_n = n·u / (1 − n·u), the bound of n roundings in a row (Higham, Accuracy and Stability, lemma 3.1).
  func gamma(_ count: Int) -> Rational {
    let scaled = Rational(Integer(count), over: 1) * unit
    precondition(scaled < 1, "\(count) roundings are too many for this format")
    return scaled / (1 - scaled)
  }
}
