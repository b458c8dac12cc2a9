import ExactArithmetic
import Networks
import Waves

/// A number that is a function of one frame, at an edge u → v: what range searches are about.
///
/// Written once for all scalars: forms bound it, estimates find where it is large.
struct FrameQuantity: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    /// δ_i.
    case error(row: Int)
    /// x_j.
    case activity(column: Int)
    /// δ_i x_j.
    case product(row: Int, column: Int)
    /// δ_i (end − x_j), or (end − δ_i) x_j.
    case distance(end: Double, row: Int, column: Int, movesInput: Bool)

    /// From the δ of a row and the x of a column.
    func value<S: NetworkScalar>(error: (Int) -> S, activity: (Int) -> S, in context: S.Context) -> S {
      switch self {
      case .error(let row): return error(row)
      case .activity(let column): return activity(column)
      case .product(let row, let column): return error(row) * activity(column)
      case .distance(let end, let row, let column, let movesInput):
        let end = S.exact(FrameFamily.exact(end), in: context)
        return movesInput ? error(row) * (end - activity(column)) : (end - error(row)) * activity(column)
      }
    }
  }

  let kind: Kind
  let edge: (source: Int, sink: Int)

  init(_ kind: Kind, _ edge: Edge) {
    self.kind = kind
    self.edge = (edge.source, edge.target)
  }

  func value<S: NetworkScalar>(_ pass: StaticPass<S>, in context: S.Context) -> S {
    kind.value(error: { pass.deltas[edge.sink][$0] }, activity: { pass.activities[edge.source][$0] }, in: context)
  }

  static func == (left: FrameQuantity, right: FrameQuantity) -> Bool {
    left.kind == right.kind && left.edge == right.edge
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(edge.source)
    hasher.combine(edge.sink)
  }
}
