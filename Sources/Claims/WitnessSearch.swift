import ExactArithmetic
import Networks
import Timing
import Waves

/// Tries candidate streams on all open edges at once, then makes each edge's witness small.
struct WitnessSearch<S: NetworkScalar & WitnessScalar>: Sendable {
  let trial: WitnessTrial<S>
  let decision: NetworkDecision
  let model: Architecture?

  func run(_ edges: [Int]) throws(NetworkError) -> [(Int, Witness)] {
    let timing = decision.timing
    var lags = Set<Int>()
    for edge in edges { lags.formUnion(timing.edges[edge].allLags.values) }
    let candidates = WitnessCandidates(timing.architecture, lags: lags.sorted())
    var open = edges
    var streams: [(edge: Int, stream: FrameStream)] = []
    try candidates.forEach(random: decision.randomStreams, seed: decision.seed) { stream throws(NetworkError) in
      let refuted = try trial.refuted(open, by: stream, at: candidates.tick)
      streams += refuted.map { ($0, stream) }
      open.removeAll { refuted.contains($0) }
      return !open.isEmpty
    }
    let tick = candidates.tick
    let found: [(Int, Witness?)]
    do {
      found = try ParallelMap(threads: decision.threads).map(streams) {
        try ($0.edge, small($0.edge, $0.stream, at: tick))
      }
    } catch let error as NetworkError {
      throw error
    } catch {
      throw NetworkError("\(error)")
    }
    return found.compactMap { edge, witness in witness.map { (edge, $0) } }
  }

  private func small(_ edge: Int, _ stream: FrameStream, at tick: Int) throws(NetworkError) -> Witness? {
    let shrinking = WitnessShrinking(tick: tick) { candidate in
      ((try? trial.refuted([edge], by: candidate, at: tick)) ?? []).contains(edge)
    }
    let shrunk = shrinking.shrunk(stream, budget: decision.shrinkBudget)
    let (short, shift) = shrunk.droppingRepeatedStart(before: tick)
    if let witness = try trial.witness(for: edge, stream: short, tick: tick - shift, model: model) { return witness }
    return try trial.witness(for: edge, stream: stream, tick: tick, model: model)
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
