import ExactArithmetic
import Networks

/// An upper bound of one edge's error, entry by entry, and how it was proved.
public struct UpperBound: Sendable {
  public var entries: EntryBounds
  /// The rung of the ladder that gave it, in words.
  public var method: String
  /// The lag of the reference frame that it is about; the worst one where several were asked for.
  public var reference: Int
  /// A bound of the norm itself, where a better one than the entries give is known.
  public var limit = Double.infinity
}

/// How the forms of a whole network over a box are shared by its edges.
struct AffineLadder: Sendable {
  let network: Network
  let nominal: NominalFrame
  let precision: Int
  let freshSymbols: Int
  /// By the radii of the frame's box.
  let statics: StaticFormsCache
  let norms = WeightNormsCache()

  init(_ network: Network, _ nominal: NominalFrame, precision: Int, freshSymbols: Int) {
    self.network = network
    self.nominal = nominal
    self.precision = precision
    self.freshSymbols = freshSymbols
    statics = StaticFormsCache()
  }

  func bound(_ problem: BoundProblem) -> UpperBound {
    let ends = network.architecture.edges[problem.edge]
    let (rows, columns) = (network.architecture.nodes[ends.target].width, network.architecture.nodes[ends.source].width)
    if problem.isExact {
      let zeros = EntryBounds(rows: rows, columns: columns, values: [Double](repeating: 0, count: rows * columns))
      return UpperBound(entries: zeros, method: "exact", reference: problem.reference)
    }
    if let factors = problem.factors, let entries = decoupled(problem, factors) {
      return UpperBound(entries: entries, method: "affine, decoupled", reference: problem.reference)
    }
    return UpperBound(entries: coupled(problem), method: "affine", reference: problem.reference)
  }

  /// Where both factors are functions of one frame each and the boxes of the frames are independent.
  private func decoupled(_ problem: BoundProblem, _ factors: FactorFrames) -> EntryBounds? {
    guard nominal.radius.isZero else { return nil }
    let ends = network.architecture.edges[problem.edge]
    let (a, b, s) = (factors.input, factors.error, problem.reference)
    switch problem.variation.kind {
    case .window:
      let pass = forms(ticks: 1, problem).pass
      let bound = DecoupledBound(
        errors: pass.deltas[ends.target].storage, activities: pass.activities[ends.source].storage)
      if s == b { return bound.referenceIsError() }
      if s == a { return bound.referenceIsInput() }
      return a == b ? bound.sameFactors() : bound.free()
    case .rate:
      // The reference is the nominal frame, a point; the other frame moves in a box of its own.
      let (point, box) = (forms(ticks: 0, problem).pass, forms(ticks: abs(a - b), problem).pass)
      if s == b {
        return DecoupledBound(
          errors: point.deltas[ends.target].storage, activities: box.activities[ends.source].storage
        ).referenceIsError()
      }
      if s == a {
        return DecoupledBound(
          errors: box.deltas[ends.target].storage, activities: point.activities[ends.source].storage
        ).referenceIsInput()
      }
      return nil
    }
  }

  /// Whether a kink or jump may lie in a drive that the update or the gradient reads.
  func hasKink(_ problem: BoundProblem) -> Bool {
    guard network.architecture.nodes.contains(where: \.activation.hasKink) else { return false }
    let reach = problem.family.lags.map { abs($0 - problem.reference) }.max() ?? 0
    let ticks = problem.variation.kind == .window ? 1 : reach
    return KinkCheck(network, forms(ticks: ticks, problem).pass).concerns(network.architecture.edges[problem.edge])
  }

  /// Forms over the box that a frame so many ticks from the reference lies in.
  func forms(ticks: Int, _ problem: BoundProblem) -> StaticForms {
    let radii = radii(ticks: ticks, problem)
    return statics.forms(radii) {
      StaticForms(network, round: nominal, radii: radii, precision: precision, freshSymbols: freshSymbols)
    }
  }

  func radii(ticks: Int, _ problem: BoundProblem) -> (input: Rational, target: Rational) {
    let scale = Rational(ticks)
    return (problem.variation.input * scale + nominal.radius, problem.variation.target * scale)
  }

  /// The whole expression at once, frames sharing the symbols that they share.
  func coupled(_ problem: BoundProblem, over box: ParameterBox? = nil) -> EntryBounds {
    EntryBounds(coupledForms(problem, over: box))
  }

  func coupledForms(_ problem: BoundProblem, over box: ParameterBox? = nil) -> Matrix<AffineForm> {
    let context = AffineContext(
      precision: precision, firstFree: problem.family.parameters, freshSymbols: freshSymbols)
    let box = box ?? ParameterBox(whole: problem.family.parameters)
    return problem.evaluator.error(at: problem.family.frames(over: box, in: context), in: context)
  }
}
