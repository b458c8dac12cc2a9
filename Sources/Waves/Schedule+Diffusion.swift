import Networks

extension Schedule {
  /// The diffusion of the paper, equations (1) to (5), under one reading.
  ///
  /// Every node answers one tick after its drive (s = 1); edge e delays by f_e = delay − 1 more.
  /// - Throws: `NetworkError` naming a cycle; or, for the frame-consistent slope in a closed loop, the output whose own
  ///   activity mixes several frames, with its lags.
  public static func diffusion(_ architecture: Architecture, _ reading: Reading = Reading()) throws(NetworkError)
    -> Schedule
  {
    let nodes = architecture.nodes.count
    var schedule = Schedule(
      name: "diffusion",
      forwardLatency: architecture.edges.map { $0.delay - 1 },
      backwardLatency: architecture.edges.map(\.backwardDelay),
      inputMemory: [Int](repeating: 0, count: architecture.edges.count),
      errorMemory: [Int](repeating: 0, count: architecture.edges.count),
      activationDelay: architecture.nodes.map { $0.isInput ? 0 : 1 },
      slopeSource: reading.slope.memory.map { .memory([Int](repeating: $0, count: nodes)) } ?? .frameConsistent,
      errorSource: reading.error == .open ? .open : .closed,
      outputMemory: [Int](repeating: 0, count: nodes),
      targetLag: [Int](repeating: 0, count: nodes),
      residualSlopeMemory: [Int](repeating: 1, count: nodes),
      waveFrameLag: [Int](repeating: 0, count: nodes), reading: reading)
    guard reading.error != .open else { return schedule }
    let arrivals = try ForwardLags(architecture, schedule)
    for output in architecture.outputs {
      let longest = arrivals.activity[output].maximum ?? 0
      switch reading.error {
      case .open, .closedCurrent: break
      case .closed: schedule.targetLag[output] = longest
      case .closedDrive:
        schedule.targetLag[output] = longest - 1
        schedule.outputMemory[output] = -1
        schedule.residualSlopeMemory[output] = 0
      }
      if reading.slope == .frameConsistent {
        schedule.waveFrameLag[output] =
          try arrivals.frameOfOutput(output, in: architecture) + schedule.outputMemory[output]
      }
    }
    return schedule
  }
}

extension ForwardLags {
  /// The lag of an output's own activity, which a frame-consistent wave in a closed loop is named after.
  ///
  /// - Throws: `NetworkError` naming the output and its lags, where its activity mixes several frames.
  func frameOfOutput(_ output: Int, in architecture: Architecture) throws(NetworkError) -> Int {
    if activity[output].isEmpty { return 0 }
    guard let lag = activity[output].single else {
      throw NetworkError(
        "slope frame-consistent in a closed loop: the activity of output \"\(architecture.nodes[output].name)\" mixes "
          + "frames of lags \(activity[output].values), so its wave has no frame of its own; choose another --slope, "
          + "--error open, or balance the paths")
    }
    return lag
  }
}
