internal import Synchronization

/// What was computed at the centres of a run, so that a second function of the same run need not compute it again.
public final class RunMemo: Sendable {
  private let made = Mutex<(name: String, values: [Interval?])?>(nil)

  init() {}

  /// The value of one row under this name; names other than the first are computed every time.
  public func value(named name: String, _ row: Int, of count: Int, _ make: () -> Interval) -> Interval {
    if let known = made.withLock({ made in made?.name == name ? made?.values[row] : nil }) { return known }
    let value = make()
    made.withLock { made in
      if made == nil { made = (name, [Interval?](repeating: nil, count: count)) }
      if made?.name == name { made?.values[row] = value }
    }
    return value
  }
}
