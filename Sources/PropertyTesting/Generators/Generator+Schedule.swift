import Networks
import Waves

extension Generator where Value == Schedule {
  /// The schedules of the literature that are defined for `architecture`: diffusion under every reading, Sideways,
  /// PARTIME, PipeDream where all delays are one tick, and GLE in Euler steps. The simplest is diffusion under the default reading.
  ///
  /// - Precondition: The architecture has no cycle.
  public static func named(for architecture: Architecture) -> Generator {
    let diffusions = Reading.all.compactMap { try? Schedule.diffusion(architecture, $0) }
    let others = [
      try? Schedule.sideways(architecture), try? Schedule.partime(architecture),
      try? Schedule.pipeDream(architecture), try? Schedule.generalizedLatentEquilibriumEuler(architecture),
    ]
    return element(of: diffusions + others.compactMap { $0 })
  }

  /// Schedules of arbitrary integers: latencies and memories up to `reach` ticks, σ′ from memory or, where each output's
  /// error belongs to one frame, of the wave's own frame. The residual's own σ′ is read at n + s or anywhere else.
  ///
  /// With `least` 0, signals never arrive before they leave: s + f ≥ 1 on every edge and b ≥ 1. With a negative one every
  /// integer may read the future. Everything else is free, so most of these schedules match no gradient anywhere.
  ///
  /// - Precondition: `reach` is at least 1, `least` at most 0.
  public static func arbitrary(for architecture: Architecture, reach: Int = 3, least: Int = 0) -> Generator {
    precondition(reach >= 1 && least <= 0, "a schedule that reaches nowhere is no schedule")
    let nodes = architecture.nodes.count
    let edges = architecture.edges.count
    guard let start = try? Schedule.diffusion(architecture, Reading(slope: .drive)) else {
      preconditionFailure("a schedule needs a graph without cycles")
    }
    return Generator { (source) throws(DiscardedCase) in
      func ticks(_ count: Int, from usual: Int) throws(DiscardedCase) -> [Int] {
        try source.draw(
          Generator<[Int]>.array(of: .integer(in: (least < 0 ? least : usual)...reach), count: count...count))
      }
      let isOpen = try source.draw(.boolean)
      let delays = zip(architecture.nodes, try ticks(nodes, from: 1)).map { $0.isInput ? 0 : $1 }
      let outputs = try ticks(nodes, from: 0)
      var schedule = start
      schedule.name = "arbitrary"
      schedule.reading = nil
      schedule.activationDelay = delays
      schedule.forwardLatency = try ticks(edges, from: 0)
      schedule.backwardLatency = try ticks(edges, from: 1)
      schedule.inputMemory = try ticks(edges, from: 0)
      schedule.errorMemory = try ticks(edges, from: 0)
      schedule.slopeSource = .memory(try ticks(nodes, from: 0))
      schedule.errorSource = isOpen ? .open : .closed
      schedule.outputMemory = outputs
      schedule.targetLag = try ticks(nodes, from: 0)
      schedule.residualSlopeMemory =
        try source.draw(.boolean) ? zip(outputs, delays).map { $0 + $1 } : try ticks(nodes, from: 0)
      if try source.draw(.integer(in: 0...3)) == 3, let frames = try? Schedule.waveFrames(schedule, architecture) {
        schedule.slopeSource = .frameConsistent
        schedule.waveFrameLag = frames
      }
      return schedule
    }
  }
}
