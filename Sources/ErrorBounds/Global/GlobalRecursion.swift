import ExactArithmetic
import Networks
import Waves

/// The telescoping bound on any graph and schedule: how far each signal of an update can be from its static value at the
/// reference frame, one factor exchanged at a time, sums over paths shared by (node, lag).
///
/// Sup norms; with da the distance of a drive, dx of an activity, S the size of an error and D its distance:
/// ```
/// da_v = max_i Σ_e (Σ_j |W_e,ij|) dx_u       dx_v = s1_v da_v       dx_input = V_lag
/// S_v  = s1_v P_v(S) + [output] s1_v R       P_v(z) = max_j Σ_e (Σ_i |W_e,ij|) z_w
/// D_v  = s2_v da_v P_v(S) + s1_v P_v(D) + [output] (s2_v da_v R + s1_v (dx_v + V^y))
/// R    = |x_o − y_o| at the reference + dx_o + V^y
/// ```
/// and |g − ∇| ≤ S dx_u + D |x_u| at the reference. On a chain this is the formula of theorem 8 (docs/theory.md).
/// Complexity: the number of (node, lag) pairs, and of (node, lag, frame) for frame-consistent slopes, times degrees.
struct GlobalRecursion {
  typealias Signal = UpdateFormula.Signal
  /// S and D of an error.
  typealias Wave = (size: Magnitude, distance: Magnitude)

  private let constants: NetworkConstants
  private let formula: UpdateFormula
  private var activities: [Signal: Magnitude] = [:]
  private var waves: [[Int]: Wave] = [:]
  /// dx per unit of V where all inputs are of one frame, by node.
  private var staticGains: [Int: Magnitude] = [:]

  init(_ constants: NetworkConstants) {
    self.constants = constants
    formula = constants.problem.evaluator.formula
  }

  private var architecture: Architecture { formula.architecture }
  private var schedule: Schedule { formula.schedule }

  /// dx of the input factor, and S and D of the error factor.
  mutating func factors() -> (activity: Magnitude, wave: Wave) {
    let ends = architecture.edges[formula.edge]
    let start = Signal(node: ends.target, lag: schedule.errorMemory[formula.edge])
    let activity = activity(Signal(node: ends.source, lag: schedule.inputMemory[formula.edge]))
    guard schedule.slopeSource == .frameConsistent else { return (activity, wave(start, frame: nil)) }
    // A wave of every frame; the static delta is the sum of the same parts.
    var total: Wave = (.zero, .zero)
    let frames = Set(
      formula.errors.filter { architecture.isOutput($0.node) }.map { $0.lag + schedule.waveFrameLag[$0.node] })
    for frame in frames {
      let part = wave(start, frame: frame)
      total = (total.size + part.size, total.distance + part.distance)
    }
    return (activity, total)
  }

  private mutating func activity(_ signal: Signal) -> Magnitude {
    if architecture.nodes[signal.node].isInput { return constants.distances.input(signal.lag) }
    if let known = activities[signal] { return known }
    let lag = signal.lag + schedule.activationDelay[signal.node]
    let value = constants.slopes[signal.node].slope * drive(Signal(node: signal.node, lag: lag))
    activities[signal] = value
    return value
  }

  private mutating func drive(_ signal: Signal) -> Magnitude {
    var arriving: [(edge: Int, value: Magnitude)] = []
    for edge in architecture.incoming[signal.node] {
      let lag = signal.lag + schedule.forwardLatency[edge]
      arriving.append((edge, activity(Signal(node: architecture.edges[edge].source, lag: lag))))
    }
    return constants.pushed(arriving)
  }

  /// The same at a static frame: the gain of the node times the frame's distance.
  private mutating func staticDrive(_ node: Int, frame: Int) -> Magnitude {
    staticDriveGain(node) * constants.distances.input(frame)
  }

