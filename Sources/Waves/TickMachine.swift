import ExactArithmetic
import Networks

/// Runs x and δ tick by tick, knowing nothing of lags: the second road to every verdict.
///
/// Values are exact on exact scalars. Before tick 0 the network stands in the steady state of tick 0's frame. What a
/// schedule reads from the future is computed when it is asked for, as far as the stream goes. Another start, and weights
/// that change from tick to tick, may be given. What reads the same values as at another tick is not computed again.
/// Source: the recursion of `Schedule`; the paper's equations (1) to (5) for the diffusion.
public final class TickMachine<S: NetworkScalar> {
  public let network: Network
  public let schedule: Schedule
  public let frames: Frames<S>
  let context: S.Context
  private let start: MachineStart<S>?
  private let history: WeightHistory?
  private let outputPosition: [Int: Int]
  /// Before tick 0 every signal is known: as it was given, or, where nothing reads the future, that of the frame of tick 0.
  private let hasState: Bool
  /// Before tick 0 all waves are those of one frame, that of tick 0, so that they are the static deltas together. Without
  /// this, a chain would be followed back as many ticks as it is deep, from every node.
  private let standsStillBeforeStart: Bool
  private var statics: [Int: StaticPass<S>] = [:]
  private var drives: [[Int: Vector<S>]]
  private var activities: [[Int: Vector<S>]]
  private var deltas: [[Int: Vector<S>]]
  private var waves: [[Int: [Int: Vector<S>]]]
  /// Signals are settled in an order in which nothing waits, so that no call goes as deep as the network.
  private var isSettling = false
  /// `nil` where no frame comes again or weights change: then no two ticks are known to be alike.
  private var repetition: Repetition?

  /// - Parameters:
  ///   - start: the state before tick 0, where it is not the steady state of tick 0's frame.
  ///   - history: the weights of each tick, where they change; `schedule.weightReads` says which of them are read.
  public init(
    _ network: Network, _ schedule: Schedule, frames: Frames<S>, in context: S.Context,
    start: MachineStart<S>? = nil, history: WeightHistory? = nil
  ) {
    self.start = start
    self.history = history
    let looksBack = schedule.looksBack(on: network.architecture)
    hasState = start != nil || looksBack
    standsStillBeforeStart = start == nil && looksBack
    self.network = network
    self.schedule = schedule
    self.frames = frames
    self.context = context
    let nodes = network.architecture.nodes.count
    outputPosition = Dictionary(
      uniqueKeysWithValues: network.architecture.outputs.enumerated().map { ($0.element, $0.offset) })
    drives = [[Int: Vector<S>]](repeating: [:], count: nodes)
    activities = drives
    deltas = drives
    waves = [[Int: [Int: Vector<S>]]](repeating: [:], count: nodes)
    repetition = frames.repeats && history == nil ? Repetition(nodes: nodes) : nil
  }

  /// The static network at the frame of a tick; before tick 0, at that of tick 0.
  ///
  /// - Throws: `NetworkError` when the stream ends before that tick.
  public func staticPass(at tick: Int) throws(NetworkError) -> StaticPass<S> {
    let tick = frames.firstTick(equalTo: tick)
    if let known = statics[tick] { return known }
    try requireFrame(tick)
    let pass = StaticPass(network, inputs: frames.input(at: tick), targets: frames.target(at: tick), in: context)
    statics[tick] = pass
    return pass
  }

  /// a_v(t).
  public func drive(_ node: Int, at tick: Int) throws(NetworkError) -> Vector<S> {
    if tick < 0, hasState { return try before().drives[node] }
    if let known = drives[node][tick] { return known }
    try settleNeeds(of: .drive(node, tick))
    if let same = tickAlike(.drive(node, tick)), let known = drives[node][same] {
      drives[node][tick] = known
      return known
    }
    var versions: [Int: LinearMap] = [:]
    if let history {
      for edge in network.architecture.incoming[node] {
        versions[edge] = try history.weight(edge, at: tick - schedule.weightReads.forward[edge])
      }
    }
    let value = try network.drive(of: node, in: context, replacing: versions) { (edge: Int) throws(NetworkError) in
      try activity(network.architecture.edges[edge].source, at: tick - schedule.forwardLatency[edge])
    }
    drives[node][tick] = value
    return value
  }

