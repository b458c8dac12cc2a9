import ExactArithmetic
import Foundation
import Networks
import Timing
import Waves

/// Decides, parameter by parameter, whether the update of a schedule is the gradient of one frame on a given model.
///
/// Exact where all lags agree and, if the weights learn, all versions of each weight do: then for all weights, inputs and σ.
/// Where they do not, a witness is searched, on the model's own weights, or on small ones for an architecture without
/// weights. Generic numbers: exact rationals where σ has them and they stay small, 128-bit enclosures otherwise.
/// Source: docs/theory.md, what exact means, and weight versions.
public struct NetworkDecision: Sendable {
  public let timing: TimingAnalysis
  /// `delay` or `frame`.
  public let sense: ExactnessSense
  /// The model's own network, when it has weights.
  public let network: Network?
  /// The most random streams tried per search, after the structured ones.
  public var randomStreams = 64
  public var seed: UInt64 = 1
  public var precision = 128
  /// The most streams tried while one witness is made small.
  public var shrinkBudget = 200
  /// Seconds that the search may take for one edge, or for one set of streams for all of them; only where they run out do
  /// results depend on the machine.
  public var budget = 10.0
  /// Of one call of `decide`.
  private var record = DeadlineRecord()
  /// How many witnesses may be made small at once; the results do not depend on it.
  public var threads = 1

  /// - Throws: `NetworkError` when weights are there but the network cannot be run.
  public init(_ timing: TimingAnalysis, sense: ExactnessSense = .delay) throws(NetworkError) {
    precondition(sense == .delay || sense == .frame, "exactness per output time is SenseDecision's")
    self.timing = timing
    self.sense = sense
    network = timing.architecture.hasWeights ? try Network(timing.architecture) : nil
  }

  /// The decisions on the given edges, each by itself, in their order.
  ///
  /// - Parameter progress: called with the number of edges settled so far.
  public func decide(
    _ edges: [Int], progress: (Int) -> Void = { _ in }
  ) throws(NetworkError) -> [EdgeDecision] {
    let findings = try fresh.findings(timing.architecture.single(edges), progress: progress)
    return zip(edges, findings).map { $1.about(timing.edges[$0]) }
  }

  /// The decisions on weights that several edges share, in their order.
  public func decide(
    shared classes: [SharedClass], progress: (Int) -> Void = { _ in }
  ) throws(NetworkError) -> [SharedDecision] {
    let findings = try fresh.findings(classes, progress: progress)
    return zip(classes, findings).map { $1.about(SharedTiming(timing, $0)) }
  }

  /// The same question, of which no search has run out of time yet.
  private var fresh: NetworkDecision {
    var fresh = self
    fresh.record = DeadlineRecord()
    return fresh
  }

  private func findings(_ parameters: [SharedClass], progress: (Int) -> Void) throws(NetworkError) -> [Finding] {
    var findings = [Finding?](repeating: nil, count: parameters.count)
    for (index, parameter) in parameters.enumerated() { findings[index] = try proof(of: parameter) }
    progress(findings.count { $0 != nil })
    func search(_ kind: WitnessKind) throws(NetworkError) {
      let open = parameters.indices.filter {
        findings[$0].map { kind == .learning && $0.verdict == .bounded } ?? true
      }
      guard !open.isEmpty else { return }
      for (index, witness) in try witnesses(kind, for: open.map { parameters[$0] }) {
        findings[open[index]] = Finding(verdict: .refuted, decidedBy: kind.decidedBy, witness: witness)
        progress(findings.count { $0 != nil })
      }
    }
    let lags = parameters.indices.filter { findings[$0] == nil }
      .reduce(into: Lags.none) { $0.formUnion(SharedTiming(timing, parameters[$1]).allLags) }
    let limits = limits(lags: lags.values, parameters: 1)
    // Following zeros through a deep network takes longer than refuting most of its edges.
    if limits.isWide { try search(.frame) }
    if let network, timing.schedule.weightReads.policy == .frozen, limits.triesWhole {
      // Frames of every tick up to the largest lag are held: where those are too many, zeros of the weights prove nothing.
      let dependence = NetworkDependence(network, timing.schedule, lags: lags)
      for index in parameters.indices where findings[index] == nil {
        findings[index] = try proof(of: parameters[index], dependence)
      }
      progress(findings.count { $0 != nil })
    }
    for kind in [WitnessKind.frame, .delay, .learning] {
      guard kind != .frame || !limits.isWide, kind != .delay || sense == .delay else { continue }
      try search(kind)
    }
    let reason = OpenReason("lags differ", timing.architecture, ranOutAfter: record.hasRunOut ? budget : nil).text
    return findings.map { $0 ?? Finding(verdict: .undecided, decidedBy: reason) }
  }

