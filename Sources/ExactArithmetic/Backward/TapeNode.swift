internal import Synchronization

/// What is remembered of one whole-vector operation: its operands, and the affine forms of its result.
///
/// Nodes refer to their operands and never change, except that the ranges of their forms get narrower.
final class TapeNode: Sendable {
  enum Operation: Sendable {
    /// Nothing but the forms themselves: inputs, constants, and what is linear in these.
    case forms
    case map(RoundedMap, TapeNode)
    case rows(RowOperation)
    case joined([TapeNode])
  }

  /// Row i is a function of row firstRows[i] of one operand and row secondRows[i] of another, between planes.
  struct RowOperation: Sendable {
    let first: TapeNode
    let firstRows: [Int]
    let second: TapeNode?
    let secondRows: [Int]
    let below: PlaneTable
    let above: PlaneTable
  }

  private struct Known {
    var forms: AffineRun
    /// Rows with a larger share of nonlinear error than this have had their backward bounds.
    var share: Double
  }

  let operation: Operation
  /// Above those of all operands.
  let rank: Int
  private let known: Mutex<Known>

  init(_ operation: Operation, forms: AffineRun) {
    self.operation = operation
    rank = 1 + (operation.operands.map(\.rank).max() ?? -1)
    known = Mutex(Known(forms: forms, share: .infinity))
  }

  convenience init(forms: AffineRun) {
    self.init(.forms, forms: forms)
  }

  var forms: AffineRun { known.withLock { $0.forms } }

  var count: Int { forms.count }

  var isLinear: Bool {
    if case .forms = operation { true } else { false }
  }

  /// The forms, with their ranges cut to backward bounds of every row whose error is more than `share` of its reach.
  @discardableResult
  func tightened(share: Double) -> AffineRun {
    let (forms, done) = known.withLock { ($0.forms, $0.share <= share) }
    if done || isLinear || forms.isUnbounded { return forms }
    let rows = forms.errors.indices.filter { row in
      forms.errors[row] > share * max(-forms.lows[row], forms.highs[row])
    }
    let bounds = rows.isEmpty ? nil : BackwardPass(of: self, rows: rows).bounds()
    return known.withLock { known in
      if let bounds { known.forms = known.forms.narrowed(rows, lows: bounds.lows, highs: bounds.highs) }
      known.share = min(known.share, share)
      return known.forms
    }
  }
}

extension TapeNode.Operation {
  var operands: [TapeNode] {
    switch self {
    case .forms: []
    case .map(_, let operand): [operand]
    case .rows(let rows): [rows.first] + (rows.second.map { [$0] } ?? [])
    case .joined(let operands): operands
    }
  }
}

extension AffineRun {
  /// The same forms, with the ranges of some rows cut to others that are known to hold too.
  func narrowed(_ rows: [Int], lows newLows: [Double], highs newHighs: [Double]) -> AffineRun {
    var (lows, highs) = (self.lows, self.highs)
    for (index, row) in rows.enumerated() {
      lows[row] = max(lows[row], newLows[index])
      highs[row] = min(highs[row], newHighs[index])
    }
    return AffineRun(
      centres: centres.elements, symbols: symbols, generators: generators, errors: errors, lows: lows, highs: highs,
      isUnbounded: isUnbounded)
  }
}
