/// Bounds on what rounding to nearest may have lost, for sums in floats.
///
/// Standard model: each operation errs by at most u = 2⁻⁵³ of its result, and a product that underflows by at most
/// 2⁻¹⁰⁷⁴. So a sum of n products, added in any order, errs by at most 1.01 · n · u · Σ|products| + n · 2⁻¹⁰⁷⁴ for
/// n < 2⁴⁰. (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1.)
@usableFromInline
enum Outward {
  /// 2⁻⁵², twice the unit of rounding.
  @usableFromInline static let twoUnits = 0x1p-52

  /// At least the exact sum of `terms` nonnegative products (of up to three factors each), of which `sum` is the float
  /// computed.
  @inlinable
  static func above(_ sum: Double, terms: Int) -> Double {
    sum * (1 + Double(terms + 4) * twoUnits) + Double(terms + 4) * 0x1p-1072
  }

  /// At least the error of a float sum of `terms` products whose magnitudes sum to at most the exact value behind
  /// the float `magnitudes`, when at most `underflows` products may have underflowed.
  @inlinable
  static func error(magnitudes: Double, terms: Int, underflows: Int) -> Double {
    magnitudes * (Double(terms + 4) * twoUnits) + Double(terms + underflows + 4) * 0x1p-1072
  }

}
