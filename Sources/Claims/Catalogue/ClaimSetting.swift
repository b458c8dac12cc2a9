import Networks
import Waves

/// What the catalogue is decided with: the depths, and for each road the rule that makes a reading into a schedule.
///
/// The published rule is `Schedule.diffusion`. Another one can be put in its place, to see which claims notice.
public struct ClaimSetting: Sendable {
  public typealias Rule = @Sendable (Architecture, Reading) throws(NetworkError) -> Schedule

  /// A named schedule on a graph, for claims on other systems than the paper's.
  public typealias SiblingRule = @Sendable (Sibling, Architecture) throws(NetworkError) -> Schedule

  /// The systems whose schedules are derived from the same calculus.
  public enum Sibling: String, Sendable, CaseIterable {
    case sideways = "Sideways"
    case partime = "PARTIME"
    case equilibrium = "GLE in Euler steps, τ_m = τ_r"
    case pipeDream = "PipeDream 1F1B"
  }

  /// The depths L of the chains that are computed.
  public var depths: ClosedRange<Int>
  /// The rule that the lag calculus analyses.
  public var calculus: Rule
  /// The rule that the tick machine runs.
  public var machine: Rule
  /// The schedules of other systems that the calculus analyses.
  public var siblingCalculus: SiblingRule = Self.publishedSiblings
  /// Those that the tick machine runs.
  public var siblingMachine: SiblingRule = Self.publishedSiblings

  /// - Precondition: `depths` holds 1 … 5 at least, since some claims fail only there.
  public init(depths: ClosedRange<Int> = 1...9, rule: @escaping Rule = Self.published) {
    precondition(depths.lowerBound == 1 && depths.upperBound >= 5, "the claims need every depth from 1 to 5 at least")
    self.depths = depths
    calculus = rule
    machine = rule
  }

  /// The paper's equations (1) to (5).
  public static let published: Rule = { (architecture, reading) throws(NetworkError) in
    try Schedule.diffusion(architecture, reading)
  }

  /// The factories of `Schedule`.
  public static let publishedSiblings: SiblingRule = { (sibling, architecture) throws(NetworkError) in
    switch sibling {
    case .sideways: try .sideways(architecture)
    case .partime: try .partime(architecture)
    case .equilibrium: try .generalizedLatentEquilibriumEuler(architecture)
    case .pipeDream: try .pipeDream(architecture)
    }
  }

  var oddDepths: [Int] { depths.filter { $0 % 2 == 1 } }
  var evenDepths: [Int] { depths.filter { $0 % 2 == 0 } }

  /// `L = 1…9`, for what is said about the extent of a computation.
  var extent: String { "L = \(depths.lowerBound)…\(depths.upperBound)" }
}