  /// x_v(t).
  public func activity(_ node: Int, at tick: Int) throws(NetworkError) -> Vector<S> {
    if network.architecture.nodes[node].isInput {
      try requireFrame(max(tick, 0))
      return frames.inputs[node][max(tick, 0)]
    }
    if tick < 0, hasState { return try before().activities[node] }
    if let known = activities[node][tick] { return known }
    try settleNeeds(of: .activity(node, tick))
    if let same = tickAlike(.activity(node, tick)), let known = activities[node][same] {
      activities[node][tick] = known
      return known
    }
    let drive = try drive(node, at: tick - schedule.activationDelay[node])
    let value = S.apply(network.architecture.nodes[node].activation, to: drive, in: context)
    activities[node][tick] = value
    return value
  }

  /// δ_v(t).
  public func delta(_ node: Int, at tick: Int) throws(NetworkError) -> Vector<S> {
    if tick < 0, hasState { return try before().deltas[node] }
    if let known = deltas[node][tick] { return known }
    try settleNeeds(of: .delta(node, tick))
    if let same = tickAlike(.delta(node, tick)), let known = deltas[node][same] {
      deltas[node][tick] = known
      return known
    }
    let value: Vector<S>
    switch schedule.slopeSource {
    case .frameConsistent: value = try sumOfWaves(node, at: tick)
    case .memory(let memory): value = try localDelta(node, at: tick, slopeMemory: memory[node])
    }
    deltas[node][tick] = value
    return value
  }

  /// g_e(t), n_v × n_u.
  public func update(_ edge: Int, at tick: Int) throws(NetworkError) -> Matrix<S> {
    let (error, input) = try updateFactors(edge, at: tick)
    return error.outer(input)
  }

  /// The two factors of g_e(t) = δ_v(t − d_e) x_u(t − p_e)ᵀ.
  public func updateFactors(_ edge: Int, at tick: Int) throws(NetworkError) -> (error: Vector<S>, input: Vector<S>) {
    let ends = network.architecture.edges[edge]
    return (
      try delta(ends.target, at: tick - schedule.errorMemory[edge]),
      try activity(ends.source, at: tick - schedule.inputMemory[edge])
    )
  }

  /// Forgets what no later tick than `tick` can read, so that long runs need bounded memory.
  public func forget(before tick: Int) {
    let oldest = tick - schedule.reach
    for node in drives.indices {
      drives[node] = drives[node].filter { $0.key >= oldest }
      activities[node] = activities[node].filter { $0.key >= oldest }
      deltas[node] = deltas[node].filter { $0.key >= oldest }
      waves[node] = waves[node].filter { $0.key >= oldest }
    }
    repetition?.forget(before: oldest)
  }

  /// Forgets the static passes of old frames; one that is asked for again is made again.
  public func forgetPasses(before tick: Int) {
    if statics.contains(where: { $0.key < tick }) { statics = statics.filter { $0.key >= tick } }
  }

  /// The state before tick 0.
  private func before() throws(NetworkError) -> MachineStart<S> {
    if let start { return start }
    let pass = try staticPass(at: 0)
    return MachineStart(drives: pass.drives, activities: pass.activities, deltas: pass.deltas)
  }

  private func requireFrame(_ tick: Int) throws(NetworkError) {
    guard tick < frames.ticks else {
      throw NetworkError(
        "the stream has \(frames.ticks) ticks, but tick \(tick) is needed; give a longer stream or ask fewer ticks")
    }
  }
}

extension TickMachine {
  private typealias Signal = NodeSignal

  /// Another tick at which the signal read the same values, all that it reads being settled; `nil` where none is known.
  private func tickAlike(_ signal: NodeSignal) -> Int? {
    guard repetition != nil else { return nil }
    var read = needs(of: signal).map(origin)
    // An output reads the frame of its target, too, and its wave is named after a frame.
    switch signal {
    case .delta(let node, let tick) where outputPosition[node] != nil:
      read.append(frames.firstTick(equalTo: tick - schedule.targetLag[node]))
    case .waves(let node, let tick) where outputPosition[node] != nil:
      read.append(frames.firstTick(equalTo: tick - schedule.targetLag[node]))
      read.append(frames.firstTick(equalTo: tick - schedule.waveFrameLag[node]))
    default: break
    }
    return repetition?.tick(of: signal, reading: read)
  }

