import ExactArithmetic
import Networks
import Timing
import Waves

/// One supremum that is to be bounded: of one edge, against one reference frame, over one family of frames.
struct BoundProblem: Sendable {
  let network: Network
  let timing: EdgeTiming
  let variation: Variation
  let nominal: NominalFrame
  let reference: Int
  let family: FrameFamily
  let evaluator: ErrorEvaluator
  let factors: FactorFrames?

  /// - Throws: `NetworkError` naming a lag that reads the future.
  init(
    _ network: Network, _ analysis: TimingAnalysis, edge: Int, reference: Int, _ variation: Variation,
    _ nominal: NominalFrame
  ) throws(NetworkError) {
    let timing = analysis.edges[edge]
    let formula = try UpdateFormula(analysis.architecture, analysis.schedule, edge: edge)
    let lags = formula.frameLags
    if let early = lags.first(where: { $0 < 0 }) {
      throw NetworkError(
        "the update of \(timing.name) reads frame t+\(-early), which has not arrived: bounds need a schedule without "
          + "lags below 0")
    }
    factors = FactorFrames(timing, targetsMove: !variation.target.isZero)
    evaluator = ErrorEvaluator(
      network: network, formula: formula, edge: edge, reference: reference, factors: factors)
    family = FrameFamily(variation, round: nominal, lags: lags, reference: reference)
    self.network = network
    self.timing = timing
    self.variation = variation
    self.nominal = nominal
    self.reference = reference
  }

  var edge: Int { timing.edge }

  /// Products in one evaluation of the error, roughly: what decides which rungs are worth their time.
  var cost: Int {
    let weights = network.weights.reduce(0) { $0 + $1.nonzeroCount }
    guard factors == nil else { return 3 * weights }
    // Every signal that the formula reads, and the static passes of the frames.
    let nodes = max(1, network.architecture.nodes.count)
    return weights * (2 * family.lags.count + evaluator.formula.signalCount / nodes + 1)
  }

  /// The update is this very gradient, or both are zero.
  var isExact: Bool {
    timing.reachesNoOutput || (timing.allLags.single == reference && timing.isSynchronous) || family.parameters == 0
  }
}
