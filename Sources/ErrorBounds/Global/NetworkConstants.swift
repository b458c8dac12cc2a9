import ExactArithmetic
import Networks
import Waves

/// What the telescoping bound needs to know of a network over a family of frames: s1 and s2 of every node, the norms of
/// the weights, and how large activities and residuals are at the reference frame.
struct NetworkConstants {
  let problem: BoundProblem
  let norms: [WeightNorms]
  let distances: FrameDistances
  /// Per node: s1 and s2. Those of the whole line where they are finite, of the range of drives otherwise.
  let slopes: [(slope: Magnitude, change: Magnitude)]
  /// Per node: |x_v|_∞ at the reference frame, enclosed from above over all frames that it can be.
  let activities: [Magnitude]
  /// Per node, at outputs: |x_o − y_o|_∞ there.
  let residuals: [Magnitude]

  init(_ problem: BoundProblem, _ ladder: AffineLadder, isExact: Bool) {
    self.problem = problem
    norms = ladder.norms.norms(problem.network)
    distances = FrameDistances(variation: problem.variation, reference: problem.reference)
    // Every frame that is seen lies in this box, the reference frame in a smaller one.
    let isWindow = problem.variation.kind == .window
    let reach = isWindow ? 1 : problem.family.lags.map { abs($0 - problem.reference) }.max() ?? 0
    let whole = FrameRanges(problem, ladder, ticks: reach)
    let reference = FrameRanges(problem, ladder, ticks: isWindow ? 1 : 0)
    let drives = (try? ForwardLags(problem.network.architecture, problem.evaluator.formula.schedule))?.drive
    slopes = problem.network.architecture.nodes.enumerated().map { node, entry in
      if let global = entry.activation.slopeConstants, global.change != nil {
        return (Magnitude(global.slope), Magnitude(global.change))
      }
      // Lags that are not known count as several.
      let isOneFrame = drives.map { $0[node].count <= 1 } ?? false
      guard let range = whole.drive(node, isOneFrame: isOneFrame) else {
        return (Magnitude(entry.activation.slopeConstants?.slope), .infinite)
      }
      let constants = entry.activation.slopeConstants(over: range)
      return (Magnitude(constants.slope).tidied, Magnitude(constants.change).tidied)
    }
    (activities, residuals) = Self.sizes(problem, isWindow, reference, isExact: isExact)
  }

  /// At one point exactly if that is affordable; else enclosed over the box of the reference frame.
  private static func sizes(
    _ problem: BoundProblem, _ isWindow: Bool, _ ranges: FrameRanges, isExact: Bool
  ) -> (activities: [Magnitude], residuals: [Magnitude]) {
    let architecture = problem.network.architecture
    let reach = isWindow ? problem.variation.target : 0
    var residuals = [Magnitude](repeating: .zero, count: architecture.nodes.count)
    if isExact, problem.nominal.radius.isZero, !isWindow || problem.variation.input.isZero {
      let activities = StaticPass<Rational>.forward(
        problem.network, inputs: problem.nominal.inputs, in: ExactContext()
      ).activities
      for (position, output) in architecture.outputs.enumerated() {
        residuals[output] = Magnitude((activities[output] - problem.nominal.targets[position]).maximumNorm + reach)
      }
      return (activities.map { Magnitude($0.maximumNorm) }, residuals)
    }
    func largest(_ node: Int, from target: (Int) -> Rational) -> Magnitude {
      guard let ranges = ranges.activities(node) else { return .infinite }
      let sizes = ranges.enumerated().map { index, range in
        max(range.upper - target(index), target(index) - range.lower)
      }
      return Magnitude(max(0, sizes.max() ?? 0)).tidied
    }
    for (position, output) in architecture.outputs.enumerated() {
      let target = problem.nominal.targets[position]
      residuals[output] = largest(output) { target[$0] } + Magnitude(reach)
    }
    return (architecture.nodes.indices.map { largest($0) { _ in 0 } }, residuals)
  }
}
