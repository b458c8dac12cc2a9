import Networks
import Timing

/// The ticks at which updates are read, and the delays that must fail, for a refutation by delay.
///
/// Updates are read from the fill on. Delays d = 0 … T, T the last tick of the stream, are those of the frames of the stream
/// and of what lies before it; one entry stands for all beyond T, where frame t − d is that of tick 0. An update that reads
/// frames still to come may be the gradient of one: then delays below 0 are tried, too, from the least lag on. A delay that
/// is no lag of the update, nor of the gradient, can hold only where the gradient is constant, and then 0 holds as well.
///
/// Of streams with a period, delays are those of one period, and updates are read in one.
struct DelaySpan: Sendable {
  private let timing: TimingAnalysis
  let fill: Int
  /// 0, or the least lag where that is negative.
  let leastDelay: Int
  private let periodic: PeriodicStreams?

  /// Beyond this many ticks no stream is tried.
  static let longestStream = 4096

  /// - Parameter periodic: where streams have a period.
  init(_ timing: TimingAnalysis, _ parameters: [SharedClass], periodic: PeriodicStreams? = nil) {
    self.timing = timing
    self.periodic = periodic
    fill = timing.fill
    leastDelay = periodic != nil ? 0 : parameters.reduce(0) { min($0, SharedTiming(timing, $1).allLags.minimum ?? 0) }
  }

  /// `nil` where streams would be too long.
  func candidates(_ architecture: Architecture) -> DelayCandidates? {
    let least = fill + 2 - leastDelay
    return least + 6 > Self.longestStream ? nil : DelayCandidates(architecture: architecture, leastTicks: least)
  }

  /// A tick for every delay at which the update is not the gradient of the frame that many ticks ago; `nil` when some delay
  /// fails nowhere.
  func failures<S>(_ parameter: SharedClass, in run: TrialRun<S>) throws(NetworkError) -> [Witness.Failure]? {
    let last = run.stream.ticks - 1
    let reads = periodic?.reads ?? fill...(last + leastDelay)
    var updates: [Int: SumOfProducts<S>] = [:]
    var known: [Pair: Bool] = [:]
    func mayBe(_ tick: Int, frame: Int) throws(NetworkError) -> Bool {
      let pair = Pair(tick: tick, frame: run.representative[max(frame, 0)])
      if let known = known[pair] { return known }
      let update: SumOfProducts<S>
      if let known = updates[tick] { update = known } else { update = try run.update(parameter, at: tick) }
      updates[tick] = update
      let may = try run.mayBe(update, parameter, frame: pair.frame)
      known[pair] = may
      return may
    }
    func tick(_ fails: (Int) throws(NetworkError) -> Bool) throws(NetworkError) -> Int? {
      for tick in reads where try fails(tick) { return tick }
      return nil
    }
    var failures: [Witness.Failure] = []
    for delay in leastDelay...(periodic.map { $0.reads.count - 1 } ?? last) {
      let failing = try tick { (tick) throws(NetworkError) in try !mayBe(tick, frame: tick - delay) }
      guard let failing else { return nil }
      failures.append(Witness.Failure(delay: delay, tick: failing))
    }
    guard periodic == nil else { return failures }
    let beyond = try tick { (tick) throws(NetworkError) in try !mayBe(tick, frame: 0) }
    guard let beyond else { return nil }
    return failures + [Witness.Failure(delay: nil, tick: beyond)]
  }

  /// The witness; its tick, update and nearest gradient are those of the least lag, the delay that one would expect.
  func witness<S>(
    _ parameter: SharedClass, in run: TrialRun<S>, model: Architecture?
  ) throws(NetworkError) -> Witness? {
    guard let failures = try failures(parameter, in: run) else { return nil }
    let lags = SharedTiming(timing, parameter).allLags
    let lag = lags.minimum ?? 0
    let least = periodic.map { ($0.reads.count + lag % $0.reads.count) % $0.reads.count } ?? max(lag, leastDelay)
    guard let shown = failures.first(where: { $0.delay == least }) ?? failures.first else { return nil }
    let frame = max(shown.tick - (shown.delay ?? shown.tick), 0)
    return try run.witness(.delay, parameter, at: shown.tick, among: [frame], failures: failures, model: model)
  }

  private struct Pair: Hashable {
    let tick: Int
    let frame: Int
  }
}
