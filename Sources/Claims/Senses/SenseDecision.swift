import ExactArithmetic
import Foundation
import Networks
import Timing
import Waves

/// What was decided about one edge, or a weight that several share, in one sense of exactness.
public struct SenseFinding: Sendable {
  public let name: String
  /// One, or those that share the weight.
  public let edges: [Int]
  public let verdict: Verdict
  /// The theorem or computation that decided, in words.
  public let decidedBy: String
  /// The conditions that fail, as sentences; empty where the edge is exact for all weights, inputs and σ.
  public let failures: [String]
  /// r where the edge is exact per output time: the update of tick t is the gradient of output time t − r.
  public let outputAge: Int?
  /// Present exactly when the verdict is `refuted`.
  public let witness: SenseWitness?

  /// What is not decided, and why.
  public static func open(_ parameter: SharedClass, because reason: String) -> SenseFinding {
    SenseFinding(
      name: parameter.name, edges: parameter.edges, verdict: .undecided, decidedBy: reason, failures: [],
      outputAge: nil,
      witness: nil)
  }
}

/// Decides exactness per output time or accumulated, parameter by parameter: by round trips where they allow it, by a witness
/// where they do not. Round trips alone prove nothing of weights that learn.
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
  /// Seconds that the search may take on one network; only where they run out do results depend on the machine.
  public var budget = 10.0

  /// - Throws: `NetworkError` when the schedule has an open error, which has no output time.
  public init(_ timing: TimingAnalysis, _ sense: ExactnessSense) throws(NetworkError) {
    guard timing.period == nil else {
      throw NetworkError("--period compares frames; exactness per \(sense.rawValue) has no period")
    }
    self.timing = timing
    self.sense = sense
    conditions = try SenseConditions(timing.architecture, timing.schedule)
  }

  /// The decisions on the given weights, each of one edge or of several whose updates are added, in their order.
  public func decide(
    _ parameters: [SharedClass], progress: (Int) -> Void = { _ in }
  ) throws(NetworkError) -> [SenseFinding] {
    let failures = parameters.map(failures(of:))
    var open = parameters.indices.filter { !failures[$0].isEmpty }
    progress(parameters.count - open.count)
    var witnesses: [Int: SenseWitness] = [:]
    let record = DeadlineRecord()
    let networks =
      timing.architecture.hasWeights
      ? [(try Network(timing.architecture), nil)]
      : SmallWeights.networks(on: timing.architecture, seed: seed).map { ($0, Optional($0.architecture)) }
    for (network, model) in networks where !open.isEmpty {
      let found = try search(open.map { parameters[$0] }, on: network, model: model, record)
      for (index, witness) in found { witnesses[open[index]] = witness }
      open.removeAll { witnesses[$0] != nil }
      progress(parameters.count - open.count)
    }
    let reason = OpenReason("round trips differ", timing.architecture, ranOutAfter: record.hasRunOut ? budget : nil)
      .text
    var findings: [SenseFinding] = []
    for (index, parameter) in parameters.enumerated() {
      let (verdict, decidedBy): (Verdict, String)
      if !failures[index].isEmpty {
        (verdict, decidedBy) =
          witnesses[index] == nil
          ? (.undecided, reason)
          : (.refuted, "witness: updates by the tick machine, gradients by the unrolled network")
      } else {
        (verdict, decidedBy) = try proof(of: parameter)
      }
      findings.append(
        SenseFinding(
          name: parameter.name, edges: parameter.edges, verdict: verdict, decidedBy: decidedBy,
          failures: failures[index], outputAge: verdict == .exact && sense == .outputTime ? ages(parameter).first : nil,
          witness: witnesses[index]))
    }
    return findings
  }

  /// Why a weight is not exact, were it to stand still.
  private func failures(of parameter: SharedClass) -> [String] {
    var failures: [String] = []
    for edge in parameter.edges {
      for failure in conditions.failures(of: edge, in: sense) {
        failures.append(parameter.edges.count == 1 ? failure : "\(timing.edges[edge].name): \(failure)")
      }
    }
    let ages = ages(parameter)
    if failures.isEmpty, sense == .outputTime, ages.count > 1 {
      failures.append("its edges take the errors of output times \(ages.sorted()) ticks old")
    }
    return failures
  }

  /// r of every edge that reaches an output.
  private func ages(_ parameter: SharedClass) -> Set<Int> {
    Set(parameter.edges.filter { !timing.edges[$0].reachesNoOutput }.compactMap(conditions.outputAge(of:)))
  }

  private func proof(of parameter: SharedClass) throws(NetworkError) -> (Verdict, String) {
    if parameter.edges.allSatisfy({ timing.edges[$0].reachesNoOutput }) {
      return (.exact, "no path to an output: update and gradient are zero")
    }
    let trips = "round trips: every factor meets the errors of its own output time, for all weights, inputs and σ"
    if timing.schedule.weightReads.policy == .frozen { return (.exact, trips) }
    // A sum over all ticks is made of as many versions as there are ticks.
    guard sense == .outputTime, try WeightVersions.agreement(timing, parameter.edges) != nil else {
      return (.bounded, "round trips alone: exact while weights stand still, but weights are read at several versions")
    }
    return (.exact, trips + "; of each weight one version")
  }

  private func search(
    _ parameters: [SharedClass], on network: Network, model: Architecture?, _ record: DeadlineRecord
  ) throws(NetworkError) -> [Int: SenseWitness] {
    if ExactCost(network).isAffordable {
      let trial = try SenseTrial<Rational>(network, timing, sense, in: ExactContext())
      return try search(parameters, trial, model, record)
    }
    let trial = try SenseTrial<Interval>(network, timing, sense, in: IntervalContext(precision: precision))
    return try search(parameters, trial, model, record)
  }

  private func search<S>(
    _ parameters: [SharedClass], _ trial: SenseTrial<S>, _ model: Architecture?, _ record: DeadlineRecord
  ) throws(NetworkError) -> [Int: SenseWitness] {
    let lags = parameters.reduce(into: Set<Int>()) { lags, parameter in
      for edge in parameter.edges { lags.formUnion(timing.edges[edge].allLags.values) }
    }
    let limits = SearchLimits(
      timing.architecture, seconds: budget, record: record, shrinking: shrinkBudget, lags: lags.sorted(),
      parameters: parameters.count)
    guard limits.triesWhole else { return [:] }
    let isOver = limits.clock()
    let candidates = WitnessCandidates(timing.architecture, lags: lags.sorted())
    var open = Array(parameters.indices)
    var witnesses: [Int: SenseWitness] = [:]
    try candidates.forEach(random: randomStreams, seed: seed) { stream throws(NetworkError) in
      let found = try trial.differences(open.map { parameters[$0] }, stream, at: candidates.tick)
      for index in found.keys.sorted().map({ open[$0] }) {
        witnesses[index] = try witness(parameters[index], stream, at: candidates.tick, trial, model, limits)
      }
      open.removeAll { witnesses[$0] != nil }
      return !open.isEmpty && !isOver()
    }
    return witnesses
  }

  private func witness<S>(
    _ parameter: SharedClass, _ stream: FrameStream, at tick: Int, _ trial: SenseTrial<S>, _ model: Architecture?,
    _ limits: SearchLimits
  ) throws(NetworkError) -> SenseWitness? {
    let shrinking = WitnessShrinking { candidate in
      ((try? trial.differences([parameter], candidate, at: tick)) ?? [:])[0] != nil
    }
    let small = shrinking.shrunk(stream, budget: limits.shrinking)
    guard let difference = try trial.differences([parameter], small, at: tick)[0] else { return nil }
    return SenseWitness(
      stream: sense == .accumulated ? trial.finite(small) : small, tick: sense == .accumulated ? nil : tick,
      outputTime: difference.outputTime, update: Self.written(difference.update),
      gradient: Self.written(difference.gradient), entry: difference.entry, model: model)
  }

  private static func written<S: WitnessScalar>(_ matrix: Matrix<S>) -> [[WitnessNumber]] {
    matrix.rowVectors.map { $0.elements.map(\.witnessNumber) }
  }
}
