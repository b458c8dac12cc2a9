/// An abstract scalar: the lags (which frames) that a value can depend on.
///
/// It is what remains of a number when only its dependence on frames is kept: sums and products depend on all that
/// their operands depend on. A value known to be identically zero depends on nothing, is neutral for + and absorbs ×;
/// a constant is the empty set of lags, and is not zero.
///
/// Evaluating the tick machine on lag sets is an abstract interpretation: it over-approximates, since x − x is not zero.
public struct LagSet: Sendable, Hashable {
  /// Sorted, without repetition; nil for the value that is identically zero.
  private let members: [Int]?

  private init(members: [Int]?) {
    self.members = members
  }

  public static let zero = LagSet(members: nil)

  /// A value that depends on no frame, and is not known to be zero.
  public static let constant = LagSet(members: [])

  /// ``zero`` or ``constant``.
  public static func constant(_ value: Rational) -> LagSet { value.isZero ? zero : constant }

  /// A value that depends on the frame `lag` ticks ago.
  public init(lag: Int) {
    members = [lag]
  }

  /// A value that depends on these frames (in any order, repetitions allowed); not zero.
  public init(lags: some Sequence<Int>) {
    members = Set(lags).sorted()
  }

  /// Sorted; empty for ``zero`` and ``constant``.
  public var lags: [Int] { members ?? [] }

  public var isZero: Bool { members == nil }

  /// What a sum depends on. ``zero`` is neutral.
  public func union(_ other: LagSet) -> LagSet {
    guard let left = members else { return other }
    guard let right = other.members else { return self }
    return LagSet(members: LagSet.merged(left, right))
  }

  /// Most unions are of sets that are equal, often the same: those change nothing.
  mutating func formUnion(_ other: LagSet) {
    if other.isZero || members == other.members { return }
    self = union(other)
  }

  /// Linear-time union of sorted lists.
  private static func merged(_ left: [Int], _ right: [Int]) -> [Int] {
    if right.isEmpty || left == right { return left }
    if left.isEmpty { return right }
    var result: [Int] = []
    result.reserveCapacity(left.count + right.count)
    var (i, j) = (0, 0)
    while i < left.count && j < right.count {
      let next = min(left[i], right[j])
      if left[i] == next { i += 1 }
      if right[j] == next { j += 1 }
      result.append(next)
    }
    return result + left[i...] + right[j...]
  }
}

extension LagSet: Scalar {
  public typealias Storage = LagRun

  public static func exact(_ value: Rational, in context: LagContext) -> LagSet { constant(value) }

  public static func + (left: LagSet, right: LagSet) -> LagSet { left.union(right) }
  public static func - (left: LagSet, right: LagSet) -> LagSet { left.union(right) }
  public static prefix func - (operand: LagSet) -> LagSet { operand }

  public static func * (left: LagSet, right: LagSet) -> LagSet {
    left.isZero || right.isZero ? zero : left.union(right)
  }

  /// Lags do not tell values apart.
  public func isCertainlyDifferent(from other: LagSet) -> Bool { false }

  /// Only two values that are identically zero are known to be equal.
  public func isCertainlyEqual(to other: LagSet) -> Bool { isZero && other.isZero }

  /// `0`, `{}` for a constant, or `{−4, 0}`.
  public var description: String {
    guard let members else { return "0" }
    return "{" + members.map(String.init).joined(separator: ", ") + "}"
  }
}

/// The context of ``LagSet``: nothing is needed.
public struct LagContext: Sendable, Hashable {
  public init() {}
}
