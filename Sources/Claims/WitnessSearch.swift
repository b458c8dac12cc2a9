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
    switch kind {
    case .frame: try frames(parameters)
    case .delay: try delays(parameters)
    case .learning: preconditionFailure("weights that learn are LearningSearch's")
    }
  }

  private func frames(_ parameters: [SharedClass]) throws(NetworkError) -> [(Int, Witness)] {
    var lags = Set<Int>()
    for parameter in parameters { lags.formUnion(SharedTiming(decision.timing, parameter).allLags.values) }
    let limits = SearchLimits(decision, lags: lags.sorted(), parameters: parameters.count)
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

  /// The shortest streams of each parameter's own lags: what suffices for most, however deep the network is.
  private func short(_ parameters: [SharedClass], _ limits: SearchLimits) throws(NetworkError) -> [(Int, Witness)] {
    let empty = FrameStream(uncheckedInputs: [], targets: [])
    return try mapped(parameters.indices.map { ($0, empty) }) { index, _ throws(NetworkError) in
      let parameter = parameters[index]
      let streams = ShortStreams(
        architecture: decision.timing.architecture, lags: SharedTiming(decision.timing, parameter).allLags.values)
      let isOver = limits.clock()
      var found: (stream: FrameStream, tick: Int)?
      try streams.each { (stream, tick) throws(NetworkError) in
        if try trial.run(stream).isRefuted(parameter, at: tick) { found = (stream, tick) }
        return found == nil && !isOver()
      }
      guard let found else { return nil }
      return try small(parameter, found.stream, at: found.tick, limits)
    }
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
    let limits = SearchLimits(decision, lags: [0, candidates.leastTicks], parameters: parameters.count)
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
