/// Where a generator takes its choices from, and the record of them.
///
/// Every random decision is a bounded integer, and 0 is the simplest one. A source either draws those integers from a
/// ``SplitMix64`` or replays a given sequence; in both cases it records what was chosen. A value is determined by its
/// recorded sequence, so shrinking and replay work on sequences and need to know nothing about values.
public struct Source: Sendable {
  private enum Origin: Sendable {
    case random(SplitMix64)
    case replay([UInt64])
    case tree(TreeReplay)
  }

  private var origin: Origin
  private var recording = Recording()
  private var count = 0

  /// No case may take more choices than this; a longer one is discarded.
  static let choiceLimit = 1 << 18

  /// A source that draws from the pseudo-random sequence of `seed`.
  public init(seed: UInt64) {
    origin = .random(SplitMix64(seed: seed))
  }

  /// A source that replays `choices`: one that is out of bounds is lowered to its bound, one that is missing is 0.
  public init(replaying choices: [UInt64]) {
    origin = .replay(choices)
  }

  /// A source that replays `recording` bracket by bracket.
  init(replaying recording: Recording) {
    origin = .tree(TreeReplay(recording))
  }

  /// The choices made so far.
  public var choices: [UInt64] { recording.choices }

  /// What the source recorded, with brackets around choices that belong together.
  var record: Recording { recording }

  /// A choice in `0...bound`, uniformly distributed when it is drawn at random.
  ///
  /// Where the bound is 0 there is nothing to choose, and nothing is recorded.
  public mutating func choice(through bound: UInt64) -> UInt64 {
    choice(through: bound) { random in random.next(through: bound) }
  }

  /// A choice in `0...bound` with a distribution of its own.
  ///
  /// - Parameter sample: Asked only when choices are drawn at random; must answer within the bound. How likely a
  ///   choice is has no influence on how simple it is: smaller is simpler.
  public mutating func choice(through bound: UInt64, sampledBy sample: (inout SplitMix64) -> UInt64) -> UInt64 {
    bound > 0 ? recordedChoice(through: bound, sampledBy: sample) : 0
  }

  /// As ``choice(through:sampledBy:)``, but recorded even where there is nothing to choose.
  mutating func recordedChoice(through bound: UInt64, sampledBy sample: (inout SplitMix64) -> UInt64) -> UInt64 {
    let chosen: UInt64
    switch origin {
    case .random(var random):
      chosen = sample(&random)
      origin = .random(random)
      precondition(chosen <= bound, "a sampled choice is beyond its bound")
    case .replay(let given):
      chosen = count < given.count ? min(given[count], bound) : 0
    case .tree(var replay):
      chosen = min(replay.next(), bound)
      origin = .tree(replay)
    }
    count += 1
    recording.tokens.append(.choice(chosen))
    return chosen
  }

  /// A value of `generator`.
  public mutating func draw<Value>(_ generator: Generator<Value>) throws(DiscardedCase) -> Value {
    try together(generator.generate)
  }

  /// Runs `body` and notes that the choices it made belong together, so that shrinking may delete them as one.
  public mutating func together<Value>(
    _ body: (inout Source) throws(DiscardedCase) -> Value
  ) throws(DiscardedCase) -> Value {
    bracket(.open)
    let value = try body(&self)
    bracket(.close)
    if count > Source.choiceLimit { throw DiscardedCase() }
    return value
  }

  private mutating func bracket(_ token: Recording.Token) {
    recording.tokens.append(token)
    if case .tree(var replay) = origin {
      if token == .open { replay.enter() } else { replay.leave() }
      origin = .tree(replay)
    }
  }
}
