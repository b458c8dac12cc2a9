import ExactArithmetic
import Networks
import Timing
import Waves

/// Tries candidate streams on all open parameters at once, then makes each one's witness small.
struct WitnessSearch<S: NetworkScalar & WitnessScalar>: Sendable {
  let trial: WitnessTrial<S>
  let decision: NetworkDecision
  let model: Architecture?

  /// - Returns: witnesses by the parameters' positions.
  func run(_ kind: WitnessKind, _ parameters: [SharedClass]) throws(NetworkError) -> [(Int, Witness)] {
    if let period = decision.timing.period { return try periodic(kind, parameters, period) }
    switch kind {
    case .frame: return try frames(parameters)
    case .delay: return try delays(parameters)
    case .learning: preconditionFailure("weights that learn are LearningSearch's")
    }
  }

  private func frames(_ parameters: [SharedClass]) throws(NetworkError) -> [(Int, Witness)] {
    var lags = Set<Int>()
    for parameter in parameters { lags.formUnion(SharedTiming(decision.timing, parameter).allLags.values) }
    let limits = decision.limits(lags: lags.sorted(), parameters: parameters.count)
    let known = limits.isWide ? try short(parameters, limits) : []
    let found = Set(known.map(\.0))
    guard limits.triesWhole else { return known }
    let candidates = WitnessCandidates(decision.timing.architecture, lags: lags.sorted())
    let tick = candidates.tick
    var open = parameters.indices.filter { !found.contains($0) }
    guard !open.isEmpty else { return known }
    var streams: [(index: Int, stream: FrameStream)] = []
    let isOver = limits.clock()
    try candidates.forEach(random: decision.randomStreams, seed: decision.seed) { stream throws(NetworkError) in
      let run = trial.run(stream)
      for index in open where try run.isRefuted(parameters[index], at: tick) {
        streams.append((index, stream))
      }
      open.removeAll { index in streams.contains { $0.index == index } }
      return !open.isEmpty && !isOver()
    }
    return try known
      + mapped(streams) { index, stream throws(NetworkError) in
        try small(parameters[index], stream, at: tick, limits)
      }
  }

  /// The shortest streams, which suffice for most parameters, however deep the network is: a step at tick 1 is read by each
  /// update one tick after one of its own lags, so that one run serves all of them.
  private func short(_ parameters: [SharedClass], _ limits: SearchLimits) throws(NetworkError) -> [(Int, Witness)] {
    let architecture = decision.timing.architecture
    let reads = parameters.map { ShortStreams.Reads(SharedTiming(decision.timing, $0).allLags.values) }
    var open = Array(parameters.indices)
    var found: [(Int, Witness)] = []
    let isOver = limits.clock()
    try ShortStreams(architecture, reads: reads).each { (stream) throws(NetworkError) in
      let run = trial.run(stream)
      var refuted: [(index: Int, tick: Int)] = []
      for index in open where !isOver() {
        for tick in reads[index].ticks where tick + reads[index].future < stream.ticks {
          guard try run.isRefuted(parameters[index], at: tick) else { continue }
          refuted.append((index, tick))
          break
        }
      }
      // An update reads no frame beyond its tick, but for those that it is said to.
      let streams = refuted.map { (index: $0.index, stream: stream.prefix($0.tick + 1 + reads[$0.index].future)) }
      var witnesses: [(Int, Witness)] = []
      if limits.shrinking == 0 {
        for ((index, tick), part) in zip(refuted, streams) {
          let witness = try run.witness(.frame, parameters[index], at: tick, showing: part.stream, model: model)
          if let witness { witnesses.append((index, witness)) }
        }
      } else {
        witnesses = try mapped(streams) { index, stream throws(NetworkError) in
          try small(parameters[index], stream, at: stream.ticks - 1 - reads[index].future, limits)
        }
      }
      found += witnesses
      open.removeAll { index in witnesses.contains { $0.0 == index } }
      return !open.isEmpty && !isOver()
    }
    return found
  }

  private func small(
    _ parameter: SharedClass, _ stream: FrameStream, at tick: Int, _ limits: SearchLimits
  ) throws(NetworkError) -> Witness? {
    let shrinking = WitnessShrinking { candidate in
      (try? trial.run(candidate).isRefuted(parameter, at: tick)) ?? false
    }
    let shrunk = shrinking.shrunk(stream, budget: limits.shrinking)
    let (short, shift) = shrunk.droppingRepeatedStart(before: tick)
    if let small = try trial.run(short).witness(.frame, parameter, at: tick - shift, model: model) { return small }
    return try trial.run(stream).witness(.frame, parameter, at: tick, model: model)
  }

