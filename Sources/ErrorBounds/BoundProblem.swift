import ExactArithmetic
import Networks
import Timing
import Waves

/// One supremum that is to be bounded: of one edge, or of the sum over edges that share a parameter, against one reference
/// frame, over one family of frames.
struct BoundProblem: Sendable {
  let network: Network
  /// Of the edges whose errors are added: one, or the members of a class that reach an output.
  let members: [EdgeTiming]
  let name: String
  let variation: Variation
  let nominal: NominalFrame
  let reference: Int
  let family: FrameFamily
  let evaluator: ErrorEvaluator
  /// Of one edge whose factors are functions of one frame each.
  let factors: FactorFrames?
  private let isSettled: Bool

  /// - Parameter point: the static network at the nominal frame, exactly, where that is affordable: a reference frame that
  ///   does not move is taken from there.
  /// - Throws: `NetworkError` naming a lag that reads the future.
  init(
    _ network: Network, _ analysis: TimingAnalysis, edge: Int, reference: Int, _ variation: Variation,
    _ nominal: NominalFrame, point: NominalPass? = nil
  ) throws(NetworkError) {
    try self.init(
      network, analysis, edges: [edge], name: analysis.edges[edge].name, reference: reference, variation, nominal,
      point: point)
  }

  /// - Parameter edges: at least one; those of a class have matrices of one shape.
  init(
    _ network: Network, _ analysis: TimingAnalysis, edges: [Int], name: String, reference: Int, _ variation: Variation,
    _ nominal: NominalFrame, point: NominalPass? = nil
  ) throws(NetworkError) {
    members = edges.map { analysis.edges[$0] }
    let isFixed = variation.kind == .rate && nominal.radius.isZero
    let fixed = isFixed ? point?.pass : nil
    var evaluators: [ErrorEvaluator] = []
    for edge in edges {
      let formula = try UpdateFormula(analysis.architecture, analysis.schedule, edge: edge)
      if let early = formula.frameLags.first(where: { $0 < 0 }) {
        throw NetworkError(
          "the update of \(analysis.edges[edge].name) reads frame t+\(-early), which has not arrived: bounds need a "
            + "schedule without lags below 0")
      }
      evaluators.append(
        ErrorEvaluator(
          network: network, formula: formula, edge: edge, reference: reference,
          factors: FactorFrames(analysis.edges[edge], targetsMove: !variation.target.isZero),
          fixed: fixed.map { FixedGradient($0, analysis.architecture.edges[edge]) }))
    }
    let lags = Set(evaluators.flatMap(\.formula.frameLags)).sorted()
    // No frame that the update reads differs from the reference: each member's update is its gradient there.
    isSettled = zip(members, evaluators).allSatisfy { member, evaluator in
      member.reachesNoOutput || (member.allLags.single == reference && member.isSynchronous)
        || (evaluator.factors.map { $0.input == reference && $0.error == reference } ?? false)
    }
    factors = evaluators.count == 1 ? evaluators[0].factors : nil
    evaluator = evaluators[0].adding(Array(evaluators.dropFirst()))
    family = FrameFamily(variation, round: nominal, lags: lags, reference: reference)
    self.network = network
    self.name = name
    self.variation = variation
    self.nominal = nominal
    self.reference = reference
  }

  /// The first of them, which has the shape of all.
  var timing: EdgeTiming { members[0] }
  var edge: Int { timing.edge }
  var edges: [Int] { members.map(\.edge) }

  /// Products in one evaluation of the error, roughly: what decides which rungs are worth their time.
  var cost: Int {
    let weights = network.weights.reduce(0) { $0 + $1.nonzeroCount }
    guard factors == nil else { return 3 * weights }
    // Every signal that the formulas read, and the static passes of the frames.
    let nodes = max(1, network.architecture.nodes.count)
    return weights * (2 * family.lags.count + evaluator.signalCount / nodes + 1)
  }

  /// The update is this very gradient, or both are zero.
  var isExact: Bool { isSettled || family.parameters == 0 }
}
