/// A claim of a published paper, with what decides it.
///
/// `decide` computes at every call: by the lag calculus, and by exact runs of the tick machine, which must agree.
public struct PublishedClaim: Sendable, Identifiable {
  /// `K1`, `K2`, …: the numbers of the theory of the waves.
  public let id: String
  /// Paper and equation.
  public let source: String
  public let statement: String
  public let hypotheses: [String]
  private let decision: @Sendable (ClaimSetting) throws -> ClaimOutcome

  init(
    id: String, source: String, statement: String, hypotheses: [String],
    decision: @escaping @Sendable (ClaimSetting) throws -> ClaimOutcome
  ) {
    self.id = id
    self.source = "Betti & Gori, Backprop Diffusion is Biologically Plausible, " + source
    self.statement = statement
    self.hypotheses = hypotheses
    self.decision = decision
  }

  /// Decides afresh.
  ///
  /// - Throws: `ReadingSurvey.Disagreement` when the two roads differ, which is a fault of this library.
  public func decide(_ setting: ClaimSetting = ClaimSetting()) throws -> ClaimOutcome { try decision(setting) }

  /// The catalogue, in the order of the paper.
  public static let catalogue: [PublishedClaim] = [
    factorization, synchronization, localSlopes, closedLoop, singleLayer, maximumMismatch, stationaryInput, slowInput,
    slownessNeeded, samplingTime, directedGraphs, localInSpaceAndTime, evenDepth,
  ]

  public static func named(_ id: String) -> PublishedClaim? {
    catalogue.first { $0.id.lowercased() == id.lowercased() }
  }
}
