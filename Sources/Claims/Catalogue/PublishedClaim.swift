/// A claim of a published paper, with what decides it.
///
/// `decide` computes at every call: by the lag calculus, and by exact runs of the tick machine, which must agree.
public struct PublishedClaim: Sendable, Identifiable {
  /// `K1`, `SW1`, `PD1`, …: the rows of docs/claims.md.
  public let id: String
  /// Paper and equation.
  public let source: String
  public let statement: String
  public let hypotheses: [String]
  /// Theorems of `proofs/theories` on this claim, as `File.name`: machine-checked for every depth.
  public var theorems: [String] { Self.theoremNames[id] ?? [] }
  private let decision: @Sendable (ClaimSetting) throws -> ClaimOutcome

  init(
    id: String, paper: String = "Betti & Gori, Backprop Diffusion is Biologically Plausible", source: String,
    statement: String, hypotheses: [String],
    decision: @escaping @Sendable (ClaimSetting) throws -> ClaimOutcome
  ) {
    self.id = id
    self.source = "\(paper), \(source)"
    self.statement = statement
    self.hypotheses = hypotheses
    self.decision = decision
  }

  /// Decides afresh.
  ///
  /// - Throws: `ReadingSurvey.Disagreement` when the two roads differ, which is a fault of this library.
  public func decide(_ setting: ClaimSetting = ClaimSetting()) throws -> ClaimOutcome { try decision(setting) }

  /// The catalogue: the paper's claims in its order, then those on sibling systems.
  public static let catalogue: [PublishedClaim] = [
    factorization, synchronization, localSlopes, closedLoop, singleLayer, maximumMismatch, stationaryInput, slowInput,
    slownessNeeded, samplingTime, directedGraphs, localInSpaceAndTime, evenDepth, cyclicGraphs, namedSchedules,
    middleLayerOfAnyActivation, middleLayerOfOwnError, constantWindow, pathsOfAnyGraph, lastStage, constantStream,
    descentDirection, pipelineMemory, skipPseudoGradient, partimeIsSideways, partimeIndex, stashedWeights,
    verticalSync, withoutStash, delayedDescent, finiteMemory,
  ]

  public static func named(_ id: String) -> PublishedClaim? {
    catalogue.first { $0.id.lowercased() == id.lowercased() }
  }

  private static let theoremNames: [String: [String]] = [
    "K1": ["Waves.multi_frame", "Waves.factorization"],
    "K2": ["Exactness.exact_at_l_s", "Timing.synchronous_open_iff", "Timing.affine_open_iff"],
    "K3": ["Timing.local_slope_depth", "Timing.drive_open_iff", "Timing.emitted_open_iff", "Exactness.exact_at_three"],
    "K4": ["Refutation.closed_loop_never", "Timing.mismatch_closed", "Timing.closed_drive_iff"],
    "K5": ["Timing.synchronous_open_iff"],
    "K6": ["Timing.max_mismatch", "Timing.max_mismatch_attained"],
    "K7": ["Exactness.stationary_exact"],
    "K8": ["ErrorLaws.error_law", "GlobalConstant.global_constant_window"],
    "K9": ["Exactness.period_two_exact"],
    "K10": ["Timing.held_ticks"],
    "K11": ["Dag.synchronous_edge_exact", "DagTiming.unbalanced_tail", "DagTiming.unbalanced_head"],
    "K12": ["Timing.clairvoyant"],
    "K13": ["Timing.synchronous_layer", "Timing.even_depth", "Timing.even_depth_best"],
  ]
}
