import ExactArithmetic
import Networks

/// The normal form of one update: which factors it is made of, and of which frame each of them is a function.
///
/// Held as a graph of shared factors, one per (node, lag): the network unrolled in time as far back as the update looks,
/// so that exponentially many paths cost no more than the graph. A node of the graph is a signal at t − lag ticks. They
/// are listed in `steps`, each after all that it is made of, so that whatever is asked of an update is one loop over them
/// and nothing recurses as deep as a network.
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

  /// One shared factor.
  public enum Step: Sendable, Hashable {
    /// a at (node, lag).
    case drive(Signal)
    /// x at (node, lag).
    case activity(Signal)
    /// δ at (node, lag).
    case error(Signal)
  }

  public let architecture: Architecture
  public let schedule: Schedule
  public let edge: Int
  /// All factors, each once and after those that it is made of.
  public let steps: [Step]
  /// The two factors of the outer product.
  public let error: Signal
  public let activity: Signal
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
    let ends = architecture.edges[edge]
    let error = Signal(node: ends.target, lag: schedule.errorMemory[edge])
    let activity = Signal(node: ends.source, lag: schedule.inputMemory[edge])
    var builder = Builder(architecture: architecture, schedule: schedule)
    builder.list(.error(error))
    builder.list(.activity(activity))
    self.architecture = architecture
    self.schedule = schedule
    self.edge = edge
    self.error = error
    self.activity = activity
    steps = builder.steps
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
  /// Lists what a factor is made of before the factor itself, with a stack of its own.
  struct Builder {
    let architecture: Architecture
    let schedule: Schedule
    var steps: [Step] = []
    var errors: Set<Signal> = []
    var activities: Set<Signal> = []
    var slopes: Set<Signal> = []
    private var listed: Set<Step> = []

    init(architecture: Architecture, schedule: Schedule) {
      self.architecture = architecture
      self.schedule = schedule
    }

    mutating func list(_ goal: Step) {
      guard listed.insert(goal).inserted else { return }
      var open = [(step: goal, needs: needs(of: goal), next: 0)]
      while let (step, needs, next) = open.last {
        guard next < needs.count else {
          steps.append(step)
          open.removeLast()
          continue
        }
        open[open.count - 1].next += 1
        // On a DAG what is listed already is either complete or waits for nothing that waits for this.
        if listed.insert(needs[next]).inserted { open.append((needs[next], self.needs(of: needs[next]), 0)) }
      }
    }

    private mutating func needs(of step: Step) -> [Step] {
      switch step {
      case .drive(let signal):
        return architecture.incoming[signal.node].map { edge in
          .activity(
            Signal(node: architecture.edges[edge].source, lag: signal.lag + schedule.forwardLatency[edge]))
        }
      case .activity(let signal):
        activities.insert(signal)
        guard !architecture.nodes[signal.node].isInput else { return [] }
        return [.drive(Signal(node: signal.node, lag: signal.lag + schedule.activationDelay[signal.node]))]
      case .error(let signal):
        errors.insert(signal)
        return needs(ofError: signal)
      }
    }

    private mutating func needs(ofError signal: Signal) -> [Step] {
      let node = architecture.nodes[signal.node]
      var needs: [Step] = architecture.outgoing[signal.node].map { edge in
        .error(Signal(node: architecture.edges[edge].target, lag: signal.lag + schedule.backwardLatency[edge]))
      }
      if case .memory(let memory) = schedule.slopeSource, !architecture.outgoing[signal.node].isEmpty,
        !node.activation.isAffine
      {
        let slope = Signal(node: signal.node, lag: signal.lag + memory[signal.node])
        slopes.insert(slope)
        needs.append(.drive(slope))
      }
      if architecture.isOutput(signal.node), schedule.errorSource == .closed {
        needs.append(
          .activity(Signal(node: signal.node, lag: signal.lag + schedule.outputMemory[signal.node])))
        if !node.activation.isAffine {
          needs.append(
            .drive(Signal(node: signal.node, lag: signal.lag + schedule.residualSlopeMemory[signal.node])))
        }
      }
      return needs
    }
  }
}
