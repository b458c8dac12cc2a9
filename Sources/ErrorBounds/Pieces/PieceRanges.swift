import ExactArithmetic
import Networks
import Waves

/// Numbers of the static network that are ranged over pieces, exactly.
final class PieceRanges {
  /// A number that is affine on every piece: scale · (a delta or an activity) + shift.
  struct Number {
    enum Unit: Hashable {
      case delta(node: Int, row: Int)
      case activity(node: Int, row: Int)
    }

    let unit: Unit
    var shift: Rational = 0
    var isNegated = false

    /// end − this
    func distance(to end: Rational) -> Number { Number(unit: unit, shift: end - shift, isNegated: !isNegated) }

    func applied(to value: Rational) -> Rational { isNegated ? shift - value : shift + value }
  }

  let pieces: [FramePieces.Piece]
  /// The range of a unit, and that on each piece alone as floats, rounded outward.
  private var known: [Number.Unit: (range: PieceRange, pieces: [(low: Double, high: Double)])] = [:]

  init(_ frame: FramePieces) {
    pieces = frame.pieces
  }

  private func values(_ number: Number, _ piece: Int) -> [Rational] {
    let pass = pieces[piece].pass
    let jet =
      switch number.unit {
      case .delta(let node, let row): pass.deltas[node].storage[row]
      case .activity(let node, let row): pass.activities[node].storage[row]
      }
    let function = AffineFunction(jet, round: pieces[piece].middle)
    return pieces[piece].polytope.vertices.map { number.applied(to: function.value(at: $0.point)) }
  }

  /// The range of a unit: its ends are at vertices.
  func range(_ unit: Number.Unit) -> PieceRange { known(unit).range }

  private func known(_ unit: Number.Unit) -> (range: PieceRange, pieces: [(low: Double, high: Double)]) {
    if let found = known[unit] { return found }
    var ends = Ends()
    var floats: [(low: Double, high: Double)] = []
    for index in pieces.indices {
      let values = values(Number(unit: unit), index)
      for (vertex, value) in values.enumerated() {
        ends.visit(value, pieces[index].middle) { pieces[index].polytope.vertices[vertex].point }
      }
      guard let low = values.min(), let high = values.max() else { continue }
      floats.append(
        (Interval(low, precision: 53).doubles.lower, Interval(high, precision: 53).doubles.upper))
    }
    let result = (ends.range, floats)
    known[unit] = result
    return result
  }

  /// A number's range on each piece, as floats, rounded outward.
  private func floats(_ number: Number) -> [(low: Double, high: Double)] {
    let shift = Interval(number.shift, precision: 53).doubles
    return known(number.unit).pieces.map { piece in
      number.isNegated
        ? ((shift.lower - piece.high).nextDown, (shift.upper - piece.low).nextUp)
        : ((shift.lower + piece.low).nextDown, (shift.upper + piece.high).nextUp)
    }
  }

  /// The range of a product of two affine numbers: its ends are on edges.
  ///
  /// On a face of two or more dimensions both numbers are constant along some line, or their product has no critical
  /// point but a saddle: either way the border has an equal or a better one (docs/theory.md, pieces). Pieces whose floats
  /// show that they hold no end are left out.
  func range(_ first: Number, times second: Number) -> PieceRange {
    let bounds = zip(floats(first), floats(second)).map { f, g -> (low: Double, high: Double) in
      let corners = [f.low * g.low, f.low * g.high, f.high * g.low, f.high * g.high]
      guard corners.allSatisfy(\.isFinite) else { return (-.infinity, .infinity) }
      return ((corners.min() ?? 0).nextDown, (corners.max() ?? 0).nextUp)
    }
    var ends = Ends()
    var isDone = [Bool](repeating: false, count: pieces.count)
    func visit(_ index: Int) {
      guard !isDone[index] else { return }
      isDone[index] = true
      visitEdges(index, values(first, index), values(second, index), &ends)
    }
    for index in pieces.indices.sorted(by: { bounds[$0].high > bounds[$1].high }) {
      if let high = ends.high, bounds[index].high.isFinite, FrameFamily.exact(bounds[index].high) <= high.value {
        break
      }
      visit(index)
    }
    for index in pieces.indices.sorted(by: { bounds[$0].low < bounds[$1].low }) {
      if let low = ends.low, bounds[index].low.isFinite, FrameFamily.exact(bounds[index].low) >= low.value { break }
      visit(index)
    }
    return ends.range
  }

  private func visitEdges(_ index: Int, _ f: [Rational], _ g: [Rational], _ ends: inout Ends) {
    let (piece, vertices) = (pieces[index], pieces[index].polytope.vertices)
    for vertex in vertices.indices {
      ends.visit(f[vertex] * g[vertex], piece.middle) { vertices[vertex].point }
    }
    for (a, b) in piece.edges {
      // (f + t p)(g + t q) turns where f q + g p + 2 t p q = 0.
      let (p, q) = (f[b] - f[a], g[b] - g[a])
      guard p.sign * q.sign != 0 else { continue }
      let turn = -(f[a] * q + g[a] * p) / (2 * p * q)
      guard turn.sign > 0, turn < 1 else { continue }
      ends.visit((f[a] + turn * p) * (g[a] + turn * q), piece.middle) {
        vertices[a].point.going(turn, towards: vertices[b].point)
      }
    }
  }

  /// The least and the largest value so far.
  private struct Ends {
    var low: PieceRange.End?
    var high: PieceRange.End?

    mutating func visit(_ value: Rational, _ middle: Vector<Rational>, _ point: () -> Vector<Rational>) {
      if low.map({ value < $0.value }) ?? true { low = PieceRange.End(value: value, point: point(), middle: middle) }
      if high.map({ value > $0.value }) ?? true { high = PieceRange.End(value: value, point: point(), middle: middle) }
    }

    var range: PieceRange {
      guard let low, let high else { preconditionFailure("a box has at least one piece") }
      return PieceRange(low: low, high: high)
    }
  }
}
