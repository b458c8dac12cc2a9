import Claims
import Testing

/// What the catalogue says of each claim, decided afresh at a smaller greatest depth than the command's.
@Suite struct CatalogueTests {
  static let verdicts: [(String, ClaimVerdict)] = [
    ("K1", .proved), ("K2", .proved), ("K3", .refuted), ("K4", .refuted), ("K5", .proved), ("K6", .proved),
    ("K7", .proved), ("K8", .proved), ("K9", .refuted), ("K10", .refuted), ("K11", .refuted), ("K12", .refuted),
    ("K13", .proved), ("K14", .proved), ("SC1", .proved), ("BG1", .refuted), ("BG2", .refuted), ("BG3", .refuted),
    ("BG4", .refuted), ("SW1", .proved), ("SW2", .refuted), ("SW3", .refuted), ("SW4", .proved), ("SK1", .refuted),
    ("PT1", .proved), ("PT2", .refuted), ("PD1", .proved), ("PD2", .proved), ("PD3", .refuted), ("PD4", .proved),
    ("CY1", .refuted),
  ]

  @Test(arguments: verdicts)
  func verdict(_ id: String, _ expected: ClaimVerdict) throws {
    let outcome = try #require(PublishedClaim.named(id)).decide(ClaimSetting(depths: 1...5))
    #expect(outcome.verdict == expected)
    #expect((outcome.witness != nil) == (expected == .refuted))
    for part in outcome.parts where part.verdict == .refuted { #expect(part.witness != nil, "\(part.reading)") }
  }

  @Test func everyClaimIsTested() {
    #expect(PublishedClaim.catalogue.map(\.id) == Self.verdicts.map(\.0))
  }

  @Test func identifiersIgnoreCaseAndMustExist() {
    #expect(PublishedClaim.named("k13")?.id == "K13")
    #expect(PublishedClaim.named("K15") == nil)
  }

  /// The closed loop at L = 1: u = (0, 1), y = 1 gives −1 where every gradient is 0.
  @Test func closedLoopWitness() throws {
    let run = try #require(try decided("K4").witness?.run)
    #expect(run.stream.inputs[0].map { $0[0] } == [0, 1])
    #expect(run.stream.targets[0].map { $0[0] } == [1, 1])
    #expect(run.update[0, 0] == -1)
    #expect(run.gradients.map { $0[0, 0] } == [0, 0])
    #expect(run.differsFromEveryFrame)
  }

  /// Update, claimed gradient and sense of the witnesses of the theory, by slope and σ.
  @Test(arguments: [
    ("slope emitted, σ = quadratic", "1092", "5460", true),
    ("slope emitted, σ = rational", "2625/24389", "1260/24389", true),
    ("slope emitted, σ = relu, no biases", "0", "1", false),
    ("slope drive, σ = quadratic", "919683643788", "78173109721980", true),
    ("slope drive, σ = relu, no biases", "0", "1", false),
  ])
  func localWitnesses(_ reading: String, _ update: String, _ claimed: String, _ everyFrame: Bool) throws {
    let part = try #require(try decided("K3").parts.first { $0.reading == reading })
    let run = try #require(part.witness?.run)
    let frame = try #require(run.claimedFrame)
    #expect(run.update[0, 0].description == update)
    #expect(run.gradients[frame][0, 0].description == claimed)
    #expect(run.differsFromEveryFrame == everyFrame)
  }

  @Test func biasesGiveTheStrongSense() throws {
    let parts = try decided("K3").parts.filter { $0.reading.contains("relu with biases") }
    #expect(parts.count == 3)
    for part in parts { #expect(part.witness?.run?.differsFromEveryFrame == true) }
  }

  /// The smallest instances of the theory on sibling systems.
  @Test(arguments: [
    (
      "BG1", "least memory m of σ′ above l_s that makes it exact",
      "L = 5: l_s = 3 needs σ′ of layer 4 with memory m = -2"
    ),
    ("BG3", "slope drive, error open", "L = 4, l = 1"), ("BG3", "slope emitted, error closed", "L = 1, l = 1"),
    ("SW2", "weights that learn, rate 1/10", "at tick 5"),
    ("SW3", "L = 2, x of period 4", "the gradient has mean 1/2, the pseudo-gradient -1/2"),
    ("SK1", "4 nodes", "x→1, 1→2, 1→3, 2→3: for no p is x->1 exact"), ("PT2", "n = 1", "the returned index is 2"),
    ("PD3", "n = 2, minibatch 2", "stage 1 at [1, 2]"),
  ])
  func siblingWitnesses(_ id: String, _ reading: String, _ text: String) throws {
    let part = try #require(try decided(id).parts.first { $0.reading == reading })
    #expect(part.verdict == .refuted)
    #expect(part.witness?.text.contains(text) == true, "\(part.witness?.text ?? "")")
  }

  /// What waves hold back on the way repairs the skip of four nodes, as the theory says: by two ticks on 1 → 3.
  @Test func backwardBuffersRepairTheSkip() throws {
    let part = try #require(try decided("SK1").parts.last)
    #expect(part.verdict == .proved && part.finding.contains("1->3 by 2;"))
  }

  private func decided(_ id: String) throws -> ClaimOutcome {
    try #require(PublishedClaim.named(id)).decide(ClaimSetting(depths: 1...5))
  }
}
