/// What checking a property found, and on how many cases.
public struct PropertyResult<Value> {
  /// How the check ended.
  public enum Outcome {
    /// The body passed on every case.
    case passed
    /// The body failed on this case.
    case failed(Counterexample<Value>)
    /// More cases were discarded than asked for, or none was left: the property was hardly tested.
    case tooManyDiscards
    /// The text given to replay is not a replay line.
    case unreadableReplay(String)
    /// The generator no longer makes the case that the replay line stands for.
    case staleReplay(ReplayCode)
  }

  /// The property's name.
  public let name: String

  /// The seed of the run: with it, the same cases are drawn again.
  public let seed: UInt64

  /// How the check ended.
  public internal(set) var outcome: Outcome = .passed

  /// On how many cases, all distinct, the body ran to its end, passing or failing; shrinking not counted.
  public internal(set) var distinctCases = 0

  /// How many cases were drawn again; the body is not run on them.
  public internal(set) var repeatedCases = 0

  /// How many cases the generator or the body discarded.
  public internal(set) var discardedCases = 0

  /// How many simpler cases were tried after a failure.
  public internal(set) var shrinkAttempts = 0

  /// Whether the property passed.
  public var passed: Bool {
    if case .passed = outcome { true } else { false }
  }

  /// The smallest failing case, if there is one.
  public var counterexample: Counterexample<Value>? {
    if case .failed(let counterexample) = outcome { counterexample } else { nil }
  }

  init(name: String, seed: UInt64) {
    self.name = name
    self.seed = seed
  }
}

extension PropertyResult: CustomStringConvertible {
  /// How many cases were checked, and for a failure all that is needed to understand and repeat it.
  public var description: String {
    let counts = "\(distinctCases) distinct, \(repeatedCases) repeated, \(discardedCases) discarded cases"
    return switch outcome {
    case .passed: "“\(name)” holds: \(counts)"
    case .failed(let counterexample): "“\(name)” is false (\(counts), \(shrinkAttempts) shrinks):\n\(counterexample)"
    case .tooManyDiscards: "“\(name)” was hardly tested: \(counts); build cases that count instead of discarding"
    case .unreadableReplay(let text): "“\(name)”: not a replay line: \(text.debugDescription)"
    case .staleReplay(let code):
      "“\(name)”: the generator no longer makes the case of replay \"\(code)\"; remove the line and run again"
    }
  }
}
