import ExactArithmetic
import Testing

extension Rational {
  /// The exact value of a float; a failure of the test, and 0, for what has none.
  init(dyadic double: Double) {
    do {
      self = try Rational(exactly: double)
    } catch {
      Issue.record("\(error)")
      self = 0
    }
  }
}
