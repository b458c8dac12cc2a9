import Claims

/// What is claimed of the update at one edge, or of the weight that it shares.
public struct Expectation: Sendable, Hashable {
  public enum Claim: Sendable, Hashable {
    case exact
    /// Exact, and the gradient is this many ticks late.
    case delay(Int)
    case refuted
  }

  public let edge: Int
  public let claim: Claim

  public init(edge: Int, _ claim: Claim = .exact) {
    self.edge = edge
    self.claim = claim
  }

  /// What a decision makes of it: true, false, or `nil` for undecided.
  ///
  /// - Parameters:
  ///   - delay: of an exact update; `nil` where every delay holds.
  ///   - period: delays are compared modulo this, where one is given.
  func holds(_ verdict: Verdict, delay: Int?, period: Int?) -> Bool? {
    switch (verdict, claim) {
    case (.bounded, _), (.undecided, _): return nil
    case (.refuted, let claim): return claim == .refuted
    case (.exact, .exact): return true
    case (.exact, .refuted): return false
    case (.exact, .delay(let claimed)):
      guard let delay else { return true }
      return period.map { (claimed - delay) % $0 == 0 } ?? (claimed == delay)
    }
  }

  /// 0 all hold, 1 one does not, 2 one is undecided, 3 nothing was asked.
  static func exitStatus(_ held: [Bool?]) -> Int32 {
    if held.isEmpty { return 3 }
    if held.contains(false) { return 1 }
    return held.contains(nil) ? 2 : 0
  }

  /// As a sentence's end: `is exact`, `is exact at delay 2`, `is refuted`.
  var text: String {
    switch claim {
    case .exact: "is exact"
    case .delay(let delay): "is exact at delay \(delay)"
    case .refuted: "is refuted"
    }
  }

  static func conclusion(_ status: Int32, _ style: TextStyle) -> String {
    switch status {
    case 0: style.good("Every claim asked holds.")
    case 1: style.bad("A claim asked is refuted.")
    case 2: style.open("A claim asked is undecided.")
    default: "Nothing was asked, so nothing was decided about: --edge, --layer or --expect names edges to ask about."
    }
  }
}
