import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@Suite struct AgreementTests {
  /// The two roads, on every named schedule: diffusion under all its readings and the siblings.
  @Test func calculusAndMachineAgreeOnNamedSchedules() throws {
    try agree("named schedules", MonotoneCases.generator { .named(for: $0) }, networks: 120, atLeast: 12_000)
  }

  /// The two roads on schedules of arbitrary integers, where hardly anything is synchronous.
  @Test func calculusAndMachineAgreeOnArbitrarySchedules() throws {
    try agree(
      "arbitrary schedules", MonotoneCases.generator { .arbitrary(for: $0) }, networks: 60, atLeast: 6_000,
      synchronousAtLeast: 0)
  }

  /// Integers that read the future, and long memories.
  @Test func calculusAndMachineAgreeOnNegativeAndLargeIntegers() throws {
    let small = Generator<GraphPlan>.anyGraph(size: 2, delays: 1...1, backwardDelays: 1...1)
    try agree(
      "negative integers", MonotoneCases.generator(small) { .arbitrary(for: $0, reach: 2, least: -2) }, networks: 30,
      atLeast: 2_000, synchronousAtLeast: 0)
    try agree(
      "large integers", MonotoneCases.generator(small) { .arbitrary(for: $0, reach: 60) }, networks: 20,
      atLeast: 1_000, synchronousAtLeast: 0)
  }

  /// Balanced graphs, so that many edges are synchronous and the affirmative verdicts are tested, too.
  @Test func calculusAndMachineAgreeWhereEdgesAreSynchronous() throws {
    let graphs = Generator<GraphPlan>.oneOf([.chain(depth: 1...5), .levelled(levels: 1...4, nodesPerLevel: 1...2)])
    try agree(
      "balanced graphs",
      MonotoneCases.generator(graphs) { architecture in
        let schedules = [
          try? Schedule.diffusion(architecture), try? Schedule.sideways(architecture),
          try? Schedule.partime(architecture),
        ]
        return .element(of: schedules.compactMap { $0 })
      }, networks: 60, atLeast: 3_000, synchronousAtLeast: 40)
  }

  /// Outputs that other nodes read: their errors come from two sides.
  @Test func calculusAndMachineAgreeWhereOutputsAreRead() throws {
    let graphs = Generator<GraphPlan>.tapped(.anyGraph(size: 3, delays: 1...2, backwardDelays: 1...2))
    try agree(
      "outputs that are read",
      MonotoneCases.generator(graphs) { .oneOf([.named(for: $0), .arbitrary(for: $0, reach: 3)]) }, networks: 40,
      atLeast: 2_000, synchronousAtLeast: 0)
  }

  private func agree(
    _ name: String, _ generator: Generator<FrameDependence.Case>, networks: Int, atLeast: Int,
    synchronousAtLeast: Int = 20
  ) throws {
    var cases = 0
    var synchronous = 0
    try requireProperty(name, generator, cases: networks, shrinkAttempts: 200) { entry in
      var dependence = FrameDependence()
      try dependence.check(entry)
      cases += dependence.cases
      synchronous += dependence.synchronous
      try demandEqual(dependence.disagreements, [])
    }
    #expect(cases >= atLeast, "only \(cases) cases were compared")
    #expect(synchronous >= synchronousAtLeast, "only \(synchronous) synchronous edges were met")
  }
}

@Suite struct MutationTests {
  static let mutations: [(name: String, mutate: @Sendable (inout Schedule) -> Void)] = [
    ("f", { $0.forwardLatency = $0.forwardLatency.map { $0 + 1 } }),
    ("s", { $0.activationDelay = $0.activationDelay.map { $0 == 0 ? 0 : $0 + 1 } }),
    ("b", { $0.backwardLatency = $0.backwardLatency.map { $0 + 1 } }),
    ("p", { $0.inputMemory = $0.inputMemory.map { $0 + 1 } }),
    ("d", { $0.errorMemory = $0.errorMemory.map { $0 + 1 } }),
    ("n", { $0.outputMemory = $0.outputMemory.map { $0 + 1 } }),
    ("q", { $0.targetLag = $0.targetLag.map { $0 + 1 } }),
    ("residual m", { $0.residualSlopeMemory = $0.residualSlopeMemory.map { $0 + 1 } }),
    (
      "m",
      { schedule in
        if case .memory(let memory) = schedule.slopeSource { schedule.slopeSource = .memory(memory.map { $0 + 1 }) }
      }
    ),
  ]

  /// A machine whose rule is off by one tick, in any of the integer maps, is told from the calculus.
  @Test(arguments: mutations.indices)
  func offByOneInOneMapIsSeen(index: Int) throws {
    let graphs = Generator<GraphPlan>.chain(depth: 3...3)
    let generator = MonotoneCases.generator(graphs) { architecture in
      let schedule = try? Schedule.diffusion(architecture, Reading(slope: .drive, error: .closed))
      return .element(of: [schedule].compactMap { $0 })
    }
    var entry = try #require(generator.sample(seed: 7))
    // One more tick, so that a rule that looks back one tick further stays inside the stream.
    for input in entry.stream.inputs.indices { entry = entry.lengthened(input) }
    var sound = FrameDependence()
    try sound.check(entry)
    #expect(sound.disagreements.isEmpty)
    var mutated = entry.schedule
    Self.mutations[index].mutate(&mutated)
    #expect(mutated != entry.schedule)
    var caught = FrameDependence()
    try caught.check(entry, machineSchedule: mutated)
    #expect(!caught.disagreements.isEmpty, "an off-by-one in \(Self.mutations[index].name) went unseen")
  }
}

extension FrameDependence.Case {
  fileprivate func lengthened(_ input: Int) -> FrameDependence.Case {
    var copy = stream
    copy.inputs = stream.inputs.map { [$0[0]] + $0 }
    copy.targets = stream.targets.map { [$0[0]] + $0 }
    return FrameDependence.Case(network: network, schedule: schedule, stream: copy, tick: tick + 1)
  }
}