  /// What stands for the value of a signal: the same number at ticks where it is known to be the same.
  private func origin(_ signal: NodeSignal) -> Int {
    switch signal {
    case .activity(let node, let tick) where network.architecture.nodes[node].isInput:
      return frames.firstTick(equalTo: tick)
    case .waves(_, let tick) where tick < 0 && standsStillBeforeStart: return Repetition.beforeStart
    case .drive(_, let tick), .activity(_, let tick), .delta(_, let tick):
      if tick < 0, hasState { return Repetition.beforeStart }
    case .waves: break
    }
    return repetition?.origin(of: signal) ?? signal.tick
  }

  /// Computes what a signal reads, each after what it reads itself: the stack is a list, however deep the network is.
  private func settleNeeds(of goal: Signal) throws(NetworkError) {
    guard !isSettling else { return }
    isSettling = true
    defer { isSettling = false }
    var open = [(signal: goal, needs: needs(of: goal), next: 0)]
    while let (signal, needs, next) = open.last {
      if next < needs.count {
        open[open.count - 1].next += 1
        if !isKnown(needs[next]) { open.append((needs[next], self.needs(of: needs[next]), 0)) }
        continue
      }
      open.removeLast()
      guard !open.isEmpty else { return }
      switch signal {
      case .drive(let node, let tick): _ = try drive(node, at: tick)
      case .activity(let node, let tick): _ = try activity(node, at: tick)
      case .delta(let node, let tick): _ = try delta(node, at: tick)
      case .waves(let node, let tick): _ = try wavesByFrame(node, at: tick)
      }
    }
  }

  private func isKnown(_ signal: Signal) -> Bool {
    switch signal {
    case .drive(let node, let tick): (tick < 0 && hasState) || drives[node][tick] != nil
    case .activity(let node, let tick):
      network.architecture.nodes[node].isInput || (tick < 0 && hasState) || activities[node][tick] != nil
    case .delta(let node, let tick): (tick < 0 && hasState) || deltas[node][tick] != nil
    case .waves(let node, let tick): (tick < 0 && standsStillBeforeStart) || waves[node][tick] != nil
    }
  }

  private func needs(of signal: Signal) -> [Signal] {
    let architecture = network.architecture
    switch signal {
    case .drive(let node, let tick):
      return architecture.incoming[node].map { edge in
        .activity(architecture.edges[edge].source, tick - schedule.forwardLatency[edge])
      }
    case .activity(let node, let tick): return [.drive(node, tick - schedule.activationDelay[node])]
    case .delta(let node, let tick):
      guard case .memory(let memory) = schedule.slopeSource else { return [.waves(node, tick)] }
      var needs: [Signal] = architecture.outgoing[node].map { edge in
        .delta(architecture.edges[edge].target, tick - schedule.backwardLatency[edge])
      }
      if !needs.isEmpty, !architecture.nodes[node].activation.isAffine {
        needs.append(.drive(node, tick - memory[node]))
      }
      return needs + needsOfOutput(node, tick)
    case .waves(let node, let tick):
      return architecture.outgoing[node].map { edge in
        .waves(architecture.edges[edge].target, tick - schedule.backwardLatency[edge])
      } + needsOfOutput(node, tick)
    }
  }

  /// What the error reads that is injected at an output of a closed loop.
  private func needsOfOutput(_ node: Int, _ tick: Int) -> [Signal] {
    guard outputPosition[node] != nil, schedule.errorSource == .closed else { return [] }
    let residual = Signal.activity(node, tick - schedule.outputMemory[node])
    guard !network.architecture.nodes[node].activation.isAffine else { return [residual] }
    return [residual, .drive(node, tick - schedule.residualSlopeMemory[node])]
  }

