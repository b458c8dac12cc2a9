import ExactArithmetic
import Networks

/// The frames of an error that is made of ranges over single frames: which of them are one, and where each lies.
struct DecoupledFrames {
  let kind: EntrySearch.Case
  let cells: FrameCells
  private let problem: BoundProblem
  private let factors: FactorFrames

  init(_ problem: BoundProblem, _ factors: FactorFrames, _ cells: FrameCells) {
    self.problem = problem
    self.factors = factors
    self.cells = cells
    let (a, b, s) = (factors.input, factors.error, problem.reference)
    kind = s == b ? .distance(movesInput: true) : s == a ? .distance(movesInput: false) : a == b ? .together : .free
  }

  /// Where both factors are functions of one frame each, and the boxes of frames are independent; `nil` elsewhere.
  init?(_ problem: BoundProblem, _ ladder: AffineLadder) {
    guard let factors = problem.factors, ladder.nominal.radius.isZero, problem.variation.kind == .window else {
      return nil
    }
    self.init(
      problem, factors,
      FrameCells(
        ladder.network, ladder.nominal, radii: ladder.radii(ticks: 1, problem), precision: ladder.precision,
        freshSymbols: ladder.freshSymbols, cap: ladder.cap, kept: ladder.memory(problem).keptForms))
  }

  /// The parameters of the family at which its frames are these; what no factor reads stays in the middle.
  func point(_ attained: EntrySearch.Attained) -> [Rational] {
    let inputs = problem.nominal.inputs.reduce(0) { $0 + $1.count }
    let still = problem.variation.input.isZero ? inputs : 0
    var frames: [Int: Vector<Rational>] = [:]
    for (lag, place) in [
      (factors.input, attained.input), (factors.error, attained.error), (problem.reference, attained.reference),
    ] {
      frames[lag] = Vector(place.dropFirst(still).map(FrameFamily.exact))
    }
    return problem.family.parameters(frames)
  }
}