  private func delays(_ parameters: [SharedClass]) throws(NetworkError) -> [(Int, Witness)] {
    let span = DelaySpan(decision.timing, parameters)
    guard let candidates = span.candidates(decision.timing.architecture) else { return [] }
    var open = Array(parameters.indices)
    var streams: [(index: Int, stream: FrameStream)] = []
    let limits = decision.limits(lags: [0, candidates.leastTicks], parameters: parameters.count)
    let isOver = limits.clock()
    try candidates.forEach(decision.randomStreams, seed: decision.seed) { stream throws(NetworkError) in
      let run = trial.run(stream)
      for index in open {
        let failures = try span.failures(parameters[index], in: run)
        if failures != nil { streams.append((index, stream)) }
      }
      open.removeAll { index in streams.contains { $0.index == index } }
      return !open.isEmpty && !isOver()
    }
    return try mapped(streams) { index, stream throws(NetworkError) in
      let parameter = parameters[index]
      let shrinking = WitnessShrinking { candidate in
        (try? span.failures(parameter, in: trial.run(candidate))) ?? nil != nil
      }
      let shrunk = shrinking.shrunk(stream, budget: limits.shrinking)
      return try span.witness(parameter, in: trial.run(shrunk), model: model)
    }
  }

  /// Of a claim about streams of a period: such streams.
  private func periodic(
    _ kind: WitnessKind, _ parameters: [SharedClass], _ period: Int
  ) throws(NetworkError) -> [(Int, Witness)] {
    guard let streams = PeriodicStreams(decision.timing, parameters, period: period) else { return [] }
    let span = DelaySpan(decision.timing, parameters, periodic: streams)
    @Sendable func isWitness(_ parameter: SharedClass, _ run: TrialRun<S>) throws(NetworkError) -> Bool {
      kind == .frame
        ? try run.isRefuted(parameter, at: streams.start) : try span.failures(parameter, in: run) != nil
    }
    let limits = decision.limits(lags: [0, streams.reads.upperBound], parameters: parameters.count)
    let isOver = limits.clock()
    var open = Array(parameters.indices)
    var found: [(index: Int, stream: FrameStream)] = []
    try streams.forEach(random: decision.randomStreams, seed: decision.seed) { frames throws(NetworkError) in
      let run = trial.run(streams.repeated(frames))
      for index in open where try isWitness(parameters[index], run) { found.append((index, frames)) }
      open.removeAll { index in found.contains { $0.index == index } }
      return !open.isEmpty && !isOver()
    }
    return try mapped(found) { index, frames throws(NetworkError) in
      let parameter = parameters[index]
      let shrinking = WitnessShrinking { candidate in
        (try? isWitness(parameter, trial.run(streams.repeated(candidate)))) ?? false
      }
      let run = trial.run(streams.repeated(shrinking.shrunk(frames, budget: limits.shrinking)))
      return kind == .frame
        ? try run.witness(.frame, parameter, at: streams.start, model: model)
        : try span.witness(parameter, in: run, model: model)
    }
  }

  private func mapped(
    _ streams: [(index: Int, stream: FrameStream)],
    _ small: @escaping @Sendable (Int, FrameStream) throws(NetworkError) -> Witness?
  ) throws(NetworkError) -> [(Int, Witness)] {
    do {
      return try ParallelMap(threads: decision.threads).map(streams) { ($0.index, try small($0.index, $0.stream)) }
        .compactMap { index, witness in witness.map { (index, $0) } }
    } catch let error as NetworkError {
      throw error
    } catch {
      throw NetworkError("\(error)")
    }
  }
}

extension FrameStream {
  /// The first `count` frames.
  func prefix(_ count: Int) -> FrameStream {
    FrameStream(
      uncheckedInputs: inputs.map { Array($0.prefix(count)) }, targets: targets.map { Array($0.prefix(count)) })
  }

  /// The same stream without leading frames that only repeat: before tick 0 every frame is that of tick 0 anyway.
  func droppingRepeatedStart(before tick: Int) -> (FrameStream, dropped: Int) {
    func frame(_ tick: Int) -> [Vector<Rational>] { inputs.map { $0[tick] } + targets.map { $0[tick] } }
    var dropped = 0
    while dropped < tick, dropped + 1 < ticks, frame(dropped) == frame(dropped + 1) { dropped += 1 }
    return (
      FrameStream(
        uncheckedInputs: inputs.map { Array($0[dropped...]) }, targets: targets.map { Array($0[dropped...]) }), dropped
    )
  }
}
