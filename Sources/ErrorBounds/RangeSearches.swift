import Networks

/// The range searches of one edge: each is made once, and shared by all entries that it concerns.
///
/// δ_i serves a row of entries, x_j a column; so what one entry refines, the others have.
final class RangeSearches {
  private struct Key: Hashable {
    let kind: FrameQuantity.Kind
    let isNegated: Bool
  }

  let cells: FrameCells
  private let edge: Edge
  private var made: [Key: RangeSearch] = [:]

  init(_ cells: FrameCells, edge: Edge) {
    self.cells = cells
    self.edge = edge
  }

  /// The searches for the largest value and for the largest negative.
  func ends(_ kind: FrameQuantity.Kind) -> [RangeSearch] {
    [false, true].map { isNegated in
      let key = Key(kind: kind, isNegated: isNegated)
      if let known = made[key] { return known }
      let search = RangeSearch(cells, sign: isNegated ? -1 : 1, FrameQuantity(kind, edge))
      made[key] = search
      return search
    }
  }

  /// The same, for one entry alone.
  func ownEnds(_ kind: FrameQuantity.Kind) -> [RangeSearch] {
    [1, -1].map { RangeSearch(cells, sign: $0, FrameQuantity(kind, edge)) }
  }
}
