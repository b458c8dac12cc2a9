import Claims
import Networks
import Testing
import Waves

/// Schedules that are not the paper's: a claim whose computation they change must come out differently.
@Suite struct PlantedFaultTests {
  /// The backward wave takes two ticks for a layer.
  static let slowWave: ClaimSetting.Rule = { (architecture, reading) throws(NetworkError) in
    var schedule = try Schedule.diffusion(architecture, reading)
    schedule.backwardLatency = schedule.backwardLatency.map { $0 + 1 }
    return schedule
  }

  /// Slopes are frame-consistent whatever is asked.
  static let oracleSlopes: ClaimSetting.Rule = { (architecture, reading) throws(NetworkError) in
    try Schedule.diffusion(architecture, Reading(error: reading.error))
  }

  /// The error is given from outside whatever is asked.
  static let openLoop: ClaimSetting.Rule = { (architecture, reading) throws(NetworkError) in
    try Schedule.diffusion(architecture, Reading())
  }

  /// The error is the network's own whatever is asked.
  static let closedLoop: ClaimSetting.Rule = { (architecture, reading) throws(NetworkError) in
    try Schedule.diffusion(architecture, Reading(slope: .emitted, error: .closed))
  }

  /// Nothing takes time: a network of an instantaneous map.
  static let instantaneous: ClaimSetting.Rule = { (architecture, reading) throws(NetworkError) in
    var schedule = try Schedule.diffusion(architecture, Reading())
    schedule.activationDelay = schedule.activationDelay.map { _ in 0 }
    schedule.backwardLatency = schedule.backwardLatency.map { _ in 0 }
    return schedule
  }

  /// Registers that make every layer of a chain exact.
  static let buffered: ClaimSetting.Rule = { (architecture, reading) throws(NetworkError) in
    var schedule = try Schedule.diffusion(architecture, reading)
    let depth = architecture.edges.count
    for edge in 0..<depth {
      schedule.inputMemory[edge] = max(0, depth - 1 - 2 * edge)
      schedule.errorMemory[edge] = max(0, 2 * edge + 1 - depth)
    }
    return schedule
  }

  /// Pipelines whose waves step back one tick later than they should.
  static let slowSiblings: ClaimSetting.SiblingRule = { (sibling, architecture) throws(NetworkError) in
    var schedule = try ClaimSetting.publishedSiblings(sibling, architecture)
    schedule.backwardLatency = schedule.backwardLatency.map { $0 + 1 }
    return schedule
  }

  /// Pipelines whose stages all answer one tick later than they should.
  static let lateSiblings: ClaimSetting.SiblingRule = { (sibling, architecture) throws(NetworkError) in
    var schedule = try ClaimSetting.publishedSiblings(sibling, architecture)
    schedule.activationDelay = architecture.nodes.map { $0.isInput || !$0.name.hasSuffix("1") ? 0 : 1 }
    return schedule
  }

  /// Pipelines that hold what they need: Sideways with registers that make every layer exact.
  static let bufferedSiblings: ClaimSetting.SiblingRule = { (sibling, architecture) throws(NetworkError) in
    var schedule = try ClaimSetting.publishedSiblings(sibling, architecture)
    let trips = try RoundTrip(architecture, schedule)
    schedule.slopeSource = .memory(trips.passedOn.map { $0.single ?? 0 })
    for (index, edge) in architecture.edges.enumerated() {
      schedule.inputMemory[index] = (trips.total[edge.target].single ?? 0) + schedule.forwardLatency[index]
    }
    return schedule
  }

  static let siblingFaults: [(id: String, name: String, rule: ClaimSetting.SiblingRule, verdict: ClaimVerdict)] = [
    ("SC1", "slow", slowSiblings, .refuted), ("SW1", "slow", slowSiblings, .refuted),
    ("SW1", "buffered", bufferedSiblings, .refuted), ("SW3", "buffered", bufferedSiblings, .undecided),
    ("SW4", "slow", slowSiblings, .refuted), ("PT1", "slow", slowSiblings, .refuted),
    ("PT2", "late", lateSiblings, .proved), ("PD1", "slow", slowSiblings, .refuted),
    ("PD2", "slow", slowSiblings, .refuted),
  ]

  @Test(arguments: siblingFaults.indices)
  func verdictFollowsTheSibling(_ index: Int) throws {
    let fault = Self.siblingFaults[index]
    var setting = ClaimSetting(depths: 1...5)
    setting.siblingCalculus = fault.rule
    setting.siblingMachine = fault.rule
    let outcome = try #require(PublishedClaim.named(fault.id)).decide(setting)
    #expect(outcome.verdict == fault.verdict, "\(fault.id), \(fault.name): \(outcome.decidedBy)")
    #expect(outcome.verdict != CatalogueTests.verdicts.first { $0.0 == fault.id }?.1)
  }

