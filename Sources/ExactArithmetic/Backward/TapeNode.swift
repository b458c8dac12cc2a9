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
    var operation: Operation
    var forms: AffineRun
    /// Rows with a larger share of nonlinear error than this have had their backward bounds.
    var share: Double
    /// Of the forms, beside ``symbols``.
    var rest: [Double]?
  }

  /// Above those of all operands.
  let rank: Int
  /// The symbols of the forms that this is made of, ascending: those in which nothing is nonlinear yet.
  let symbols: [Int]
  private let known: Mutex<Known>

  init(_ operation: Operation, forms: AffineRun) {
    symbols =
      switch operation {
      case .forms: forms.symbols
      default: operation.operands.reduce([]) { AffineRun.union($0, $1.symbols) }
      }
    rank = 1 + (operation.operands.map(\.rank).max() ?? -1)
    known = Mutex(Known(operation: operation, forms: forms, share: .infinity))
  }

  convenience init(forms: AffineRun) {
    self.init(.forms, forms: forms)
  }

  /// A tape is as long as a network is deep, and its last node holds the others one behind the other: they are let go in a
  /// loop, where each would let go of the next inside its own end.
  deinit {
    var open = taken()
    while var node = open.popLast() {
      if isKnownUniquelyReferenced(&node) { open += node.taken() }
    }
  }

  /// The operands, of which only the caller holds on to afterwards.
  private func taken() -> [TapeNode] {
    known.withLock { known in
      defer { known.operation = .forms }
      return known.operation.operands
    }
  }

  var operation: Operation { known.withLock { $0.operation } }

  var forms: AffineRun { known.withLock { $0.forms } }

  var count: Int { forms.count }

  /// About how much of each row is not linear in ``symbols``: of every form that has none of the other symbols that are
  /// linear, and so for all passes that come by here. Narrowed ranges do not change it.
  var rest: [Double] {
    known.withLock { known in
      if let rest = known.rest { return rest }
      let rest = known.forms.rest(beside: symbols)
      known.rest = rest
      return rest
    }
  }

  var isLinear: Bool {
    if case .forms = operation { true } else { false }
  }

  /// The forms, with their ranges cut to backward bounds of every row of whose reach more than `share` is not linear in
  /// the symbols of ``symbols``.
  @discardableResult
  func tightened(share: Double) -> AffineRun {
    let (forms, done) = known.withLock { ($0.forms, $0.share <= share) }
    if done || isLinear || forms.isUnbounded { return forms }
    let rest = rest
    let rows = rest.indices.filter { rest[$0] > share * max(-forms.lows[$0], forms.highs[$0]) }
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
  /// About how much of each row is not in the generators of these symbols.
  func rest(beside chosen: [Int]) -> [Double] {
    guard symbols != chosen else { return errors }
    let known = Set(chosen)
    let others = symbols.indices.filter { !known.contains(symbols[$0]) }
    return errors.indices.map { row in
      others.reduce(errors[row]) { $0 + generators[row * symbols.count + $1].magnitude }
    }
  }

  /// The generators of these symbols alone; zero for those that no row depends on.
  func generators(of chosen: [Int]) -> [Double] {
    guard symbols != chosen else { return generators }
    var found = [Double](repeating: 0, count: count * chosen.count)
    for (column, symbol) in chosen.enumerated() {
      guard let place = symbols.firstIndex(of: symbol) else { continue }
      for row in 0..<count { found[row * chosen.count + column] = generators[row * symbols.count + place] }
    }
    return found
  }

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
