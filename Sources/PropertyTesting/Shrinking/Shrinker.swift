/// Looks for the simplest choices that still fail.
///
/// Passes over the choices are repeated until none of them finds anything simpler, or the attempts are used up. Every
/// step makes the choices shorter, or smaller at the first difference, so the search ends; it makes no random choice.
struct Shrinker {
  /// The simplest failing case so far.
  private(set) var best: Recording

  /// How many cases were tried.
  private(set) var attempted = 0

  private let limit: Int
  private var tried: Set<[UInt64]> = []
  private let attempt: ([UInt64]) -> Recording?

  /// - Parameter attempt: Runs the case of the given choices; answers what it really used if it fails in the same way.
  init(failing: Recording, attempts: Int, attempt: @escaping ([UInt64]) -> Recording?) {
    best = failing
    limit = attempts
    self.attempt = attempt
  }

  /// Whether attempts are left.
  var mayContinue: Bool { attempted < limit }

  /// Runs the passes until nothing changes.
  mutating func run() {
    var before: [UInt64]
    repeat {
      before = best.choices
      deleteSpans()
      deleteBlocks()
      clearSpans()
      minimiseEach()
      minimiseEqual()
      lowerAndDelete()
      redistribute()
      exchangeSpans()
      exchangeChoices()
      if best.choices == before { scanFew() }
    } while best.choices != before && mayContinue
  }

  /// Tries `candidate` and keeps it when it fails and is simpler than the best so far.
  mutating func keep(_ candidate: [UInt64]) -> Bool {
    guard mayContinue, isSimpler(candidate, than: best.choices), tried.insert(candidate).inserted else { return false }
    attempted += 1
    guard let recorded = attempt(candidate), isSimpler(recorded.choices, than: best.choices) else { return false }
    best = recorded
    return true
  }

  /// Tries the best choices with one of them replaced.
  mutating func keep(at index: Int, _ choice: UInt64) -> Bool {
    var candidate = best.choices
    candidate[index] = choice
    return keep(candidate)
  }
}
