import ExactArithmetic
import Networks

extension UpdateFormula {
  /// The formula at given frames, with no simulation: each shared factor once.
  ///
  /// - Parameter frames: inputs and targets by lag; `frames.inputs[i][k]` is the frame of lag k.
  /// - Returns: g, n_v × n_u.
  public func evaluate<S: NetworkScalar>(
    _ network: Network, at frames: Frames<S>, in context: S.Context
  ) -> Matrix<S> {
    var evaluation = Evaluation(formula: self, network: network, frames: frames, context: context)
    let ends = architecture.edges[edge]
    let error = evaluation.error(Signal(node: ends.target, lag: schedule.errorMemory[edge]), frame: nil)
    return error.outer(evaluation.activity(Signal(node: ends.source, lag: schedule.inputMemory[edge])))
  }

  struct Evaluation<S: NetworkScalar> {
    let formula: UpdateFormula
    let network: Network
    let frames: Frames<S>
    let context: S.Context
    var activities: [Signal: Vector<S>] = [:]
    var errors: [[Int]: Vector<S>] = [:]
    var statics: [Int: StaticPass<S>] = [:]

    mutating func activity(_ signal: Signal) -> Vector<S> {
      if formula.architecture.nodes[signal.node].isInput { return frames.inputs[signal.node][signal.lag] }
      if let known = activities[signal] { return known }
      let lag = signal.lag + formula.schedule.activationDelay[signal.node]
      let drive = drive(Signal(node: signal.node, lag: lag))
      let value = S.apply(formula.architecture.nodes[signal.node].activation, to: drive, in: context)
      activities[signal] = value
      return value
    }

    mutating func drive(_ signal: Signal) -> Vector<S> {
      var arriving: [Int: Vector<S>] = [:]
      for edge in formula.architecture.incoming[signal.node] {
        let lag = signal.lag + formula.schedule.forwardLatency[edge]
        arriving[edge] = activity(Signal(node: formula.architecture.edges[edge].source, lag: lag))
      }
      return network.drive(of: signal.node, in: context) { edge in arriving[edge] ?? Vector([]) }
    }

    mutating func pass(lag: Int) -> StaticPass<S> {
      if let known = statics[lag] { return known }
      let pass = StaticPass(
        network, inputs: frames.inputs.map { $0[lag] }, targets: frames.targets.map { $0[lag] }, in: context)
      statics[lag] = pass
      return pass
    }

    /// δ at a signal; under the frame-consistent rule the part of one frame, or the sum over all of them.
    mutating func error(_ signal: Signal, frame: Int?) -> Vector<S> {
      let schedule = formula.schedule
      let node = formula.architecture.nodes[signal.node]
      if schedule.slopeSource == .frameConsistent, frame == nil {
        var sum = Vector<S>.zeros(node.width, in: context)
        for lag in waveFrames(signal) { sum = sum + error(signal, frame: lag) }
        return sum
      }
      let key = [signal.node, signal.lag, frame ?? Int.min]
      if let known = errors[key] { return known }
      var value = Vector<S>.zeros(node.width, in: context)
      for edge in formula.architecture.outgoing[signal.node] {
        let lag = signal.lag + schedule.backwardLatency[edge]
        let later = error(Signal(node: formula.architecture.edges[edge].target, lag: lag), frame: frame)
        value = value + network.weights[edge].applyTransposed(to: later, in: context)
      }
      if !formula.architecture.outgoing[signal.node].isEmpty, node.activation != .identity {
        let drive: Vector<S>
        if node.activation.isAffine {
          drive = Vector<S>.zeros(node.width, in: context)
        } else if case .memory(let memory) = schedule.slopeSource {
          drive = self.drive(Signal(node: signal.node, lag: signal.lag + memory[signal.node]))
        } else {
          drive = pass(lag: frame ?? 0).drives[signal.node]
        }
        value = S.pass(value, through: node.activation, at: drive, in: context)
      }
      if let position = formula.architecture.outputs.firstIndex(of: signal.node),
        frame == nil || frame == signal.lag + schedule.waveFrameLag[signal.node]
      {
        value = value + injected(signal, position: position)
      }
      errors[key] = value
      return value
    }

    private mutating func injected(_ signal: Signal, position: Int) -> Vector<S> {
      let schedule = formula.schedule
      let target = signal.lag + schedule.targetLag[signal.node]
      guard schedule.errorSource == .closed else {
        return pass(lag: target).injected[signal.node] ?? Vector([])
      }
      let output = activity(Signal(node: signal.node, lag: signal.lag + schedule.outputMemory[signal.node]))
      let node = formula.architecture.nodes[signal.node]
      let drive =
        node.activation.isAffine
        ? Vector<S>.zeros(node.width, in: context)
        : drive(Signal(node: signal.node, lag: signal.lag + schedule.residualSlopeMemory[signal.node]))
      return S.pass(
        output - frames.targets[position][target], through: node.activation, at: drive, in: context)
    }

    /// The lags of the frames whose waves are at a signal.
    private func waveFrames(_ signal: Signal) -> [Int] {
      var found = Set<Int>()
      var seen = Set<Signal>()
      var open = [signal]
      while let next = open.popLast() {
        guard seen.insert(next).inserted else { continue }
        if formula.architecture.isOutput(next.node) {
          found.insert(next.lag + formula.schedule.waveFrameLag[next.node])
        }
        for edge in formula.architecture.outgoing[next.node] {
          open.append(
            Signal(
              node: formula.architecture.edges[edge].target, lag: next.lag + formula.schedule.backwardLatency[edge]))
        }
      }
      return found.sorted()
    }
  }
}
