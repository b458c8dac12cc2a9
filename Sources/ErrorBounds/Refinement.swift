import ExactArithmetic
import Networks

/// Branch and bound on the entries that keep an upper bound away from the attained error.
///
/// Both sides move: parts of boxes lower the upper bound, and where the searches over single frames attain their ends,
/// those frames together are frames of the error; evaluated exactly or enclosed, they raise the lower one.
struct Refinement {
  let problem: BoundProblem
  let ladder: AffineLadder
  let lowerSearch: LowerBoundSearch
  let norm: ErrorNorm
  let size: (EntryBounds) -> Double
  /// Stop at upper ≤ goal · lower.
  let goal: Double

  /// Works until the goal is reached or the time is over, which is asked before every few steps.
  ///
  /// Both bounds hold at every moment.
  /// - Returns: why it ended where it was for the parts that are held.
  func refine(_ upper: inout UpperBound, _ lower: inout LowerBound, until isOver: () -> Bool) -> MemoryExcess? {
    guard isOpen(size(upper.entries), upper, lower) else { return nil }
    let most = ladder.memory(problem).openParts
    var isFull = false
    if let frames = DecoupledFrames(problem, ladder) {
      refineEntries(&upper, &lower, frames) {
        isFull = frames.cells.visits >= most
        return isFull || isOver()
      }
    } else {
      let search = BoxSearch(problem, ladder, upper.entries, size: size)
      var best = search.upper
      while isOpen(best, upper, lower), !isOver() {
        isFull = search.count >= most
        if isFull { break }
        search.step()
        best = search.upper
      }
      upper.entries.cut(to: best)
      upper.limit = min(upper.limit, best)
    }
    upper.method += ", branch and bound"
    return isFull ? ladder.memory(problem).openParts(most + 1) : nil
  }

  /// Neither this nor the formula is near enough yet.
  private func isOpen(_ size: Double, _ upper: UpperBound, _ lower: LowerBound) -> Bool {
    let wanted = wanted(lower)
    return size > wanted && upper.formula.map { $0 > FrameFamily.exact(wanted) } ?? true
  }

  private func wanted(_ lower: LowerBound) -> Double {
    goal * Interval(lower.value, precision: 53).doubles.lower
  }

  private func refineEntries(
    _ upper: inout UpperBound, _ lower: inout LowerBound, _ frames: DecoupledFrames, _ isOver: () -> Bool
  ) {
    let edge = ladder.network.architecture.edges[problem.edge]
    let ranges = RangeSearches(frames.cells, edge: edge)
    var searches: [Int: EntrySearch] = [:]
    /// The estimates that have been looked at, by entry: an evaluation costs more than a step.
    var tried: [Int: Double] = [:]
    while isOpen(size(upper.entries), upper, lower), !isOver() {
      let index = mostPromising(upper.entries, searches)
      let place = upper.entries.place(of: index)
      let search = searches[index] ?? EntrySearch(frames.kind, ranges, row: place.row, column: place.column)
      searches[index] = search
      for _ in 0..<8 { search.step() }
      upper.entries.values[index] = min(upper.entries.values[index], search.upper)
      guard let attained = search.attained, attained.value > (tried[index] ?? 0) * 1.001 else { continue }
      // The max norm gains nothing from an entry that is smaller than what is attained.
      guard norm != .max || attained.value > Interval(lower.value, precision: 53).doubles.lower else { continue }
      tried[index] = attained.value
      let evaluated = lowerSearch.evaluated(frames.point(attained), frobenius: norm == .frobenius)
      if evaluated.value > lower.value { lower = evaluated }
    }
  }

  /// The largest entry decides the max norm; for the sum of squares, the one with the most to gain.
  private func mostPromising(_ entries: EntryBounds, _ searches: [Int: EntrySearch]) -> Int {
    guard norm == .frobenius else { return entries.largest }
    func gain(_ index: Int) -> Double {
      let value = entries.values[index]
      return value * (value - (searches[index]?.attained?.value ?? 0))
    }
    return entries.values.indices.max { gain($0) < gain($1) } ?? 0
  }
}
