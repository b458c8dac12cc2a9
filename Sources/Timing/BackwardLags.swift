import Networks
import Waves

/// The lags of the backward signals, per node v, relative to the tick at which δ_v is read.
struct BackwardLags {
  /// Lags of the output activity in the errors that reach v (open loop: of the exogenous error's frame).
  let error: [Lags]
  /// Lags of the targets.
  let target: [Lags]
  /// Lags of the slopes that are read and not constant, on every path from v to an output.
  let slope: [Lags]
  /// As `error`, for waves that v passes on; empty where v only injects.
  let passedOn: [Lags]
  /// Some path leads from v to an output, whether or not anything on it changes in time.
  let reachesOutput: [Bool]

  init(_ architecture: Architecture, _ schedule: Schedule, _ forward: ForwardLags) {
    var error = [Lags](repeating: .none, count: architecture.nodes.count)
    var target = error
    var slope = error
    var passedOn = error
    var reachesOutput = [Bool](repeating: false, count: architecture.nodes.count)
    for node in forward.order.reversed() {
      for index in architecture.outgoing[node] {
        let later = architecture.edges[index].target
        let latency = schedule.backwardLatency[index]
        reachesOutput[node] = reachesOutput[node] || reachesOutput[later]
        passedOn[node].formUnion(error[later].shifted(by: latency))
        target[node].formUnion(target[later].shifted(by: latency))
        slope[node].formUnion(slope[later].shifted(by: latency))
      }
      error[node] = passedOn[node]
      if !passedOn[node].isEmpty, !architecture.nodes[node].activation.isAffine {
        switch schedule.slopeSource {
        case .memory(let memory): slope[node].formUnion(forward.drive[node].shifted(by: memory[node]))
        case .frameConsistent: slope[node].formUnion(passedOn[node])
        }
      }
      if architecture.isOutput(node) {
        reachesOutput[node] = true
        target[node].formUnion(Lags(schedule.targetLag[node]))
        switch schedule.errorSource {
        case .open: error[node].formUnion(Lags(schedule.targetLag[node]))
        case .closed:
          error[node].formUnion(forward.activity[node].shifted(by: schedule.outputMemory[node]))
          if !architecture.nodes[node].activation.isAffine {
            slope[node].formUnion(forward.drive[node].shifted(by: schedule.residualSlopeMemory[node]))
          }
        }
      }
    }
    self.error = error
    self.target = target
    self.slope = slope
    self.passedOn = passedOn
    self.reachesOutput = reachesOutput
  }
}
