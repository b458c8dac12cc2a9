import Networks

extension Schedule {
  /// The latencies of the diffusion under one kind of error: what hardware gives, before any memory is chosen.
  ///
  /// Unlike `diffusion` it looks at no path, so it is defined on graphs with cycles, too; targets of a closed loop are
  /// left at lag 0.
  public static func diffusionLatencies(_ architecture: Architecture, error: ErrorInjection) -> Schedule {
    let nodes = architecture.nodes.count
    let nothing = [Int](repeating: 0, count: nodes)
    let early = error == .closedDrive
    return Schedule(
      name: "diffusion", forwardLatency: architecture.edges.map { $0.delay - 1 },
      backwardLatency: architecture.edges.map(\.backwardDelay),
      inputMemory: [Int](repeating: 0, count: architecture.edges.count),
      errorMemory: [Int](repeating: 0, count: architecture.edges.count),
      activationDelay: architecture.nodes.map { $0.isInput ? 0 : 1 }, slopeSource: .memory(nothing),
      errorSource: error == .open ? .open : .closed,
      outputMemory: [Int](repeating: early ? -1 : 0, count: nodes), targetLag: nothing,
      residualSlopeMemory: [Int](repeating: early ? 0 : 1, count: nodes), waveFrameLag: nothing, reading: nil)
  }

  /// The first integer that a schedule file cannot hold, more than 10⁶ ticks either way.
  public var firstUnreadable: Int? {
    var memories =
      forwardLatency + backwardLatency + inputMemory + errorMemory + activationDelay + outputMemory + targetLag
      + residualSlopeMemory + [framePeriod]
    if case .memory(let slope) = slopeSource { memories += slope }
    return memories.first { !(-Self.maximumTicks...Self.maximumTicks).contains($0) }
  }
}
