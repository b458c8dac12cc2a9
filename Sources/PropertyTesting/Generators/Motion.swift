import ExactArithmetic

/// How the frames of a stream follow one another.
public enum Motion: Sendable, Hashable {
  /// One frame for ever.
  case constant
  /// Every entry changes at each multiple of `period` and rests in between.
  case hold(period: Int)
  /// `period` frames, all entries distinct among them, again and again; the least period is `period`.
  case periodic(period: Int)
  /// Every entry moves at every tick, by at most `rate`.
  case slow(rate: Rational)
  /// Every entry jumps at `tick`, by more than 1, and rests before and after.
  case abrupt(tick: Int)
}

extension Generator where Value == Motion {
  /// Motions of every kind that fit into `ticks` ticks; constant is the simplest, then a jump at the last tick.
  ///
  /// - Precondition: At least 2 ticks.
  public static func motion(ticks: Int) -> Generator {
    precondition(ticks >= 2, "nothing moves within one tick")
    return Generator { (source) throws(DiscardedCase) in
      switch source.choice(through: 4) {
      case 0: return .constant
      case 1: return .abrupt(tick: try source.draw(.integer(in: 1...ticks - 1, towards: ticks - 1)))
      case 2: return .periodic(period: try source.draw(.integer(in: 2...max(2, ticks / 2))))
      case 3: return .hold(period: try source.draw(.integer(in: 1...max(1, ticks / 2))))
      default: return .slow(rate: Rational(1, over: Integer(try source.draw(Generator<Int>.integer(in: 1...64)))))
      }
    }
  }
}
