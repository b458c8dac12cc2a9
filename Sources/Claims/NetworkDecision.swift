import ExactArithmetic
import Networks
import Timing
import Waves

/// Decides, edge by edge, whether the update of a schedule is the gradient of one frame on a given model.
///
/// Exact where all lags agree: then for all weights, inputs and σ. Where they do not, a witness is searched, on the
/// model's own weights, or on small ones for an architecture without weights. Generic numbers: exact rationals where σ
/// has them and they stay small, 128-bit enclosures otherwise.
public struct NetworkDecision: Sendable {
  public let timing: TimingAnalysis
  /// The model's own network, when it has weights.
  public let network: Network?
  /// The most random streams tried per search, after the structured ones.
  public var randomStreams = 64
  public var seed: UInt64 = 1
  public var precision = 128
  /// The most streams tried while one witness is made small.
  public var shrinkBudget = 200
  /// How many witnesses may be made small at once; the results do not depend on it.
  public var threads = 1

  /// - Throws: `NetworkError` when weights are there but the network cannot be run.
  public init(_ timing: TimingAnalysis) throws(NetworkError) {
    self.timing = timing
    network = timing.architecture.hasWeights ? try Network(timing.architecture) : nil
  }

  /// The decisions on the given edges, in their order.
  ///
  /// - Parameter progress: called with the number of edges settled so far.
  public func decide(
    _ edges: [Int], progress: (Int) -> Void = { _ in }
  ) throws(NetworkError) -> [EdgeDecision] {
    var decisions: [Int: EdgeDecision] = [:]
    var open: [Int] = []
    let doubtful = edges.filter { !timing.edges[$0].isSynchronous && !timing.edges[$0].reachesNoOutput }
    let lags = doubtful.reduce(into: Lags.none) { $0.formUnion(timing.edges[$1].allLags) }
    let dependence = network.map { NetworkDependence($0, timing.schedule, lags: lags) }
    for edge in edges {
      if let decision = try proof(of: edge, dependence) { decisions[edge] = decision } else { open.append(edge) }
    }
    progress(decisions.count)
    for (edge, witness) in try witnesses(for: open) {
      decisions[edge] = EdgeDecision(
        timing: timing.edges[edge], verdict: .refuted, decidedBy: "witness, evaluated by the tick machine",
        witness: witness)
      progress(decisions.count)
    }
    return edges.map { edge in
      decisions[edge]
        ?? EdgeDecision(
          timing: timing.edges[edge], verdict: .undecided,
          decidedBy: "lags differ, but no witness was found on this model", witness: nil)
    }
  }

  private func proof(of edge: Int, _ dependence: NetworkDependence?) throws(NetworkError) -> EdgeDecision? {
    let entry = timing.edges[edge]
    func exact(_ reason: String) -> EdgeDecision {
      EdgeDecision(timing: entry, verdict: .exact, decidedBy: reason, witness: nil)
    }
    if entry.reachesNoOutput { return exact("no path to an output: update and gradient are zero") }
    let frozen = timing.schedule.weightReads.policy == .frozen
    if entry.isSynchronous {
      let agree = frozen ? true : try WeightVersions.agree(timing, edge)
      guard agree else {
        return EdgeDecision(
          timing: entry, verdict: .bounded,
          decidedBy: "lags alone: exact while weights stand still, but one weight is read at several versions",
          witness: nil)
      }
      return exact(SynchronyReason(timing, edge).text)
    }
    // Zeros of weights that learn do not stay zeros.
    guard frozen, let dependence else { return nil }
    let lags = try dependence.lags(of: edge)
    let compared = entry.period.map { lags.reduced(modulo: $0) } ?? lags
    guard compared.count <= 1 else { return nil }
    return exact("this network's zeros leave one frame, for all inputs (multi-frame lemma)")
  }

  private func witnesses(for edges: [Int]) throws(NetworkError) -> [(Int, Witness)] {
    // A periodic claim asks for periodic witnesses, which this search does not make: such edges stay undecided.
    guard !edges.isEmpty, timing.period == nil else { return [] }
    if let network { return try search(edges, on: network, model: nil) }
    var found: [(Int, Witness)] = []
    var remaining = edges
    for small in SmallWeights.networks(on: timing.architecture, seed: seed) where !remaining.isEmpty {
      let some = try search(remaining, on: small, model: small.architecture)
      found += some
      remaining.removeAll { edge in some.contains { $0.0 == edge } }
    }
    return found
  }

  private func search(_ edges: [Int], on network: Network, model: Architecture?) throws(NetworkError) -> [(
    Int, Witness
  )] {
    if ExactCost(network).isAffordable {
      let trial = WitnessTrial<Rational>(network: network, schedule: timing.schedule, context: ExactContext())
      return try WitnessSearch(trial: trial, decision: self, model: model).run(edges)
    }
    let trial = WitnessTrial<Interval>(
      network: network, schedule: timing.schedule, context: IntervalContext(precision: precision))
    return try WitnessSearch(trial: trial, decision: self, model: model).run(edges)
  }
}
