/// A finite set of lags, in ticks: lag = t − frame.
///
/// Shifting is constant time, union is linear in the sizes. Sorted and without repetition, so equality is of sets.
public struct Lags: Sendable, Hashable {
  /// Ascending, the first 0: the set is `offset + gaps`.
  private var gaps: [Int]
  private var offset: Int

  public static let none = Lags(gaps: [], offset: 0)

  public init(_ lag: Int) {
    gaps = [0]
    offset = lag
  }

  public init(_ lags: some Sequence<Int>) {
    let sorted = Set(lags).sorted()
    offset = sorted.first ?? 0
    gaps = sorted.map { $0 - (sorted.first ?? 0) }
  }

  private init(gaps: [Int], offset: Int) {
    self.gaps = gaps
    self.offset = offset
  }

  public var isEmpty: Bool { gaps.isEmpty }
  public var count: Int { gaps.count }
  public var minimum: Int? { gaps.isEmpty ? nil : offset }
  public var maximum: Int? { gaps.last.map { $0 + offset } }
  /// The one lag of a set of one.
  public var single: Int? { gaps.count == 1 ? offset : nil }
  /// Ascending.
  public var values: [Int] { gaps.map { $0 + offset } }

  public func shifted(by ticks: Int) -> Lags {
    gaps.isEmpty ? self : Lags(gaps: gaps, offset: offset + ticks)
  }

  public mutating func formUnion(_ other: Lags) {
    guard !other.isEmpty, self != other else { return }
    guard !isEmpty else {
      self = other
      return
    }
    let base = min(offset, other.offset)
    let left = offset - base
    let right = other.offset - base
    var merged: [Int] = []
    merged.reserveCapacity(gaps.count + other.gaps.count)
    var i = 0
    var j = 0
    while i < gaps.count || j < other.gaps.count {
      let a = i < gaps.count ? gaps[i] + left : Int.max
      let b = j < other.gaps.count ? other.gaps[j] + right : Int.max
      merged.append(min(a, b))
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    self = Lags(gaps: merged, offset: base)
  }

  public func union(_ other: Lags) -> Lags {
    var result = self
    result.formUnion(other)
    return result
  }

  /// The lags modulo a period, each in 0 ..< period: what matters when inputs and targets repeat.
  public func reduced(modulo period: Int) -> Lags {
    Lags(
      values.map { lag in
        // A sum of the two would overflow for periods near the greatest integer.
        let rest = lag % period
        return rest < 0 ? rest + period : rest
      })
  }
}
