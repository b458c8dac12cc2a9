import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Repaired schedules on the tick machine, which knows nothing of registers.
@Suite struct RegisterMachineTests {
  private static func repaired(_ architecture: Architecture, _ base: Schedule, _ request: RegisterRequest) throws
    -> RegisterPlan?
  {
    guard case .plan(let plan) = try RegisterSynthesis.solve(architecture, base, request) else { return nil }
    return plan
  }

  private static func latencies(for architecture: Architecture) -> Generator<Schedule> {
    let diffusions = [ErrorInjection.open, .closed, .closedCurrent, .closedDrive].map {
      Schedule.diffusionLatencies(architecture, error: $0)
    }
    let others = [
      try? Schedule.sideways(architecture), try? Schedule.partime(architecture),
      try? Schedule.generalizedLatentEquilibriumEuler(architecture), try? Schedule.pipeDream(architecture),
    ]
    return .element(of: diffusions + others.compactMap { $0 })
  }

  /// Every edge of every graph is exact after repair: no frame but that of its delay moves it, and the machine's update
  /// is the gradient of that frame.
  @Test func everyEdgeIsExactAfterRepair() throws {
    let generator = MonotoneCases.generator(
      .oneOf([.anyGraph(size: 4, delays: 1...2, backwardDelays: 1...2), .unbalanced(nodes: 2...5)])
    ) { architecture in
      Self.latencies(for: architecture).map { base in
        (try? Self.repaired(architecture, base, RegisterRequest(allEdgesOf: architecture)))?.schedule ?? base
      }
    }
    var exact = 0
    var repairs = 0
    try requireProperty("repaired graphs", generator, cases: 80, shrinkAttempts: 100) { entry in
      let timing = try TimingAnalysis(entry.network.architecture, entry.schedule)
      try demand(entry.schedule.name.hasSuffix("+registers"), "not repaired")
      try demand(timing.edges.allSatisfy { $0.isSynchronous && $0.causal }, "not synchronous")
      try demand(
        entry.schedule.errorSource == .open || timing.edges.allSatisfy(\.errorCausal), "an error comes too early")
      var dependence = FrameDependence()
      try dependence.check(entry)
      try demandEqual(dependence.disagreements, [])
      exact += dependence.synchronous
      repairs += 1
    }
    #expect(repairs >= 80)
    #expect(exact > 250, "only \(exact) edges were met")
  }

  /// The count is what the repaired schedule taps, read off its integers alone.
  @Test func countIsWhatTheScheduleTaps() throws {
    let graphs = Generator<Architecture>.architecture(.anyGraph(size: 6), width: 1...4)
    var total = 0
    try requireProperty("taps", graphs, cases: 200) { architecture in
      for base in try [ErrorInjection.open, .closed, .closedDrive].map({
        Schedule.diffusionLatencies(architecture, error: $0)
      }) + [Schedule.sideways(architecture), .generalizedLatentEquilibriumEuler(architecture)] {
        let plan = try #require(try Self.repaired(architecture, base, RegisterRequest(allEdgesOf: architecture)))
        try demandEqual(plan.registers, Self.tapped(plan.schedule, base, architecture))
        try demandEqual(plan.registers, architecture.nodes.indices.reduce(0) { $0 + plan.registers(at: $1) })
        total += plan.registers
      }
    }
    #expect(total > 10_000)
  }

  private static func tapped(_ schedule: Schedule, _ base: Schedule, _ architecture: Architecture) -> Int {
    guard case .memory(let memory) = schedule.slopeSource else { return -1 }
    return architecture.nodes.indices.reduce(0) { total, node in
      let (leaving, arriving) = (architecture.outgoing[node], architecture.incoming[node])
      var activity = leaving.map { schedule.forwardLatency[$0] - base.forwardLatency[$0] }
      activity += leaving.map { schedule.inputMemory[$0] }
      if !architecture.nodes[node].activation.isAffine, !leaving.isEmpty {
        activity.append(memory[node] - schedule.activationDelay[node])
      }
      if architecture.isOutput(node), schedule.errorSource == .closed { activity.append(schedule.outputMemory[node]) }
      var error = arriving.map { schedule.errorMemory[$0] }
      for edge in arriving where !architecture.nodes[architecture.edges[edge].source].isInput {
        error.append(schedule.backwardLatency[edge] - base.backwardLatency[edge])
      }
      let ticks = max(activity.max() ?? 0, 0) + max(error.max() ?? 0, 0)
      return total + architecture.nodes[node].width * ticks
    }
  }

  /// Some edges alone: those are exact, and never dearer than all.
  @Test func someEdgesAlone() throws {
    let chosen = Generator<(GraphPlan, Int)>.tuple(.anyGraph(size: 5), .integer(in: 1...255))
    var cheaper = 0
    try requireProperty("some edges", chosen, cases: 150) { plan, subset in
      let architecture = try #require(
        Generator<Architecture>.architecture(.just(plan), width: 1...3, activations: .just(.tanh)).sample(seed: 1))
      let all = RegisterRequest(allEdgesOf: architecture)
      let some = RegisterRequest(edges: all.edges.filter { subset >> ($0 % 8) & 1 == 1 })
      for error in [ErrorInjection.open, .closed] {
        let base = Schedule.diffusionLatencies(architecture, error: error)
        let part = try #require(try Self.repaired(architecture, base, some))
        let whole = try #require(try Self.repaired(architecture, base, all))
        let timing = try TimingAnalysis(architecture, part.schedule)
        for edge in some.edges { try demand(timing.edges[edge].isSynchronous && timing.edges[edge].causal) }
        try demand(part.registers <= whole.registers)
        if part.registers < whole.registers { cheaper += 1 }
      }
    }
    #expect(cheaper > 50)
  }

  /// Break the repair by one tick anywhere, and the machine sees it.
  @Test func aRegisterTooFewIsSeen() throws {
    let generator = MonotoneCases.generator(.chain(depth: 3...3)) { architecture in
      let base = Schedule.diffusionLatencies(architecture, error: .closed)
      let plan = try? Self.repaired(architecture, base, RegisterRequest(allEdgesOf: architecture))
      return .element(of: [plan?.schedule].compactMap { $0 })
    }
    let entry = try #require(generator.sample(seed: 3))
    let mutations: [(inout Schedule) -> Void] = [
      { $0.inputMemory[0] -= 1 }, { $0.errorMemory[1] += 1 }, { $0.backwardLatency[2] += 1 },
      { $0.targetLag[3] -= 1 },
      { schedule in
        if case .memory(var memory) = schedule.slopeSource {
          memory[1] -= 1
          schedule.slopeSource = .memory(memory)
        }
      },
    ]
    for mutate in mutations {
      var broken = entry.schedule
      mutate(&broken)
      var dependence = FrameDependence()
      try dependence.check(entry, machineSchedule: broken)
      #expect(!dependence.disagreements.isEmpty)
    }
  }
}
