import Claims
import ExactArithmetic

/// How texts show what a witness holds.
enum WitnessText {
  /// A short exact number as it is, a long one as a picture, an enclosure with its ends rounded outward.
  static func number(_ number: WitnessNumber) -> String {
    switch number {
    case .exact(let value):
      return StreamText.number(value)
    case .enclosed(let lower, let upper):
      return "in " + NumberText.enclosure(lower, upper, digits: 9)
    }
  }
}