  func limits(lags: [Int], parameters: Int) -> SearchLimits {
    SearchLimits(
      timing.architecture, seconds: budget, record: record, shrinking: shrinkBudget, lags: lags, parameters: parameters)
  }

  /// By lags alone.
  private func proof(of parameter: SharedClass) throws(NetworkError) -> Finding? {
    let entry = SharedTiming(timing, parameter)
    if entry.members.isEmpty {
      return Finding(
        verdict: .exact, decidedBy: "no path to an output: update and gradient are zero", versions: .one)
    }
    guard entry.isSynchronous else { return nil }
    let reason =
      parameter.edges.count == 1
      ? SynchronyReason(timing, parameter.edges[0]).text
      : "all lags of all its edges equal\(timing.period.map { " modulo \($0)" } ?? ""): a sum of gradients of one frame"
    if timing.schedule.weightReads.policy == .frozen {
      return Finding(verdict: .exact, decidedBy: reason, delay: entry.delay, versions: .one)
    }
    guard let versions = try WeightVersions.agreement(timing, parameter.edges) else {
      return Finding(
        verdict: .bounded,
        decidedBy: "lags alone: exact while weights stand still, but one weight is read at several versions")
    }
    return Finding(
      verdict: .exact, decidedBy: reason + "; of each weight one version", delay: entry.delay, versions: versions)
  }

  /// By the zeros of weights that stand still; zeros of weights that learn do not stay zeros.
  private func proof(
    of parameter: SharedClass, _ dependence: NetworkDependence
  ) throws(NetworkError) -> Finding? {
    var lags = Lags.none
    for edge in SharedTiming(timing, parameter).members.map(\.edge) {
      lags.formUnion(try dependence.lags(of: edge))
    }
    let compared = timing.period.map { lags.reduced(modulo: $0) } ?? lags
    guard compared.count <= 1 else { return nil }
    return Finding(
      verdict: .exact, decidedBy: "this network's zeros leave one frame, for all inputs (multi-frame lemma)",
      delay: compared.single, versions: .one)
  }

  private func witnesses(
    _ kind: WitnessKind, for parameters: [SharedClass]
  ) throws(NetworkError) -> [(Int, Witness)] {
    // A claim about streams of a period is not refuted by the runs of LearningSearch, which have none.
    guard timing.period == nil || kind != .learning else { return [] }
    if let network { return try search(kind, parameters, on: network, model: nil) }
    var found: [(Int, Witness)] = []
    for small in SmallWeights.networks(on: timing.architecture, seed: seed) {
      let open = parameters.indices.filter { index in !found.contains { $0.0 == index } }
      guard !open.isEmpty else { break }
      let some = try search(kind, open.map { parameters[$0] }, on: small, model: small.architecture)
      found += some.map { (open[$0.0], $0.1) }
    }
    return found
  }

  private func search(
    _ kind: WitnessKind, _ parameters: [SharedClass], on network: Network, model: Architecture?
  ) throws(NetworkError) -> [(Int, Witness)] {
    let isExact = ExactCost(network).isAffordable
    if kind == .learning {
      guard isExact else { return [] }
      return try LearningSearch(network: network, decision: self, model: model).run(parameters)
    }
    if isExact {
      let trial = WitnessTrial<Rational>(network: network, schedule: timing.schedule, context: ExactContext())
      return try WitnessSearch(trial: trial, decision: self, model: model).run(kind, parameters)
    }
    let trial = WitnessTrial<Interval>(
      network: network, schedule: timing.schedule, context: IntervalContext(precision: precision))
    return try WitnessSearch(trial: trial, decision: self, model: model).run(kind, parameters)
  }
}
