import Networks
import Waves

/// Which versions of the weights the passes of one frame read, when weights change while waves are in flight.
///
/// An age is a number of updates: a pass of frame φ that reads the weight after the updates of frames … φ − 1 − age has age
/// `age`; 0 is up to date, and every update of a tick counts where updates belong to no one frame. With N(τ) the number of
/// updates before tick τ, P ticks a frame and c_e the tick of the first one:
/// ```
/// N(τ) = ⌈(τ − c_e)/P⌉      forward at Pφ + A(v) − forward_e      backward at Pφ + A(v) + RT(v) − backward_e
/// ```
/// Source: docs/theory.md, weight versions.
public struct WeightVersions: Sendable {
  private let timing: TimingAnalysis
  private let trips: RoundTrip

  /// - Returns: `nil` for frozen weights, and for an open error, which no weight has made.
  public init?(_ timing: TimingAnalysis) {
    guard timing.schedule.weightReads.policy != .frozen,
      let trips = try? RoundTrip(timing.architecture, timing.schedule)
    else { return nil }
    self.timing = timing
    self.trips = trips
  }

  /// How many updates the forward pass of a frame has missed at an edge; `nil` where the drive mixes frames.
  public func forwardAge(of edge: Int) -> Int? {
    let reads = timing.schedule.weightReads
    return arrival(edge).map { -updates(edge, before: $0 - reads.forward[edge]) }
  }

  /// The same for the wave that goes back over the edge.
  public func backwardAge(of edge: Int) -> Int? {
    let reads = timing.schedule.weightReads
    guard let arrival = arrival(edge), let trip = trips.total[timing.architecture.edges[edge].target].single else {
      return nil
    }
    return -updates(edge, before: arrival + trip - reads.backward[edge])
  }

  /// How many updates lie between the version that the forward wave has read at an edge and the one that the errors of its
  /// frame read there on their way back, over all paths.
  public func gap(of edge: Int) -> Lags {
    let reads = timing.schedule.weightReads
    let trips = trips.total[timing.architecture.edges[edge].target]
    if timing.schedule.framePeriod == 1 { return trips.shifted(by: reads.forward[edge] - reads.backward[edge]) }
    guard let arrival = arrival(edge) else { return .none }
    let before = updates(edge, before: arrival - reads.forward[edge])
    return Lags(trips.values.map { updates(edge, before: arrival + $0 - reads.backward[edge]) - before })
  }

  /// One weight inside an update: how many ticks before the update's own tick the versions lie that are read of it.
  public struct Read: Sendable, Hashable {
    public let edge: Int
    /// By forward passes, over all factors.
    public let forward: Lags
    /// By the waves on their way back.
    public let backward: Lags
  }

  /// Whether an update reads every weight after one number of updates, at the ticks after which the edge's own weight
  /// changes; false for an open error, which no weight has made. Source: docs/theory.md, weight versions.
  public static func agree(_ timing: TimingAnalysis, _ edge: Int) throws(NetworkError) -> Bool {
    guard let versions = WeightVersions(timing) else { return false }
    let start = timing.schedule.weightReads.start[edge]
    return try versions.reads(by: edge).allSatisfy { read in
      let ticks = read.forward.union(read.backward).values
      return Set(ticks.map { versions.updates(read.edge, before: start - $0) }).count <= 1
    }
  }

  /// Every weight that the update of an edge is made of.
  ///
  /// Complexity: that of the update's normal form.
  public func reads(by edge: Int) throws(NetworkError) -> [Read] {
    let (architecture, schedule) = (timing.architecture, timing.schedule)
    let formula = try UpdateFormula(architecture, schedule, edge: edge)
    var forward = [Int: Set<Int>]()
    var backward = [Int: Set<Int>]()
    func drive(_ node: Int, _ lag: Int) {
      for index in architecture.incoming[node] {
        forward[index, default: []].insert(lag + schedule.weightReads.forward[index])
      }
    }
    for signal in formula.activities where !architecture.nodes[signal.node].isInput {
      drive(signal.node, signal.lag + schedule.activationDelay[signal.node])
    }
    for signal in formula.slopes { drive(signal.node, signal.lag) }
    for signal in formula.errors {
      if architecture.isOutput(signal.node), !architecture.nodes[signal.node].activation.isAffine {
        drive(signal.node, signal.lag + schedule.residualSlopeMemory[signal.node])
      }
      for index in architecture.outgoing[signal.node] {
        backward[index, default: []].insert(
          signal.lag + schedule.backwardLatency[index] + schedule.weightReads.backward[index])
      }
    }
    return architecture.edges.indices.compactMap { index in
      guard forward[index] != nil || backward[index] != nil else { return nil }
      return Read(edge: index, forward: Lags(forward[index] ?? []), backward: Lags(backward[index] ?? []))
    }
  }

  private func arrival(_ edge: Int) -> Int? { timing.forward.drive[timing.architecture.edges[edge].target].single }

  /// The number of updates before a tick, relative to those of all frames before φ, the tick being counted from Pφ on.
  private func updates(_ edge: Int, before tick: Int) -> Int {
    let period = timing.schedule.framePeriod
    let since = tick - timing.schedule.weightReads.start[edge]
    return since >= 0 ? (since + period - 1) / period : -((-since) / period)
  }
}
