import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Waves

@testable import ErrorBounds

@Suite("Ranges over pieces")
struct PieceRangeTests {
  /// The two numbers of an edge, and the first of them as a distance.
  private static func pairs(_ edge: Edge, _ end: Rational) -> [(PieceRanges.Number, PieceRanges.Number)] {
    let delta = PieceRanges.Number(unit: .delta(node: edge.target, row: 0))
    let activity = PieceRanges.Number(unit: .activity(node: edge.source, row: 0))
    return [(delta, activity), (delta.distance(to: end), activity), (activity.distance(to: end), delta)]
  }

  private static func value(
    _ number: PieceRanges.Number, _ piece: FramePieces.Piece, at point: Vector<Rational>
  ) -> Rational {
    let jet =
      switch number.unit {
      case .delta(let node, let row): piece.pass.deltas[node].storage[row]
      case .activity(let node, let row): piece.pass.activities[node].storage[row]
      }
    return number.applied(to: AffineFunction(jet, round: piece.middle).value(at: point))
  }

  @Test("No product on a segment between two vertices of a piece is beyond its range, and both ends are products")
  func productsLieInside() throws {
    var (turns, late, ranges) = (0, 0, 0)
    try requireProperty("ranges of products", PieceTests.cases, cases: 150) { (entry: BoundCase) in
      let radii = (input: entry.variation.input, target: entry.variation.target)
      guard let cut = try PieceTests.pieces(entry, radii), cut.pieces.count <= 60 else { return }
      for edge in entry.network.architecture.edges.prefix(3) {
        for (first, second) in Self.pairs(edge, Rational(Integer(entry.seed % 7 - 3), over: 2)) {
          // Asked afresh, so that nothing was looked at before.
          let range = PieceRanges(cut).range(first, times: second)
          ranges += 1
          for end in [range.low, range.high] {
            let piece = try #require(cut.pieces.first { $0.middle == end.middle })
            try demandEqual(
              Self.value(first, piece, at: end.point) * Self.value(second, piece, at: end.point), end.value)
            try demand(piece.polytope.isInClosure(end.point), "\(end.point) lies outside its piece")
            if !piece.polytope.vertices.contains(where: { $0.point == end.point }) { turns += 1 }
            if end.middle != cut.pieces[0].middle { late += 1 }
          }
          for piece in cut.pieces {
            let vertices = piece.polytope.vertices
            let values = vertices.map {
              (Self.value(first, piece, at: $0.point), Self.value(second, piece, at: $0.point))
            }
            for a in vertices.indices {
              for b in a..<vertices.count {
                for share in (0...(a == b ? 0 : 8)).map({ Rational(Integer($0), over: 8) }) {
                  let f = values[a].0 + share * (values[b].0 - values[a].0)
                  let g = values[a].1 + share * (values[b].1 - values[a].1)
                  try demand(
                    range.low.value <= f * g && f * g <= range.high.value,
                    "\(f * g) outside of \(range.low.value) … \(range.high.value)")
                }
              }
            }
          }
        }
      }
    }
    #expect(ranges > 300 && turns > 20 && late > 100, "\(ranges) ranges, \(turns) turns, \(late) of later pieces")
  }

  /// δ and x of an entry at vertices of pieces: the extremes of either and of their product, and some others.
  private static func values(_ edge: Edge, _ row: Int, _ column: Int, _ cut: FramePieces) -> [(Rational, Rational)] {
    let delta = PieceRanges.Number(unit: .delta(node: edge.target, row: row))
    let activity = PieceRanges.Number(unit: .activity(node: edge.source, row: column))
    let all = cut.pieces.flatMap { piece in
      piece.polytope.vertices.map { (value(delta, piece, at: $0.point), value(activity, piece, at: $0.point)) }
    }
    let measures: [((Rational, Rational)) -> Rational] = [{ $0.0 }, { $0.1 }, { $0.0 * $0.1 }]
    let extremes = measures.flatMap { measure in
      [all.min { measure($0) < measure($1) }, all.max { measure($0) < measure($1) }].compactMap { $0 }
    }
    return extremes + all.prefix(3)
  }

  @Test("Vertices chosen for each frame by itself give no error beyond the supremum of the entry")
  func entriesHold() throws {
    var (kinds, close) = ([0, 0, 0, 0], 0)
    try requireProperty("suprema of entries", PieceTests.cases, cases: 400) { (entry: BoundCase) in
      guard entry.variation.kind == .window else { return }
      let analysis = try entry.analysis()
      for (index, edge) in entry.network.architecture.edges.enumerated() {
        guard analysis.timing.edges[index].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(index).prefix(4) where !problem.isExact {
          guard let factors = problem.factors, PieceBound.ticks(problem) == 1 else { continue }
          let radii = analysis.ladder.radii(ticks: 1, problem)
          guard let cut = try PieceTests.pieces(entry, radii), cut.pieces.count <= 40 else { continue }
          let (a, b, s) = (factors.input, factors.error, problem.reference)
          kinds[a == b ? 0 : s == a ? 1 : s == b ? 2 : 3] += 1
          let nodes = entry.network.architecture.nodes
          for (row, column) in [(0, 0), (nodes[edge.target].width - 1, nodes[edge.source].width - 1)] {
            let suprema = PieceBound(problem, factors, cut).entry(row, column).map(\.value)
            let supremum = try #require(suprema.max())
            let values = Self.values(edge, row, column, cut)
            for input in values {
              for error in values where a != b || error == input {
                for reference in values
                where (s != a || reference == input) && (s != b || reference == error) {
                  let found = (error.0 * input.1 - reference.0 * reference.1).magnitude
                  try demand(found <= supremum, "\(found) beyond \(supremum)")
                  if found * 2 > supremum { close += 1 }
                }
              }
            }
          }
        }
      }
    }
    #expect(kinds.allSatisfy { $0 > 8 }, "every case is met: \(kinds)")
    #expect(close > 500)
  }
}

extension Polytope {
  func isInClosure(_ point: Vector<Rational>) -> Bool { sides(point).allSatisfy { $0.sign >= 0 } }
}
