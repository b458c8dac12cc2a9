import Networks

extension Schedule {
  /// Sideways: a module computes in place what its input latch holds, and errors step back one module a tick.
  ///
  /// f = delay, s = 0, b = backward delay, m = 0, n = 0, p = f, q = the frame of the output (aligned target).
  public static func sideways(_ architecture: Architecture) throws(NetworkError) -> Schedule {
    try pipeline("sideways", architecture, firstStageWaits: true, memory: 0, aligned: true)
      .reading(weights: .current, on: architecture)
  }

  /// PARTIME: as Sideways, but the first stage reads the frame of its own tick.
  public static func partime(_ architecture: Architecture) throws(NetworkError) -> Schedule {
    try pipeline("partime", architecture, firstStageWaits: false, memory: 0, aligned: true)
      .reading(weights: .current, on: architecture)
  }

  /// Generalized Latent Equilibrium, Euler steps with τ_m = τ_r and γ = 0: σ′ and the output are one step old, the
  /// target is that of the tick.
  public static func generalizedLatentEquilibriumEuler(_ architecture: Architecture) throws(NetworkError) -> Schedule {
    try pipeline("gle-euler", architecture, firstStageWaits: false, memory: 1, aligned: false)
  }

  /// PipeDream's one-forward-one-backward slots (P = 2 ticks a frame), one stage a layer: with l(v) the layer of v and L
  /// the depth, f = b = l(v) − l(u) (f one less from an input), m = n = 2(L − l) + 1, p = f + m, q = 2L − l.
  ///
  /// On a chain these are the published slots: forward at 2φ + l − 1, backward at 2φ + 2L − l. On any other DAG an edge that
  /// skips stages waits in one latch a stage, in both directions. Weights are stashed unless another policy is chosen.
  /// - Throws: `NetworkError` naming a cycle, or an edge whose own delays are not 1 tick.
  public static func pipeDream(
    _ architecture: Architecture, weights: WeightReads.Policy = .stashed
  ) throws(NetworkError) -> Schedule {
    if let edge = architecture.edges.first(where: { $0.delay != 1 || $0.backwardDelay != 1 }) {
      throw NetworkError(
        "schedule pipedream sets the delays itself, one tick a stage; edge \(edge.name) states delays of its own: leave "
          + "delay and backwardDelay at 1")
    }
    let layers = try architecture.layers()
    let depth = architecture.outputs.map { layers[$0] }.max() ?? 0
    if let node = architecture.nodes.indices.first(where: { layers[$0] > depth }) {
      throw NetworkError(
        "schedule pipedream: node \"\(architecture.nodes[node].name)\" lies behind every output; remove it")
    }
    var schedule = try pipeline("pipedream", architecture, firstStageWaits: false, memory: 1, aligned: false)
    let memory = layers.map { 2 * (depth - $0) + 1 }
    for (index, edge) in architecture.edges.enumerated() {
      let stages = layers[edge.target] - layers[edge.source]
      schedule.backwardLatency[index] = stages
      schedule.forwardLatency[index] = stages - (layers[edge.source] == 0 ? 1 : 0)
      schedule.inputMemory[index] = schedule.forwardLatency[index] + memory[edge.target]
    }
    schedule.slopeSource = .memory(memory)
    for output in architecture.outputs {
      schedule.outputMemory[output] = memory[output]
      schedule.residualSlopeMemory[output] = memory[output]
      schedule.targetLag[output] = 2 * depth - layers[output]
    }
    schedule.framePeriod = 2
    return try schedule.reading(weights: weights, on: architecture)
  }

  private static func pipeline(
    _ name: String, _ architecture: Architecture, firstStageWaits: Bool, memory: Int, aligned: Bool
  ) throws(NetworkError) -> Schedule {
    let nodes = architecture.nodes.count
    let forward = architecture.edges.map { edge in
      edge.delay - (architecture.nodes[edge.source].isInput && !firstStageWaits ? 1 : 0)
    }
    var schedule = Schedule(
      name: name, forwardLatency: forward, backwardLatency: architecture.edges.map(\.backwardDelay),
      inputMemory: forward, errorMemory: [Int](repeating: 0, count: architecture.edges.count),
      activationDelay: [Int](repeating: 0, count: nodes),
      slopeSource: .memory([Int](repeating: memory, count: nodes)), errorSource: .closed,
      outputMemory: [Int](repeating: memory, count: nodes), targetLag: [Int](repeating: 0, count: nodes),
      residualSlopeMemory: [Int](repeating: memory, count: nodes), waveFrameLag: [Int](repeating: 0, count: nodes),
      reading: nil)
    if aligned {
      let arrivals = try ForwardLags(architecture, schedule)
      for output in architecture.outputs {
        schedule.targetLag[output] = (arrivals.activity[output].maximum ?? 0) + memory
      }
    }
    return schedule
  }
}