  private func localDelta(_ node: Int, at tick: Int, slopeMemory: Int) throws(NetworkError) -> Vector<S> {
    var arriving: Vector<S>?
    for edge in network.architecture.outgoing[node] {
      let sent = tick - schedule.backwardLatency[edge]
      let error = try delta(network.architecture.edges[edge].target, at: sent)
      let weight = try history?.weight(edge, at: sent - schedule.weightReads.backward[edge]) ?? network.weights[edge]
      let wave = weight.applyTransposed(to: error, in: context)
      arriving = arriving.map { $0 + wave } ?? wave
    }
    if let wave = arriving { arriving = try pass(wave, through: node, at: tick - slopeMemory) }
    let injected = try injectedError(node, at: tick)
    switch (arriving, injected) {
    case (let wave?, let error?): return wave + error
    case (let wave?, nil): return wave
    case (nil, let error?): return error
    case (nil, nil): return Vector<S>.zeros(network.architecture.nodes[node].width, in: context)
    }
  }

  /// ε_v(t), or `nil` where the node is no output.
  private func injectedError(_ node: Int, at tick: Int) throws(NetworkError) -> Vector<S>? {
    guard let position = outputPosition[node] else { return nil }
    switch schedule.errorSource {
    case .open:
      return try staticPass(at: tick - schedule.targetLag[node]).injected[node]
    case .closed:
      let targetTick = tick - schedule.targetLag[node]
      try requireFrame(targetTick)
      let residual =
        try activity(node, at: tick - schedule.outputMemory[node]) - frames.target(position, at: targetTick)
      return try pass(residual, through: node, at: tick - schedule.residualSlopeMemory[node])
    }
  }

  /// σ′(a_v(t)) ⊙ wave; the slope of an affine σ is a constant, for which no drive is read.
  private func pass(_ wave: Vector<S>, through node: Int, at tick: Int) throws(NetworkError) -> Vector<S> {
    let entry = network.architecture.nodes[node]
    let drive = entry.activation.isAffine ? Vector<S>.zeros(entry.width, in: context) : try drive(node, at: tick)
    return S.pass(wave, through: entry.activation, at: drive, in: context)
  }

  private func sumOfWaves(_ node: Int, at tick: Int) throws(NetworkError) -> Vector<S> {
    let byFrame = try wavesByFrame(node, at: tick)
    var sum: Vector<S>?
    for frame in byFrame.keys.sorted() {
      if let wave = byFrame[frame] { sum = sum.map { $0 + wave } ?? wave }
    }
    return sum ?? Vector<S>.zeros(network.architecture.nodes[node].width, in: context)
  }

  /// The waves present at a node, by the frame each was injected for: they cross without touching, each with its own σ′.
  /// Those of equal frames have the same σ′, and are one.
  fileprivate func wavesByFrame(_ node: Int, at tick: Int) throws(NetworkError) -> [Int: Vector<S>] {
    if let known = waves[node][tick] { return known }
    if tick < 0, standsStillBeforeStart { return [0: try staticPass(at: 0).deltas[node]] }
    try settleNeeds(of: .waves(node, tick))
    if let same = tickAlike(.waves(node, tick)), let known = waves[node][same] {
      waves[node][tick] = known
      return known
    }
    var arriving: [Int: Vector<S>] = [:]
    for edge in network.architecture.outgoing[node] {
      let target = network.architecture.edges[edge].target
      for (frame, error) in try wavesByFrame(target, at: tick - schedule.backwardLatency[edge]) {
        let wave = network.weights[edge].applyTransposed(to: error, in: context)
        arriving[frame] = arriving[frame].map { $0 + wave } ?? wave
      }
    }
    let activation = network.architecture.nodes[node].activation
    if activation != .identity {
      for (frame, wave) in arriving {
        let drive = try staticPass(at: frame).drives[node]
        arriving[frame] = S.pass(wave, through: activation, at: drive, in: context)
      }
    }
    if let error = try injectedError(node, at: tick) {
      let frame = frames.firstTick(equalTo: tick - schedule.waveFrameLag[node])
      arriving[frame] = arriving[frame].map { $0 + error } ?? error
    }
    waves[node][tick] = arriving
    return arriving
  }
}
