/// Looks for the simplest choices that still fail.
///
/// Passes over the choices are repeated until none of them finds anything simpler, or the attempts are used up. Every
/// step makes the choices shorter, or smaller at the first difference, so the search ends; it makes no random choice.
struct Shrinker {
  /// The simplest failing case so far.
  private(set) var best: Recording

  /// The choices of the simplest failing case so far.
  private(set) var choices: [UInt64]

  /// How many cases were tried.
  private(set) var attempted = 0

  private let limit: Int
  private var tried: Set<Recording> = []
  private let attempt: (Recording) -> Recording?

  /// - Parameter attempt: Runs the case of the given choices; answers what it really used if it fails in the same way.
  init(failing: Recording, attempts: Int, attempt: @escaping (Recording) -> Recording?) {
    best = failing
    choices = failing.choices
    limit = attempts
    self.attempt = attempt
  }

  /// Whether attempts are left.
  var mayContinue: Bool { attempted < limit }

  /// Runs the passes until nothing changes; the costly ones only where the others find nothing.
  mutating func run() {
    var before: [UInt64]
    repeat {
      before = choices
      deleteSpans()
      deleteChoices()
      clearSpans()
      minimiseEach()
      minimiseEqual()
      lowerAndDelete()
      redistribute()
      exchangeSpans()
      exchangeChoices()
      if choices == before { deletePairs() }
      if choices == before { scanFew() }
    } while choices != before && mayContinue
  }

  /// Tries `candidate` and keeps it when it fails and is simpler than the best so far.
  mutating func keep(_ candidate: Recording) -> Bool {
    guard mayContinue, tried.insert(candidate).inserted else { return false }
    attempted += 1
    guard let recorded = attempt(candidate) else { return false }
    let recordedChoices = recorded.choices
    guard isSimpler(recordedChoices, than: choices) else { return false }
    best = recorded
    choices = recordedChoices
    return true
  }

  /// Tries the best case with some of its choices replaced.
  mutating func keep(_ replacements: [(index: Int, choice: UInt64)]) -> Bool {
    var candidate = best
    let positions = best.positions
    for (index, choice) in replacements { candidate.tokens[positions[index]] = .choice(choice) }
    return keep(candidate)
  }
}