  private mutating func staticDriveGain(_ node: Int) -> Magnitude {
    var arriving: [(edge: Int, value: Magnitude)] = []
    for edge in architecture.incoming[node] { arriving.append((edge, staticGain(architecture.edges[edge].source))) }
    return constants.pushed(arriving)
  }

  private mutating func staticGain(_ node: Int) -> Magnitude {
    if architecture.nodes[node].isInput { return Magnitude(1) }
    if let known = staticGains[node] { return known }
    let value = constants.slopes[node].slope * staticDriveGain(node)
    staticGains[node] = value
    return value
  }

  private mutating func wave(_ signal: Signal, frame: Int?) -> Wave {
    let key = [signal.node, signal.lag, frame ?? Int.min]
    if let known = waves[key] { return known }
    let (slope, change) = constants.slopes[signal.node]
    var sizes: [(edge: Int, value: Magnitude)] = []
    var distances = sizes
    for edge in architecture.outgoing[signal.node] {
      let lag = signal.lag + schedule.backwardLatency[edge]
      let later = wave(Signal(node: architecture.edges[edge].target, lag: lag), frame: frame)
      sizes.append((edge, later.size))
      distances.append((edge, later.distance))
    }
    let arriving = constants.pulled(sizes)
    var value: Wave = (slope * arriving, slope * constants.pulled(distances))
    if !arriving.isZero, !change.isZero {
      let moved: Magnitude
      if case .memory(let memory) = schedule.slopeSource {
        moved = drive(Signal(node: signal.node, lag: signal.lag + memory[signal.node]))
      } else {
        moved = staticDrive(signal.node, frame: frame ?? 0)
      }
      value.distance = value.distance + change * moved * arriving
    }
    if architecture.isOutput(signal.node),
      frame == nil || frame == signal.lag + schedule.waveFrameLag[signal.node]
    {
      let error = injected(signal)
      value = (value.size + error.size, value.distance + error.distance)
    }
    waves[key] = value
    return value
  }

  private mutating func injected(_ signal: Signal) -> Wave {
    let node = signal.node
    let (slope, change) = constants.slopes[node]
    let frame = signal.lag + schedule.targetLag[node]
    let (output, read): (Magnitude, Magnitude)
    if schedule.errorSource == .closed {
      output = activity(Signal(node: node, lag: signal.lag + schedule.outputMemory[node]))
      read =
        change.isZero ? .zero : drive(Signal(node: node, lag: signal.lag + schedule.residualSlopeMemory[node]))
    } else {
      output = staticGain(node) * constants.distances.input(frame)
      read = staticDrive(node, frame: frame)
    }
    let moved = output + constants.distances.target(frame)
    let residual = constants.residuals[node] + moved
    return (slope * residual, change * read * residual + slope * moved)
  }
}

extension NetworkConstants {
  /// max_i Σ_e (Σ_j |W_e,ij|) z_e over edges into one node.
  func pushed(_ arriving: [(edge: Int, value: Magnitude)]) -> Magnitude { largest(arriving, \.rows) }

  /// max_j Σ_e (Σ_i |W_e,ij|) z_e over edges out of one node.
  func pulled(_ arriving: [(edge: Int, value: Magnitude)]) -> Magnitude { largest(arriving, \.columns) }

  private func largest(
    _ arriving: [(edge: Int, value: Magnitude)], _ sums: KeyPath<WeightNorms, [Rational]>
  ) -> Magnitude {
    let moving = arriving.filter { !$0.value.isZero }
    guard let first = moving.first else { return .zero }
    // One edge: the norm of its weight.
    guard moving.count > 1 else {
      return Magnitude(norms[first.edge][keyPath: sums].max() ?? 0) * first.value
    }
    let count = norms[first.edge][keyPath: sums].count
    return (0..<count).map { index in
      moving.reduce(.zero) { $0 + Magnitude(norms[$1.edge][keyPath: sums][index]) * $1.value }
    }.max() ?? .zero
  }
}
