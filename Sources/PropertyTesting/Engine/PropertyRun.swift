/// One check of one property: draws cases, runs the body on them, and shrinks the first failure.
struct PropertyRun<Value> {
  /// What happened to one case.
  private enum Verdict {
    case passed
    case discarded
    case failed(any Error)
  }

  let generator: Generator<Value>
  let body: (Value) throws -> Void
  var result: PropertyResult<Value>

  /// Repeated cases are drawn this many times as often as cases were asked for before the generator counts as spent.
  private static var repetitionFactor: Int { 10 }

  init(name: String, generator: Generator<Value>, seed: UInt64, body: @escaping (Value) throws -> Void) {
    self.generator = generator
    self.body = body
    result = PropertyResult(name: name, seed: seed)
  }

  /// Checks the case of `code` alone.
  mutating func replay(_ code: ReplayCode) {
    var source = Source(replaying: code.choices)
    let drawn = try? source.draw(generator)
    guard let value = drawn, source.choices == code.choices else {
      result.outcome = .staleReplay(code)
      return
    }
    if case .failed(let error) = PropertyRun.judge(value, by: body) {
      result.distinctCases += 1
      result.outcome = .failed(Counterexample(value: value, error: error, replay: code))
    }
  }

  /// Checks cases until enough have passed, one fails, too many are discarded, or the generator is spent.
  mutating func explore(cases: Int, shrinkAttempts: Int) {
    var random = SplitMix64(seed: result.seed)
    var known: Set<[UInt64]> = []
    var source = Source(replaying: [])
    while result.distinctCases < cases && result.repeatedCases < PropertyRun.repetitionFactor * cases {
      let value = try? source.draw(generator)
      if !known.insert(source.choices).inserted {
        result.repeatedCases += 1
      } else {
        switch value.map({ PropertyRun.judge($0, by: body) }) ?? .discarded {
        case .passed: result.distinctCases += 1
        case .discarded: result.discardedCases += 1
        case .failed(let error):
          result.distinctCases += 1
          shrink(source.record, error, attempts: shrinkAttempts)
          return
        }
      }
      if result.discardedCases > cases { break }
      source = Source(seed: random.next())
    }
    if result.discardedCases > cases || result.distinctCases == 0 { result.outcome = .tooManyDiscards }
  }

  private static func judge(_ value: Value, by body: (Value) throws -> Void) -> Verdict {
    do {
      try body(value)
      return .passed
    } catch is DiscardedCase {
      return .discarded
    } catch {
      return .failed(error)
    }
  }

  private mutating func shrink(_ failing: Recording, _ error: any Error, attempts: Int) {
    let wanted = kind(of: error)
    var shrinker = Shrinker(failing: failing, attempts: attempts) { [generator, body] recording in
      var source = Source(replaying: recording)
      guard let value = try? source.draw(generator),
        case .failed(let error) = PropertyRun.judge(value, by: body), kind(of: error) == wanted
      else { return nil }
      return source.record
    }
    shrinker.run()
    result.shrinkAttempts = shrinker.attempted
    var source = Source(replaying: shrinker.best.choices)
    guard let value = try? source.draw(generator), case .failed(let last) = PropertyRun.judge(value, by: body)
    else {
      preconditionFailure("the generator or the body of “\(result.name)” depends on more than its source")
    }
    let code = ReplayCode(seed: result.seed, choices: shrinker.best.choices)
    result.outcome = .failed(Counterexample(value: value, error: last, replay: code))
  }
}

/// What two failures must share to count as the same one.
private func kind(of error: any Error) -> String {
  let type = String(reflecting: Swift.type(of: error))
  return (error as? Falsified).map { "\(type) \($0.place)" } ?? type
}
