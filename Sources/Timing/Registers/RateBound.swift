import ExactArithmetic
import Networks
import Waves

/// How far an update can be from the gradient of a frame, when successive frames differ by at most `rate`: an upper bound
/// by products of norms, exact rational, for any schedule that reads σ′ from memory.
///
/// One factor after the other is replaced by that of the reference frame (docs/registers.md): a factor that is m ticks off
/// contributes m · rate times its Lipschitz constant times suprema of the others. Zero where every lag is the
/// reference's. It overestimates by products of norms; it serves to compare schedules, and where nothing finer is known.
public final class RateBound {
  let network: Network
  let schedule: Schedule
  let rate: Rational
  let targetRate: Rational
  let memory: [Int]
  let norms: NetworkNorms
  /// Per node: how much of x_v and of a_v is owed to the frame of each lag: Σ over paths of Π (sup |σ′| ‖W‖).
  private(set) var activity: [[Int: Rational]]
  private(set) var drive: [[Int: Rational]]
  private var errors: [Place: Rational] = [:]

  private struct Place: Hashable {
    let node: Int
    let lag: Int
    let reference: Int
  }

  /// - Parameters:
  ///   - amplitude: every entry of every input and target is at most this in absolute value.
  ///   - rate: the most by which an input changes from one tick to the next, in the max norm; `targetRate` for targets.
  /// - Returns: `nil` where σ′ is frame-consistent, or an operator has no values.
  public init?(
    _ network: Network, _ schedule: Schedule, amplitude: Rational, rate: Rational, targetRate: Rational = 0
  ) {
    guard case .memory(let memory) = schedule.slopeSource, let norms = NetworkNorms(network, amplitude: amplitude)
    else {
      return nil
    }
    self.network = network
    self.schedule = schedule
    self.rate = rate
    self.targetRate = targetRate
    self.memory = memory
    self.norms = norms
    let architecture = network.architecture
    activity = [[Int: Rational]](repeating: [:], count: architecture.nodes.count)
    drive = activity
    for node in network.order {
      if architecture.nodes[node].isInput { activity[node] = [0: 1] }
      for index in architecture.incoming[node] {
        for (lag, weight) in activity[architecture.edges[index].source] {
          drive[node][lag + schedule.forwardLatency[index], default: 0] += weight * norms.forward[index]
        }
      }
      for (lag, weight) in drive[node] {
        activity[node][lag + schedule.activationDelay[node], default: 0] += weight * norms.slope[node]
      }
    }
  }

  /// The greatest |g_e(t) − ∇_e(frame t − reference)| over its entries. It does not vanish with the rate where σ′ jumps.
  public func bound(of edge: Int, reference: Int) -> Rational {
    let ends = network.architecture.edges[edge]
    let error = error(ends.target, lag: schedule.errorMemory[edge], reference)
    let input = deviation(activity[ends.source], lag: schedule.inputMemory[edge], reference)
    return error * norms.activity[ends.source] + norms.error[ends.target] * input
  }

  /// The frame among those that the update reads whose gradient it is nearest to by this bound, the latest of several.
  public func best(of edge: EdgeTiming) -> (reference: Int, bound: Rational)? {
    var best: (reference: Int, bound: Rational)?
    for lag in edge.allLags.values {
      let bound = bound(of: edge.edge, reference: lag)
      if best.map({ bound < $0.bound }) ?? true { best = (lag, bound) }
    }
    return best
  }

  /// The greatest |x_v(t) − x_v(frame t − reference)|, and the frame for which it is least: a weighted median of the lags.
  public func bestFrame(of node: Int) -> (reference: Int, bound: Rational)? {
    let total = activity[node].values.reduce(Rational(0), +)
    var below = Rational(0)
    for lag in activity[node].keys.sorted() {
      below += activity[node][lag] ?? 0
      if below + below >= total { return (lag, deviation(activity[node], lag: 0, lag)) }
    }
    return nil
  }

  /// The greatest |x_v(t) − x_v(frame t − reference)|.
  public func bound(ofActivity node: Int, reference: Int) -> Rational { deviation(activity[node], lag: 0, reference) }

  private func deviation(_ weights: [Int: Rational], lag: Int, _ reference: Int) -> Rational {
    weights.reduce(Rational(0)) {
      $0 + $1.value * Rational(Integer(abs(lag + $1.key - reference)), over: 1)
    } * rate
  }

  /// The most by which σ′ of v can differ where a_v moved: by its Lipschitz constant, and never by more than its jump.
  private func slopeChange(_ node: Int, _ moved: Rational) -> Rational {
    if moved.isZero { return moved }
    return norms.curvature[node].map { Swift.min($0 * moved, norms.jump[node]) } ?? norms.jump[node]
  }

  private func slopeChange(_ node: Int, lag: Int, _ reference: Int) -> Rational {
    slopeChange(node, deviation(drive[node], lag: lag, reference))
  }

  /// The greatest |δ_v(t − lag) − δ_v(frame t − reference)|.
  private func error(_ node: Int, lag: Int, _ reference: Int) -> Rational {
    let place = Place(node: node, lag: lag, reference: reference)
    if let known = errors[place] { return known }
    let result = passedOn(node, lag, reference) + injected(node, lag, reference)
    errors[place] = result
    return result
  }

  private func passedOn(_ node: Int, _ lag: Int, _ reference: Int) -> Rational {
    var moved = Rational(0)
    var size = Rational(0)
    for index in network.architecture.outgoing[node] {
      let target = network.architecture.edges[index].target
      moved += norms.backward[index] * error(target, lag: lag + schedule.backwardLatency[index], reference)
      size += norms.backward[index] * norms.error[target]
    }
    return moved * norms.slope[node] + size * slopeChange(node, lag: lag + memory[node], reference)
  }

  private func injected(_ node: Int, _ lag: Int, _ reference: Int) -> Rational {
    guard network.architecture.isOutput(node) else { return 0 }
    let (slope, residual) = (norms.slope[node], norms.residual(node))
    let ticks = Rational(Integer(abs(lag + schedule.targetLag[node] - reference)), over: 1)
    switch schedule.errorSource {
    case .closed:
      let output = deviation(activity[node], lag: lag + schedule.outputMemory[node], reference)
      let change = slopeChange(node, lag: lag + schedule.residualSlopeMemory[node], reference)
      return slope * (output + ticks * targetRate) + change * residual
    case .open:
      // The static delta of one frame, so all of its parts are equally late.
      let share = drive[node].values.reduce(Rational(0), +) * rate * ticks
      return slope * (slope * share + ticks * targetRate) + slopeChange(node, share) * residual
    }
  }
}
