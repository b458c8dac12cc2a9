import ExactArithmetic
import Networks

/// The normal form of one update: which factors it is made of, and of which frame each of them is a function.
///
/// Held as a graph of shared factors, one per (node, lag): the network unrolled in time as far back as the update looks,
/// so that exponentially many paths cost no more than the graph. A node of the graph is a signal at t − lag ticks.
/// Source: docs/theory.md, multi-frame lemma; the paper's equation (5) on a chain.
public struct UpdateFormula: Sendable {
  /// A signal of a node, `lag` ticks before the update's own tick.
  public struct Signal: Sendable, Hashable, Comparable {
    public let node: Int
    public let lag: Int

    public init(node: Int, lag: Int) {
      self.node = node
      self.lag = lag
    }

    public static func < (left: Signal, right: Signal) -> Bool { (left.lag, left.node) < (right.lag, right.node) }
  }

  public let architecture: Architecture
  public let schedule: Schedule
  public let edge: Int
  /// δ at (node, lag), each once.
  public let errors: Set<Signal>
  /// x at (node, lag), each once; inputs among them are frames.
  public let activities: Set<Signal>
  /// a at (node, lag) read for a slope by a wave.
  public let slopes: Set<Signal>

  /// - Complexity: the number of (node, lag) pairs that the update depends on, times their degrees.
  /// - Throws: `NetworkError` naming a cycle.
  public init(_ architecture: Architecture, _ schedule: Schedule, edge: Int) throws(NetworkError) {
    _ = try architecture.topologicalOrder()
    var builder = Builder(architecture: architecture, schedule: schedule)
    let ends = architecture.edges[edge]
    builder.visitError(Signal(node: ends.target, lag: schedule.errorMemory[edge]))
    builder.visitActivity(Signal(node: ends.source, lag: schedule.inputMemory[edge]))
    self.architecture = architecture
    self.schedule = schedule
    self.edge = edge
    errors = builder.errors
    activities = builder.activities
    slopes = builder.slopes
  }

  /// How many shared factors the formula has.
  public var signalCount: Int { errors.count + activities.count + slopes.count }

  /// The lags of the frames that the update reads, through inputs, targets and static factors.
  public var frameLags: [Int] {
    var lags = Set<Int>()
    for signal in activities where architecture.nodes[signal.node].isInput { lags.insert(signal.lag) }
    for signal in errors where architecture.isOutput(signal.node) {
      lags.insert(signal.lag + schedule.targetLag[signal.node])
    }
    if schedule.slopeSource == .frameConsistent {
      for signal in errors where architecture.isOutput(signal.node) {
        lags.insert(signal.lag + schedule.waveFrameLag[signal.node])
      }
    }
    return lags.sorted()
  }
}

extension UpdateFormula {
  struct Builder {
    let architecture: Architecture
    let schedule: Schedule
    var errors: Set<Signal> = []
    var activities: Set<Signal> = []
    var slopes: Set<Signal> = []

    mutating func visitError(_ signal: Signal) {
      guard errors.insert(signal).inserted else { return }
      let node = architecture.nodes[signal.node]
      for edge in architecture.outgoing[signal.node] {
        visitError(
          Signal(node: architecture.edges[edge].target, lag: signal.lag + schedule.backwardLatency[edge]))
      }
      if case .memory(let memory) = schedule.slopeSource, !architecture.outgoing[signal.node].isEmpty,
        !node.activation.isAffine
      {
        let slope = Signal(node: signal.node, lag: signal.lag + memory[signal.node])
        slopes.insert(slope)
        visitDrive(slope)
      }
      if architecture.isOutput(signal.node), schedule.errorSource == .closed {
        visitActivity(Signal(node: signal.node, lag: signal.lag + schedule.outputMemory[signal.node]))
        if !node.activation.isAffine {
          visitDrive(Signal(node: signal.node, lag: signal.lag + schedule.residualSlopeMemory[signal.node]))
        }
      }
    }

    mutating func visitActivity(_ signal: Signal) {
      guard activities.insert(signal).inserted, !architecture.nodes[signal.node].isInput else { return }
      visitDrive(Signal(node: signal.node, lag: signal.lag + schedule.activationDelay[signal.node]))
    }

    mutating func visitDrive(_ signal: Signal) {
      for edge in architecture.incoming[signal.node] {
        visitActivity(
          Signal(node: architecture.edges[edge].source, lag: signal.lag + schedule.forwardLatency[edge]))
      }
    }
  }
}
