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

  /// The versions that an update which reads one of every weight is the gradient at.
  public enum Agreement: Sendable, Hashable {
    /// One vector of weights: all of one tick, or all after one number of updates.
    case one
    /// A version of its own for each weight: per edge, in ascending order, how many updates it is older than the newest one
    /// at the update; of a weight that several edges share, how many ticks.
    case mixture([(edge: Int, age: Int)])

    public static func == (left: Agreement, right: Agreement) -> Bool {
      switch (left, right) {
      case (.one, .one): true
      case (.mixture(let left), .mixture(let right)): left.elementsEqual(right) { $0 == $1 }
      default: false
      }
    }

    public func hash(into hasher: inout Hasher) {
      if case .mixture(let ages) = self { for (edge, age) in ages { hasher.combine([edge, age]) } }
    }
  }

  /// Of which versions an update is made that reads every weight after one number of updates, at the ticks after which the
  /// weight itself changes; `nil` where it reads one at several, and for an open error, which no weight has made.
  ///
  /// Weights that edges share, and updates that several edges make, change at several slots: there one version means one
  /// tick, which is enough. Source: docs/theory.md, weight versions (theorem D1).
  public static func agreement(_ timing: TimingAnalysis, _ edges: [Int]) throws(NetworkError) -> Agreement? {
    guard let versions = WeightVersions(timing) else {
      return timing.schedule.weightReads.policy == .frozen ? .one : nil
    }
    let classes = timing.architecture.sharedClasses.map(\.edges)
    let owner = edges.count == 1 && timing.architecture.edges[edges[0]].shared == nil ? edges[0] : nil
    var lags: [[Int]: Set<Int>] = [:]
    for edge in edges where !timing.edges[edge].reachesNoOutput {
      for read in try versions.reads(by: edge) {
        let weight = classes.first { $0.contains(read.edge) } ?? [read.edge]
        lags[weight, default: []].formUnion(read.forward.union(read.backward).values)
      }
    }
    var ages: [(edge: Int, age: Int)] = []
    var counts = Set<Int?>()
    for (weight, ticks) in lags {
      if let owner, weight.count == 1 {
        let start = timing.schedule.weightReads.start[owner]
        let read = Set(ticks.map { versions.updates(weight[0], before: start - $0) })
        guard read.count <= 1, let number = read.first else { return nil }
        ages.append((weight[0], versions.updates(weight[0], before: start) - number))
        counts.insert(number)
      } else {
        guard ticks.count <= 1, let lag = ticks.first else { return nil }
        ages += weight.map { ($0, lag) }
        counts.insert(nil)
      }
    }
    let together = counts.count <= 1 && counts.first != .some(nil)
    let oneTick = lags.values.reduce(into: Set<Int>()) { $0.formUnion($1) }.count <= 1
    return together || oneTick ? .one : .mixture(ages.sorted { $0.edge < $1.edge })
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
