import ExactArithmetic
import Networks
import Timing
import Waves

/// What was decided about one edge in one sense of exactness.
public struct SenseEdgeDecision: Sendable {
  public let timing: EdgeTiming
  public let verdict: Verdict
  /// The theorem or computation that decided, in words.
  public let decidedBy: String
  /// The conditions that fail, as sentences; empty where the edge is exact for all weights, inputs and σ.
  public let failures: [String]
  /// r where the edge is exact per output time: the update of tick t is the gradient of output time t − r.
  public let outputAge: Int?
  /// Present exactly when the verdict is `refuted`.
  public let witness: SenseWitness?
}

/// Decides exactness per output time or accumulated, edge by edge: by round trips where they allow it, by a witness where
/// they do not.
///
/// Witnesses are searched on the model's own weights, or on small ones for an architecture without.
public struct SenseDecision: Sendable {
  public let timing: TimingAnalysis
  public let sense: ExactnessSense
  public let conditions: SenseConditions
  public var randomStreams = 24
  public var seed: UInt64 = 1
  public var precision = 128
  /// The most streams tried while one witness is made small.
  public var shrinkBudget = 60

  /// - Throws: `NetworkError` when the schedule has an open error, which has no output time.
  public init(_ timing: TimingAnalysis, _ sense: ExactnessSense) throws(NetworkError) {
    guard timing.period == nil else {
      throw NetworkError("--period compares frames; exactness per \(sense.rawValue) has no period")
    }
    self.timing = timing
    self.sense = sense
    conditions = try SenseConditions(timing.architecture, timing.schedule)
  }

  /// The decisions on the given edges, in their order.
  public func decide(_ edges: [Int], progress: (Int) -> Void = { _ in }) throws(NetworkError) -> [SenseEdgeDecision] {
    var failures: [Int: [String]] = [:]
    for edge in edges { failures[edge] = conditions.failures(of: edge, in: sense) }
    var open = edges.filter { failures[$0] != [] }
    progress(edges.count - open.count)
    var witnesses: [Int: SenseWitness] = [:]
    let networks =
      timing.architecture.hasWeights
      ? [(try Network(timing.architecture), nil)]
      : SmallWeights.networks(on: timing.architecture, seed: seed).map { ($0, Optional($0.architecture)) }
    for (network, model) in networks where !open.isEmpty {
      witnesses.merge(try search(open, on: network, model: model)) { first, _ in first }
      open.removeAll { witnesses[$0] != nil }
      progress(edges.count - open.count)
    }
    return edges.map { edge in
      let reasons = failures[edge] ?? []
      let exact = reasons.isEmpty
      return SenseEdgeDecision(
        timing: timing.edges[edge], verdict: exact ? .exact : witnesses[edge] == nil ? .undecided : .refuted,
        decidedBy: exact
          ? proof(of: edge)
          : witnesses[edge] == nil
            ? "round trips differ, but no witness was found on this model"
            : "witness: updates by the tick machine, gradients by the unrolled network",
        failures: reasons, outputAge: exact && sense == .outputTime ? conditions.outputAge(of: edge) : nil,
        witness: witnesses[edge])
    }
  }

  private func proof(of edge: Int) -> String {
    timing.edges[edge].reachesNoOutput
      ? "no path to an output: update and gradient are zero"
      : "round trips: every factor meets the errors of its own output time, for all weights, inputs and σ"
  }

  private func search(_ edges: [Int], on network: Network, model: Architecture?) throws(NetworkError) -> [Int:
    SenseWitness]
  {
    if ExactCost(network).isAffordable {
      let trial = try SenseTrial<Rational>(network, timing, sense, in: ExactContext())
      return try search(edges, trial, model)
    }
    let trial = try SenseTrial<Interval>(network, timing, sense, in: IntervalContext(precision: precision))
    return try search(edges, trial, model)
  }

  private func search<S>(_ edges: [Int], _ trial: SenseTrial<S>, _ model: Architecture?) throws(NetworkError) -> [Int:
    SenseWitness]
  {
    let lags = edges.reduce(into: Set<Int>()) { $0.formUnion(timing.edges[$1].allLags.values) }
    let candidates = WitnessCandidates(timing.architecture, lags: lags.sorted())
    var open = edges
    var witnesses: [Int: SenseWitness] = [:]
    try candidates.forEach(random: randomStreams, seed: seed) { stream throws(NetworkError) in
      for edge in try trial.differences(open, stream, at: candidates.tick).keys.sorted() {
        witnesses[edge] = try witness(edge, stream, at: candidates.tick, trial, model)
        open.removeAll { $0 == edge }
      }
      return !open.isEmpty
    }
    return witnesses
  }

  private func witness<S>(
    _ edge: Int, _ stream: FrameStream, at tick: Int, _ trial: SenseTrial<S>, _ model: Architecture?
  ) throws(NetworkError) -> SenseWitness? {
    let shrinking = WitnessShrinking(tick: tick) { candidate in
      ((try? trial.differences([edge], candidate, at: tick)) ?? [:])[edge] != nil
    }
    let small = shrinking.shrunk(stream, budget: shrinkBudget)
    guard let difference = try trial.differences([edge], small, at: tick)[edge] else { return nil }
    return SenseWitness(
      stream: sense == .accumulated ? trial.finite(small) : small, tick: sense == .accumulated ? nil : tick,
      outputTime: difference.outputTime, update: Self.written(difference.update),
      gradient: Self.written(difference.gradient), entry: difference.entry, model: model)
  }

  private static func written<S: WitnessScalar>(_ matrix: Matrix<S>) -> [[WitnessNumber]] {
    matrix.rowVectors.map { $0.elements.map(\.witnessNumber) }
  }
}
