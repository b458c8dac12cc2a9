import ExactArithmetic
import Foundation
import Networks
import Waves

/// The exact supremum of an error whose factors are functions of one frame each, for piecewise linear networks with few
/// inputs: by the ranges of δ, x and δ x over the pieces of a frame's box.
///
/// The same decoupling as ``DecoupledBound``, with exact rational ranges in place of enclosures.
struct PieceBound {
  struct Supremum {
    let value: Rational
    /// Per frame that matters, by lag: where it lies in its box.
    let frames: [Int: PieceRange.End]
  }

  private let problem: BoundProblem
  private let factors: FactorFrames
  private let ranges: PieceRanges
  /// Under a rate the reference is a point; its signals, and `nil` where it ranges over the box.
  private let fixed: StaticPass<Rational>?

  /// How many ticks the box of the frames that move is away from the nominal frame; `nil` where pieces do not apply.
  static func ticks(_ problem: BoundProblem) -> Int? {
    guard let factors = problem.factors, problem.nominal.radius.isZero,
      problem.network.architecture.nodes.allSatisfy({ $0.isInput || $0.activation.isPiecewiseLinear })
    else { return nil }
    if problem.variation.kind == .window { return 1 }
    let (a, b, s) = (factors.input, factors.error, problem.reference)
    // Where all three frames differ, two of them move under a rate, and not independently.
    return s == b ? abs(a - s) : s == a || a == b ? abs(b - s) : nil
  }

  init(_ problem: BoundProblem, _ factors: FactorFrames, _ frame: FramePieces) {
    self.problem = problem
    self.factors = factors
    ranges = PieceRanges(frame)
    fixed =
      problem.variation.kind == .window
      ? nil
      : StaticPass(
        problem.network, inputs: problem.nominal.inputs, targets: problem.nominal.targets, in: ExactContext())
  }

  private var edge: Edge { problem.network.architecture.edges[problem.edge] }

  private func delta(_ row: Int) -> PieceRanges.Number { .init(unit: .delta(node: edge.target, row: row)) }

  private func activity(_ column: Int) -> PieceRanges.Number { .init(unit: .activity(node: edge.source, row: column)) }

  /// The largest |entry| of all.
  ///
  /// - Parameters:
  ///   - bounds: upper bounds of the entries: those that cannot be the largest are left out.
  ///   - attained: an error that is attained.
  /// - Returns: `nil` where the time is over; that error otherwise, without frames, where nothing is larger. Pieces that
  ///   contradict it are not hidden by it: then the value is what they say of its entry.
  func supremum(_ bounds: EntryBounds, above attained: LowerBound, until end: Date) -> Supremum? {
    var best = Supremum(value: attained.value, frames: [:])
    let own = entry(attained.entry.row, attained.entry.column)
    if let largest = own.max(by: { $0.value < $1.value }), largest.value < attained.value { return largest }
    for index in bounds.values.indices.sorted(by: { bounds.values[$0] > bounds.values[$1] }) {
      if bounds.values[index].isFinite, FrameFamily.exact(bounds.values[index]) <= best.value { break }
      guard Date() < end else { return nil }
      let (row, column) = bounds.place(of: index)
      for candidate in entry(row, column) where candidate.value > best.value { best = candidate }
    }
    return best
  }

  /// The suprema of the entry and of its negative, which between them are that of its magnitude.
  func entry(_ row: Int, _ column: Int) -> [Supremum] {
    let (a, b, s) = (factors.input, factors.error, problem.reference)
    if let fixed { return entry(row, column, from: fixed) }
    if s == b { return distances(activity(column), delta(row), moving: a, reference: s) }
    if s == a { return distances(delta(row), activity(column), moving: b, reference: s) }
    let together = ranges.range(delta(row), times: activity(column))
    if a == b {
      return [
        Supremum(value: together.high.value - together.low.value, frames: [a: together.high, s: together.low]),
        Supremum(value: together.high.value - together.low.value, frames: [a: together.low, s: together.high]),
      ]
    }
    let (deltas, inputs) = (ranges.range(delta(row).unit), ranges.range(activity(column).unit))
    return [deltas.low, deltas.high].flatMap { d in
      [inputs.low, inputs.high].flatMap { x in
        let product = d.value * x.value
        return [
          Supremum(value: product - together.low.value, frames: [b: d, a: x, s: together.low]),
          Supremum(value: together.high.value - product, frames: [b: d, a: x, s: together.high]),
        ]
      }
    }
  }

  /// (end − moving) · other, at one frame, for both ends of the moving factor's range.
  private func distances(
    _ moving: PieceRanges.Number, _ other: PieceRanges.Number, moving lag: Int, reference: Int
  ) -> [Supremum] {
    let range = ranges.range(moving.unit)
    return [range.low, range.high].flatMap { end in
      let distance = ranges.range(moving.distance(to: end.value), times: other)
      return [distance.low, distance.high].map {
        Supremum(value: $0.value.magnitude, frames: [lag: end, reference: $0])
      }
    }
  }

  /// The reference being a point, only one frame moves.
  private func entry(_ row: Int, _ column: Int, from fixed: StaticPass<Rational>) -> [Supremum] {
    let (a, b, s) = (factors.input, factors.error, problem.reference)
    let (delta, activity) = (fixed.deltas[edge.target][row], fixed.activities[edge.source][column])
    let (range, factor, lag) =
      s == b
      ? (ranges.range(self.activity(column).unit), delta, a)
      : s == a
        ? (ranges.range(self.delta(row).unit), activity, b)
        : (ranges.range(self.delta(row), times: self.activity(column)), 1, a)
    return [range.low, range.high].map {
      Supremum(value: (factor * $0.value - delta * activity).magnitude, frames: [lag: $0])
    }
  }
}

extension FrameFamily {
  /// Parameters that put the frame of each lag at a point of its box; all others at the nominal frame.
  ///
  /// - Parameter points: coordinates in [−1, 1], inputs first, then targets, those that do not move left out.
  func parameters(_ points: [Int: Vector<Rational>]) -> [Rational] {
    var parameters = [Rational](repeating: 0, count: self.parameters)
    let inputs = nominal.inputs.reduce(0) { $0 + $1.count }
    let targets = nominal.targets.reduce(0) { $0 + $1.count }
    let inputsMove = blocks.contains { !$0.isTarget }
    for block in blocks {
      guard let (_, point) = points.first(where: { block.lags.contains($0.key) }) else { continue }
      let offset = block.isTarget && inputsMove ? inputs : 0
      for coordinate in 0..<(block.isTarget ? targets : inputs) {
        parameters[block.first + coordinate] = point[offset + coordinate]
      }
    }
    return parameters
  }
}
