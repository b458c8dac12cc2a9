import ExactArithmetic
import Networks

/// A run in which the weights really change after every tick of the edge's slots: by W_e ← W_e − η g_e(t), or by given steps.
///
/// Exact, so that numbers grow by the degree of the network with every step of descent. Which versions the passes read is what `Schedule.weightReads` says; nothing here knows of lags. An update made
/// at tick t is first seen at tick t + 1. Edges that share a weight change by the sum of the steps that a tick makes at any of
/// them.
public final class OnlineRun {
  /// What a weight changes by.
  public enum Change: Sendable {
    /// −η g_e(t).
    case descent(Rational)
    /// A step of its own for each edge and number of updates so far.
    case drift(@Sendable (_ edge: Int, _ number: Int) -> LinearMap)
  }

  public let network: Network
  public let schedule: Schedule
  public let history: WeightHistory
  public let machine: TickMachine<Rational>
  public let change: Change
  /// Per shared weight: its edges.
  private let classes: [[Int]]
  /// The number of ticks run so far.
  public private(set) var ticks = 0

  /// - Throws: `NetworkError` when the schedule has no versions (frozen), or takes slopes from a static network, which
  ///   under changing weights is not one network.
  public init(
    _ network: Network, _ schedule: Schedule, _ stream: FrameStream, _ change: Change
  ) throws(NetworkError) {
    guard schedule.weightReads.policy != .frozen else {
      throw NetworkError("schedule \(schedule.name) freezes the weights; choose the versions that are read first")
    }
    guard schedule.slopeSource != .frameConsistent, schedule.errorSource == .closed else {
      throw NetworkError(
        "schedule \(schedule.name) takes slopes or errors from a static network; with changing weights there is none")
    }
    self.network = network
    self.schedule = schedule
    self.change = change
    classes = network.architecture.sharedClasses.map(\.edges)
    history = WeightHistory(network)
    machine = TickMachine(
      network, schedule, frames: Frames(stream, in: ExactContext()), in: ExactContext(), history: history)
  }

  /// Runs until `ticks` ticks are over.
  public func advance(to ticks: Int) throws(NetworkError) {
    while self.ticks < ticks {
      let tick = self.ticks
      var steps: [LinearMap?] = []
      for edge in network.architecture.edges.indices {
        steps.append(changes(edge, at: tick) ? try step(edge, at: tick) : nil)
      }
      for shared in classes {
        let sum = shared.compactMap { steps[$0] }.reduce(nil as LinearMap?) { sum, step in sum.map { $0 + step } ?? step
        }
        for edge in shared { steps[edge] = sum }
      }
      for (edge, step) in steps.enumerated() { history.append(step, to: edge) }
      self.ticks = tick + 1
    }
  }

  private func step(_ edge: Int, at tick: Int) throws(NetworkError) -> LinearMap {
    switch change {
    case .descent(let rate): LinearMap(try machine.update(edge, at: tick)).scaled(by: -rate)
    case .drift(let step): step(edge, history.updates(of: edge))
    }
  }

  /// Whether a tick is one of those after which the edge's weight changes.
  public func changes(_ edge: Int, at tick: Int) -> Bool {
    let since = tick - schedule.weightReads.start[edge]
    return since >= 0 && since % schedule.framePeriod == 0
  }
}
