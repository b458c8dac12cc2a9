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

  static let faults: [(id: String, name: String, rule: ClaimSetting.Rule, verdict: ClaimVerdict)] = [
    ("K1", "slow wave", slowWave, .refuted), ("K2", "slow wave", slowWave, .refuted),
    ("K2", "closed loop", closedLoop, .refuted), ("K2", "instantaneous", instantaneous, .refuted),
    ("K3", "oracle slopes", oracleSlopes, .proved), ("K4", "open loop", openLoop, .proved),
    ("K5", "closed loop", closedLoop, .refuted), ("K6", "slow wave", slowWave, .refuted),
    ("K6", "buffered", buffered, .refuted), ("K9", "slow wave", slowWave, .undecided),
    ("K11", "instantaneous", instantaneous, .undecided), ("K12", "instantaneous", instantaneous, .proved),
    ("K13", "buffered", buffered, .refuted),
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

  /// The error law belongs to the frame-consistent slope.
  @Test func errorLawNeedsItsSlope() throws {
    let claim = try #require(PublishedClaim.named("K8"))
    #expect(try claim.decide(ClaimSetting(depths: 1...5)).parts[0].verdict == .proved)
    #expect(try claim.decide(ClaimSetting(depths: 1...5, rule: Self.closedLoop)).parts[0].verdict == .undecided)
  }

  /// A machine that runs another schedule than the one analysed is noticed, claim by claim, never reported as a verdict.
  @Test(arguments: ["K2", "K3", "K6", "K7", "K8", "K9", "K10", "K11", "K13"])
  func roadsMustAgree(_ id: String) throws { try expectDisagreement(id, machine: Self.slowWave) }

  @Test(arguments: ["K4", "K5", "K12"])
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
