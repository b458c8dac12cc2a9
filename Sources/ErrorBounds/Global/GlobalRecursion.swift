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
  private var drives: [Signal: Magnitude] = [:]
  private var activities: [Signal: Magnitude] = [:]
  /// By the lag of the frame that the wave was injected for under the frame-consistent rule, as one entry otherwise.
  private var waves: [Signal: [Int: Wave]] = [:]
  /// da and dx per unit of V where all inputs are of one frame, by node.
  private let driveGains: [Magnitude]
  private let gains: [Magnitude]

  init(_ constants: NetworkConstants) {
    self.constants = constants
    formula = constants.problem.evaluator.formula
    let network = constants.problem.network
    var gains = [Magnitude](repeating: Magnitude(1), count: network.architecture.nodes.count)
    var driveGains = gains
    for node in network.order where !network.architecture.nodes[node].isInput {
      driveGains[node] = constants.pushed(
        network.architecture.incoming[node].map { ($0, gains[network.architecture.edges[$0].source]) })
      gains[node] = constants.slopes[node].slope * driveGains[node]
    }
    self.gains = gains
    self.driveGains = driveGains
  }

  private var architecture: Architecture { formula.architecture }
  private var schedule: Schedule { formula.schedule }

  /// dx of the input factor, and S and D of the error factor.
  mutating func factors() -> (activity: Magnitude, wave: Wave) {
    for step in formula.steps {
      switch step {
      case .drive(let signal): drives[signal] = arriving(signal)
      case .activity(let signal):
        let drive = Signal(node: signal.node, lag: signal.lag + schedule.activationDelay[signal.node])
        activities[signal] =
          architecture.nodes[signal.node].isInput
          ? constants.distances.input(signal.lag)
          : constants.slopes[signal.node].slope * UpdateFormula.listed(drives[drive])
      case .error(let signal): waves[signal] = passed(signal)
      }
    }
    // Under the frame-consistent rule a wave of every frame; the static delta is the sum of the same parts.
    let parts = UpdateFormula.listed(waves[formula.error]).sorted { $0.key < $1.key }.map(\.value)
    return (
      UpdateFormula.listed(activities[formula.activity]),
      parts.reduce((.zero, .zero)) { ($0.size + $1.size, $0.distance + $1.distance) }
    )
  }

  private func arriving(_ signal: Signal) -> Magnitude {
    constants.pushed(
      architecture.incoming[signal.node].map { edge in
        let lag = signal.lag + schedule.forwardLatency[edge]
        return (edge, UpdateFormula.listed(activities[Signal(node: architecture.edges[edge].source, lag: lag)]))
      })
  }

  private func passed(_ signal: Signal) -> [Int: Wave] {
    let (slope, change) = constants.slopes[signal.node]
    var sizes: [Int: [(edge: Int, value: Magnitude)]] = [:]
    var distances = sizes
    for edge in architecture.outgoing[signal.node] {
      let lag = signal.lag + schedule.backwardLatency[edge]
      for (frame, later) in UpdateFormula.listed(waves[Signal(node: architecture.edges[edge].target, lag: lag)]) {
        sizes[frame, default: []].append((edge, later.size))
        distances[frame, default: []].append((edge, later.distance))
      }
    }
    var parts: [Int: Wave] = [:]
    for (frame, sizes) in sizes {
      let arriving = constants.pulled(sizes)
      var value: Wave = (slope * arriving, slope * constants.pulled(distances[frame] ?? []))
      if !arriving.isZero, !change.isZero {
        let moved: Magnitude
        if case .memory(let memory) = schedule.slopeSource {
          moved = UpdateFormula.listed(drives[Signal(node: signal.node, lag: signal.lag + memory[signal.node])])
        } else {
          // At a static frame: the gain of the node times the frame's distance.
          moved = driveGains[signal.node] * constants.distances.input(frame)
        }
        value.distance = value.distance + change * moved * arriving
      }
      parts[frame] = value
    }
    if architecture.isOutput(signal.node) {
      let frame = schedule.slopeSource == .frameConsistent ? signal.lag + schedule.waveFrameLag[signal.node] : 0
      let error = injected(signal)
      let value = parts[frame] ?? (.zero, .zero)
      parts[frame] = (value.size + error.size, value.distance + error.distance)
    }
    return parts
  }

  private func injected(_ signal: Signal) -> Wave {
    let node = signal.node
    let (slope, change) = constants.slopes[node]
    let frame = signal.lag + schedule.targetLag[node]
    let (output, read): (Magnitude, Magnitude)
    if schedule.errorSource == .closed {
      output = UpdateFormula.listed(activities[Signal(node: node, lag: signal.lag + schedule.outputMemory[node])])
      let drive = Signal(node: node, lag: signal.lag + schedule.residualSlopeMemory[node])
      read = change.isZero ? .zero : UpdateFormula.listed(drives[drive])
    } else {
      output = gains[node] * constants.distances.input(frame)
      read = driveGains[node] * constants.distances.input(frame)
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
