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

  /// The point of the family at which its frames are these; what no factor reads stays in the middle.
  func point(_ attained: EntrySearch.Attained) -> [Double] {
    var point = [Double](repeating: 0, count: problem.family.parameters)
    let inputs = problem.nominal.inputs.reduce(0) { $0 + $1.count }
    for (lag, place) in [
      (factors.input, attained.input), (factors.error, attained.error), (problem.reference, attained.reference),
    ] {
      for (isTarget, range) in [(false, 0..<inputs), (true, inputs..<cells.coordinates)] {
        // A radius of zero has no block.
        guard let first = problem.family.block(isTarget: isTarget, lag: lag) else { continue }
        for (offset, coordinate) in range.enumerated() { point[first + offset] = place[coordinate] }
      }
    }
    return point
  }
}
