import ExactArithmetic
import Foundation
import Networks

/// Branch and bound on the entries that keep an upper bound away from the attained error.
struct Refinement {
  let problem: BoundProblem
  let ladder: AffineLadder
  let size: (EntryBounds) -> Double
  /// Stop at upper ≤ goal · lower.
  let goal: Double

  /// Lowers `upper` until the goal is reached or the seconds are over; it holds at every moment.
  func refine(_ upper: inout UpperBound, against lower: LowerBound, seconds: Double) {
    let wanted = goal * Interval(lower.value, precision: 53).doubles.lower
    guard size(upper.entries) > wanted else { return }
    let end = Date(timeIntervalSinceNow: seconds)
    if let kind = decoupledCase {
      refineEntries(&upper, kind.kind, kind.cells, wanted, end)
    } else {
      let search = BoxSearch(problem, ladder, upper.entries, size: size)
      var best = search.upper
      while best > wanted, Date() < end {
        search.step()
        best = search.upper
      }
      upper.entries.cut(to: best)
      upper.limit = min(upper.limit, best)
    }
    upper.method += ", branch and bound"
  }

  private func refineEntries(
    _ upper: inout UpperBound, _ kind: EntrySearch.Case, _ cells: FrameCells, _ wanted: Double, _ end: Date
  ) {
    var searches: [Int: EntrySearch] = [:]
    let edge = ladder.network.architecture.edges[problem.edge]
    while size(upper.entries) > wanted, Date() < end {
      let place = upper.entries.place
      let index = place.row * upper.entries.columns + place.column
      let search =
        searches[index] ?? EntrySearch(kind, cells, edge: edge, row: place.row, column: place.column)
      searches[index] = search
      for _ in 0..<8 { search.step() }
      upper.entries.values[index] = min(upper.entries.values[index], search.upper)
    }
  }

  /// How the error is made of ranges over single frames, where it is.
  private var decoupledCase: (kind: EntrySearch.Case, cells: FrameCells)? {
    guard let factors = problem.factors, ladder.nominal.radius.isZero, problem.variation.kind == .window else {
      return nil
    }
    let (a, b, s) = (factors.input, factors.error, problem.reference)
    let kind: EntrySearch.Case =
      s == b ? .distance(movesInput: true) : s == a ? .distance(movesInput: false) : a == b ? .together : .free
    return (
      kind,
      FrameCells(
        ladder.network, ladder.nominal, radii: ladder.radii(ticks: 1, problem), precision: ladder.precision,
        freshSymbols: ladder.freshSymbols)
    )
  }
}
