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
    let (error, activity) = factors(network, at: frames, in: context)
    return error.outer(activity)
  }

  /// The two factors of the same: δ of n_v and x of n_u entries, so that no matrix is made.
  @specialized(where S == Estimate)
  public func factors<S: NetworkScalar>(
    _ network: Network, at frames: Frames<S>, in context: S.Context
  ) -> (error: Vector<S>, activity: Vector<S>) {
    var evaluation = Evaluation(formula: self, network: network, frames: frames, context: context)
    for step in steps { evaluation.take(step) }
    return (evaluation.delta(error), evaluation.activity(activity))
  }

  /// What an earlier step has left: there always, by the order of the steps.
  package static func listed<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a factor is listed before what it is made of") }
    return value
  }

  /// The values of the factors, in the order of the steps.
  struct Evaluation<S: NetworkScalar> {
    let formula: UpdateFormula
    let network: Network
    let frames: Frames<S>
    let context: S.Context
    private var drives: [Signal: Vector<S>] = [:]
    private var activities: [Signal: Vector<S>] = [:]
    /// δ by the lag of the frame that it was injected for under the frame-consistent rule, as one entry otherwise.
    private var errors: [Signal: [Int: Vector<S>]] = [:]
    private var statics: [Int: StaticPass<S>] = [:]

    init(formula: UpdateFormula, network: Network, frames: Frames<S>, context: S.Context) {
      self.formula = formula
      self.network = network
      self.frames = frames
      self.context = context
    }

    mutating func take(_ step: Step) {
      switch step {
      case .drive(let signal): drives[signal] = sum(signal)
      case .activity(let signal):
        let drive = Signal(node: signal.node, lag: signal.lag + formula.schedule.activationDelay[signal.node])
        activities[signal] =
          formula.architecture.nodes[signal.node].isInput
          ? frames.inputs[signal.node][signal.lag]
          : S.apply(formula.architecture.nodes[signal.node].activation, to: known(drive), in: context)
      case .error(let signal): errors[signal] = waves(signal)
      }
    }

    func activity(_ signal: Signal) -> Vector<S> { UpdateFormula.listed(activities[signal]) }

    /// The sum of all waves at a signal.
    func delta(_ signal: Signal) -> Vector<S> {
      let parts = (errors[signal] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      guard let first = parts.first else {
        return Vector<S>.zeros(formula.architecture.nodes[signal.node].width, in: context)
      }
      return parts.dropFirst().reduce(first) { $0 + $1 }
    }

    private func known(_ signal: Signal) -> Vector<S> { UpdateFormula.listed(drives[signal]) }

    private func sum(_ signal: Signal) -> Vector<S> {
      network.drive(of: signal.node, in: context) { edge in
        activity(
          Signal(
            node: formula.architecture.edges[edge].source, lag: signal.lag + formula.schedule.forwardLatency[edge]))
      }
    }

    private mutating func pass(lag: Int) -> StaticPass<S> {
      if let known = statics[lag] { return known }
      let pass = StaticPass(
        network, inputs: frames.inputs.map { $0[lag] }, targets: frames.targets.map { $0[lag] }, in: context)
      statics[lag] = pass
      return pass
    }

    /// By frame: affine forms number their noise symbols as they arise, so that the order shows in what is rounded.
    private static func ordered(_ waves: [Int: Vector<S>]) -> [(key: Int, value: Vector<S>)] {
      waves.sorted { $0.key < $1.key }
    }

    /// What arrives, passed through the node, and what is injected there.
    private mutating func waves(_ signal: Signal) -> [Int: Vector<S>] {
      let schedule = formula.schedule
      var parts: [Int: Vector<S>] = [:]
      for edge in formula.architecture.outgoing[signal.node] {
        let later = Signal(
          node: formula.architecture.edges[edge].target, lag: signal.lag + schedule.backwardLatency[edge])
        for (frame, error) in Self.ordered(UpdateFormula.listed(errors[later])) {
          let wave = network.weights[edge].applyTransposed(to: error, in: context)
          parts[frame] = parts[frame].map { $0 + wave } ?? wave
        }
      }
      let activation = formula.architecture.nodes[signal.node].activation
      if activation != .identity {
        for (frame, wave) in Self.ordered(parts) {
          parts[frame] = S.pass(wave, through: activation, at: slopeDrive(signal, frame), in: context)
        }
      }
      if let position = formula.architecture.outputs.firstIndex(of: signal.node) {
        let frame = schedule.slopeSource == .frameConsistent ? signal.lag + schedule.waveFrameLag[signal.node] : 0
        let error = injected(signal, position: position)
        parts[frame] = parts[frame].map { $0 + error } ?? error
      }
      return parts
    }

    /// The drive at which a wave's σ′ is read; the slope of an affine σ is a constant, for which none is read.
    private mutating func slopeDrive(_ signal: Signal, _ frame: Int) -> Vector<S> {
      let node = formula.architecture.nodes[signal.node]
      if node.activation.isAffine { return Vector<S>.zeros(node.width, in: context) }
      guard case .memory(let memory) = formula.schedule.slopeSource else {
        return pass(lag: frame).drives[signal.node]
      }
      return known(Signal(node: signal.node, lag: signal.lag + memory[signal.node]))
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
        : known(Signal(node: signal.node, lag: signal.lag + schedule.residualSlopeMemory[signal.node]))
      return S.pass(
        output - frames.targets[position][target], through: node.activation, at: drive, in: context)
    }
  }
}
