import Networks

extension Schedule {
  /// Sideways: a module computes in place what its input latch holds, and errors step back one module a tick.
  ///
  /// f = delay, s = 0, b = backward delay, m = 0, n = 0, p = f, q = the frame of the output (aligned target).
  public static func sideways(_ architecture: Architecture) throws(NetworkError) -> Schedule {
    try pipeline("sideways", architecture, firstStageWaits: true, memory: 0, aligned: true)
  }

  /// PARTIME: as Sideways, but the first stage reads the frame of its own tick.
  public static func partime(_ architecture: Architecture) throws(NetworkError) -> Schedule {
    try pipeline("partime", architecture, firstStageWaits: false, memory: 0, aligned: true)
  }

  /// Generalized Latent Equilibrium, Euler steps with τ_m = τ_r and γ = 0: σ′ and the output are one step old, the
  /// target is that of the tick.
  public static func generalizedLatentEquilibriumEuler(_ architecture: Architecture) throws(NetworkError) -> Schedule {
    try pipeline("gle-euler", architecture, firstStageWaits: false, memory: 1, aligned: false)
  }

  /// PipeDream's one-forward-one-backward slots on a chain of L layers: m_l = 2(L − l) + 1, p_l = f + m_l, n = 1, q = L.
  ///
  /// - Throws: `NetworkError` when the model is no chain of unit delays.
  public static func pipeDream(_ architecture: Architecture) throws(NetworkError) -> Schedule {
    guard let chain = architecture.chain, architecture.edges.allSatisfy({ $0.delay == 1 && $0.backwardDelay == 1 })
    else {
      throw NetworkError("schedule pipedream is defined for chains with unit delays; \"\(architecture.name)\" is none")
    }
    var schedule = try pipeline("pipedream", architecture, firstStageWaits: false, memory: 1, aligned: true)
    let depth = chain.count - 1
    var memory = [Int](repeating: 0, count: architecture.nodes.count)
    for (layer, node) in chain.enumerated() where layer > 0 {
      memory[node] = 2 * (depth - layer) + 1
      for edge in architecture.incoming[node] {
        schedule.inputMemory[edge] = schedule.forwardLatency[edge] + memory[node]
      }
    }
    schedule.slopeSource = .memory(memory)
    schedule.targetLag[chain[depth]] = depth
    return schedule
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