  /// A machine that runs another sibling than the one analysed is noticed.
  @Test(arguments: ["SC1", "SW1", "SW4", "SK1"])
  func siblingRoadsMustAgree(_ id: String) throws {
    var setting = ClaimSetting(depths: 1...5)
    setting.siblingMachine = Self.slowSiblings
    let claim = try #require(PublishedClaim.named(id))
    #expect(throws: ReadingSurvey.Disagreement.self) { try claim.decide(setting) }
  }

  static let faults: [(id: String, name: String, rule: ClaimSetting.Rule, verdict: ClaimVerdict)] = [
    ("K1", "slow wave", slowWave, .refuted), ("K2", "slow wave", slowWave, .refuted),
    ("K2", "closed loop", closedLoop, .refuted), ("K2", "instantaneous", instantaneous, .refuted),
    ("K3", "oracle slopes", oracleSlopes, .proved), ("K4", "open loop", openLoop, .proved),
    ("K5", "closed loop", closedLoop, .refuted), ("K6", "slow wave", slowWave, .refuted),
    ("K6", "buffered", buffered, .refuted), ("K9", "slow wave", slowWave, .undecided),
    ("K11", "instantaneous", instantaneous, .undecided), ("K12", "instantaneous", instantaneous, .proved),
    ("K13", "buffered", buffered, .refuted), ("SC1", "slow wave", slowWave, .refuted),
    ("BG2", "open loop", openLoop, .proved),
    ("BG3", "instantaneous", instantaneous, .proved),
  ]

  @Test(arguments: faults.indices)
  func verdictFollowsTheComputation(_ index: Int) throws {
    let fault = Self.faults[index]
    let claim = try #require(PublishedClaim.named(fault.id))
    let outcome = try claim.decide(ClaimSetting(depths: 1...5, rule: fault.rule))
    #expect(outcome.verdict == fault.verdict, "\(fault.id), \(fault.name): \(outcome.decidedBy)")
    #expect(outcome.verdict != CatalogueTests.verdicts.first { $0.0 == fault.id }?.1)
  }

  /// The printed formula is refuted by its units alone; the one that is meant, by counting.
  @Test func samplingTimeCountsTicks() throws {
    let claim = try #require(PublishedClaim.named("K10"))
    let counted = try claim.decide(ClaimSetting(depths: 1...5)).parts[1]
    let instantaneous = try claim.decide(ClaimSetting(depths: 1...5, rule: Self.instantaneous)).parts[1]
    #expect(counted.verdict == .refuted && instantaneous.verdict == .undecided)
  }

  /// With oracle slopes nothing is left of the refutation by local ones.
  @Test func localSlopesAreRun() throws {
    let claim = try #require(PublishedClaim.named("BG1"))
    let parts = try claim.decide(ClaimSetting(depths: 1...5, rule: Self.oracleSlopes)).parts
    #expect(parts[1...2].allSatisfy { $0.verdict == .proved })
  }

  /// The error law belongs to the frame-consistent slope.
  @Test func errorLawNeedsItsSlope() throws {
    let claim = try #require(PublishedClaim.named("K8"))
    #expect(try claim.decide(ClaimSetting(depths: 1...5)).parts[0].verdict == .proved)
    #expect(try claim.decide(ClaimSetting(depths: 1...5, rule: Self.closedLoop)).parts[0].verdict == .undecided)
  }

  /// A machine that runs another schedule than the one analysed is noticed, claim by claim, never reported as a verdict.
  @Test(arguments: ["K2", "K3", "K6", "K7", "K8", "K9", "K10", "K11", "K13", "SC1", "BG1", "BG3", "BG4"])
  func roadsMustAgree(_ id: String) throws { try expectDisagreement(id, machine: Self.slowWave) }

  @Test(arguments: ["K4", "K5", "K12", "BG2"])
  func roadsMustAgreeOnTheError(_ id: String) throws { try expectDisagreement(id, machine: Self.instantaneous) }

  private func expectDisagreement(_ id: String, machine: @escaping ClaimSetting.Rule) throws {
    var setting = ClaimSetting(depths: 1...5)
    setting.machine = machine
    let claim = try #require(PublishedClaim.named(id))
    #expect(throws: ReadingSurvey.Disagreement.self) { try claim.decide(setting) }
  }

  /// The products of operators are formed by the schedule analysed; a machine that reads other slopes differs from them.
  @Test func productsNoticeOtherSlopes() throws {
    var setting = ClaimSetting(depths: 1...5)
    setting.machine = Self.closedLoop
    let outcome = try #require(PublishedClaim.named("K1")).decide(setting)
    #expect(outcome.verdict == .refuted)
  }

  @Test func figuresNoticeAnotherSchedule() throws {
    var setting = ClaimSetting()
    setting.machine = Self.slowWave
    #expect(throws: ReadingSurvey.Disagreement.self) { try WaveFigure(3, depth: 5, setting: setting) }
  }
}
