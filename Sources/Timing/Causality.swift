import Networks
import Waves

/// What exists when it is read, per node v: for the wave that leaves v towards the inputs.
///
/// A drive counts as existing in the tick in which it is present. Under the frame-consistent rule a slope exists only if
/// the node's drive ever is that of one frame, and not before it arrives; with several lags it never is.
struct Causality {
  /// Everything that the waves at v have read, errors taken as given.
  let wave: [Bool]
  /// Every error that reaches v could have been computed in time.
  let error: [Bool]

  init(_ architecture: Architecture, _ schedule: Schedule, _ forward: ForwardLags, _ backward: BackwardLags) {
    var wave = [Bool](repeating: true, count: architecture.nodes.count)
    var error = wave
    for node in forward.order.reversed() {
      for index in architecture.outgoing[node] {
        let later = architecture.edges[index].target
        guard !backward.error[later].isEmpty else { continue }
        wave[node] = wave[node] && wave[later] && schedule.backwardLatency[index] >= 0
        error[node] = error[node] && error[later]
      }
      wave[node] = wave[node] && Self.slopeExists(node, architecture, schedule, forward, backward)
      if architecture.isOutput(node) {
        error[node] = error[node] && Self.errorExists(node, architecture, schedule, forward)
      }
    }
    self.wave = wave
    self.error = error
  }

  private static func slopeExists(
    _ node: Int, _ architecture: Architecture, _ schedule: Schedule, _ forward: ForwardLags, _ backward: BackwardLags
  ) -> Bool {
    guard let earliest = backward.passedOn[node].minimum, !architecture.nodes[node].activation.isAffine else {
      return true
    }
    switch schedule.slopeSource {
    case .memory(let memory): return memory[node] >= 0
    case .frameConsistent:
      guard let arrival = forward.drive[node].maximum else { return true }
      return forward.drive[node].single != nil && arrival <= earliest
    }
  }

  private static func errorExists(
    _ output: Int, _ architecture: Architecture, _ schedule: Schedule, _ forward: ForwardLags
  ) -> Bool {
    switch schedule.errorSource {
    case .closed:
      let affine = architecture.nodes[output].activation.isAffine
      return schedule.outputMemory[output] + schedule.activationDelay[output] >= 0 && schedule.targetLag[output] >= 0
        && (affine || schedule.residualSlopeMemory[output] >= 0)
    case .open:
      guard let arrival = forward.drive[output].maximum else { return true }
      return forward.drive[output].single != nil && arrival <= schedule.targetLag[output]
    }
  }

  /// Why the waves at v are not causal: each node whose slope is needed before it exists, with how many ticks too early.
  static func missingSlopes(
    below start: Int, _ architecture: Architecture, _ schedule: Schedule, _ forward: ForwardLags,
    _ backward: BackwardLags
  ) -> [(node: Int, ticks: Int?)] {
    var seen = Set<Int>()
    var open = [start]
    while let node = open.popLast() {
      guard seen.insert(node).inserted else { continue }
      for index in architecture.outgoing[node] where !backward.error[architecture.edges[index].target].isEmpty {
        open.append(architecture.edges[index].target)
      }
    }
    return seen.sorted().compactMap { node in
      guard !slopeExists(node, architecture, schedule, forward, backward) else { return nil }
      switch schedule.slopeSource {
      case .memory(let memory): return (node, -memory[node])
      case .frameConsistent:
        guard let arrival = forward.drive[node].single, let earliest = backward.passedOn[node].minimum else {
          return (node, nil)
        }
        return (node, arrival - earliest)
      }
    }
  }
}
