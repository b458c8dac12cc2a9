import Foundation

/// Checks that `body` throws on no value of `generator`.
///
/// The first case is the generator's simplest value, the others are drawn at random. On a failure the engine looks for
/// the smallest choices that fail in the same way: with an error of the same type and, for ``demand(_:_:file:line:)``,
/// at the same place.
///
/// ```swift
/// let result = checkProperty("reversing twice changes nothing", .array(of: .integer(in: 0...9), count: 0...8)) {
///   try demandEqual(Array($0.reversed().reversed()), $0)
/// }
/// // result.passed, result.distinctCases, result.counterexample?.value
/// ```
///
/// The body must depend on the value alone. A trap in it ends the process, as traps do.
///
/// - Parameters:
///   - seed: Fixes the cases; derived from the name when left out, so every run of a test is the same, and from the
///     environment variable WAVEPROOF_SEED, where that is a number, so that other cases can be explored.
///   - cases: How many distinct cases to check. Fewer are checked when the generator has fewer.
///   - shrinkAttempts: How many simpler cases may be tried after a failure.
///   - replay: The line printed by an earlier failure. Its case is checked first; when it passes, the run of the
///     line's seed follows.
public func checkProperty<Value>(
  _ name: String, _ generator: Generator<Value>, seed: UInt64? = nil, cases: Int = 500,
  shrinkAttempts: Int = 5_000, replay: String? = nil, _ body: (Value) throws -> Void
) -> PropertyResult<Value> {
  precondition(cases > 0, "a property is checked on at least one case")
  let code = replay.map { ReplayCode($0) }
  let seed = seed ?? code??.seed ?? fixedSeed(of: name) &+ (chosenSeed ?? 0)
  return withoutActuallyEscaping(body) { body in
    var run = PropertyRun(name: name, generator: generator, seed: seed, body: body)
    switch code {
    case .none: run.explore(cases: cases, shrinkAttempts: shrinkAttempts)
    case .some(.none): run.result.outcome = .unreadableReplay(replay ?? "")
    case .some(.some(let code)):
      run.replay(code)
      if run.result.passed { run.explore(cases: cases, shrinkAttempts: shrinkAttempts) }
    }
    return run.result
  }
}

/// Checks that `body` throws on no value of `generator`, and throws a readable report if it does.
///
/// As ``checkProperty(_:_:seed:cases:shrinkAttempts:replay:_:)``, for test frameworks that report thrown errors.
///
/// - Returns: The counts of a property that passed.
@discardableResult
public func requireProperty<Value>(
  _ name: String, _ generator: Generator<Value>, seed: UInt64? = nil, cases: Int = 500,
  shrinkAttempts: Int = 5_000, replay: String? = nil, _ body: (Value) throws -> Void
) throws(PropertyViolation) -> PropertyResult<Value> {
  let result = checkProperty(
    name, generator, seed: seed, cases: cases, shrinkAttempts: shrinkAttempts, replay: replay, body)
  guard result.passed else {
    throw PropertyViolation(description: result.description, replay: result.counterexample?.replay)
  }
  return result
}

/// The seed that stands for a name: its 64-bit FNV-1a hash.
private func fixedSeed(of name: String) -> UInt64 {
  name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

/// What WAVEPROOF_SEED says, read once.
private let chosenSeed: UInt64? = ProcessInfo.processInfo.environment["WAVEPROOF_SEED"].flatMap { UInt64($0) }
