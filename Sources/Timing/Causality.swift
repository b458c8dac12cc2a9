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
  /// Per node, a_v and x_v of every tick have read nothing later than that tick; what never changes always exists.
  private let drive: [Bool]
  private let activity: [Bool]
  private let varies: [Bool]

  init(_ architecture: Architecture, _ schedule: Schedule, _ forward: ForwardLags, _ backward: BackwardLags) {
    var wave = [Bool](repeating: true, count: architecture.nodes.count)
    var error = wave
    let (drive, activity) = Self.forward(architecture, schedule, forward)
    for node in forward.order.reversed() {
      for index in architecture.outgoing[node] {
        let later = architecture.edges[index].target
        guard backward.reachesOutput[later] else { continue }
        wave[node] = wave[node] && wave[later] && schedule.backwardLatency[index] >= 0
        error[node] = error[node] && error[later]
      }
      wave[node] =
        wave[node] && Self.slopeExists(node, architecture, schedule, forward, backward)
        && (drive[node] || backward.passedOn[node].isEmpty || architecture.nodes[node].activation.isAffine)
      if architecture.isOutput(node) {
        error[node] = error[node] && drive[node] && Self.errorExists(node, architecture, schedule, forward)
      }
    }
    self.wave = wave
    self.error = error
    self.drive = drive
    self.activity = activity
    varies = forward.activity.map { !$0.isEmpty }
  }

  /// x_v, read `memory` ticks ago, exists.
  func activityExists(_ node: Int, memory: Int) -> Bool {
    !varies[node] || (activity[node] && memory >= 0)
  }

  private static func forward(
    _ architecture: Architecture, _ schedule: Schedule, _ forward: ForwardLags
  ) -> (drive: [Bool], activity: [Bool]) {
    var drive = [Bool](repeating: true, count: architecture.nodes.count)
    var activity = drive
    for node in forward.order where !forward.drive[node].isEmpty {
      drive[node] = architecture.incoming[node].allSatisfy { index in
        let source = architecture.edges[index].source
        return forward.activity[source].isEmpty || (activity[source] && schedule.forwardLatency[index] >= 0)
      }
      activity[node] = drive[node] && schedule.activationDelay[node] >= 0
    }
    return (drive, activity)
  }

  private static func slopeExists(
    _ node: Int, _ architecture: Architecture, _ schedule: Schedule, _ forward: ForwardLags, _ backward: BackwardLags
  ) -> Bool {
    guard let earliest = backward.passedOn[node].minimum, !architecture.nodes[node].activation.isAffine else {
      return true
    }
    switch schedule.slopeSource {
    case .memory(let memory): return memory[node] >= 0 || forward.drive[node].isEmpty
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
      guard !forward.drive[output].isEmpty else { return schedule.targetLag[output] >= 0 }
      let affine = architecture.nodes[output].activation.isAffine
      return schedule.outputMemory[output] + schedule.activationDelay[output] >= 0 && schedule.targetLag[output] >= 0
        && (affine || schedule.residualSlopeMemory[output] >= 0)
    case .open:
      guard schedule.targetLag[output] >= 0 else { return false }
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
      for index in architecture.outgoing[node] where backward.reachesOutput[architecture.edges[index].target] {
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
