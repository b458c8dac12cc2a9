import ExactArithmetic

/// How an affine tensor depends on the activity of one node, from the simplest to the general form.
enum SourceMap: Sendable {
  case identity
  /// Element i is the node's element `indices[i]`, or zero where that is −1.
  case gather([Int])
  case structured(StructuredMap)
  case map(LinearMap)
  /// It depends on the node; for timing that is all.
  case unweighed

  var isIdentity: Bool {
    if case .identity = self { true } else { false }
  }

  /// It has weights, be they multiplied out or not.
  var isWeighed: Bool {
    switch self {
    case .structured, .map: true
    case .identity, .gather, .unweighed: false
    }
  }

  /// The map itself, rows × columns.
  ///
  /// - Precondition: not `unweighed`.
  func linearMap(rows: Int, columns: Int) throws(OperatorProblem) -> LinearMap {
    switch self {
    case .identity: return .identity(columns)
    case .gather(let indices):
      var entries: [(row: Int, column: Int, value: Rational)] = []
      entries.reserveCapacity(rows)
      for (row, column) in indices.enumerated() where column >= 0 { entries.append((row, column, .one)) }
      return LinearMap(rows: rows, columns: columns, entries: entries)
    case .structured(let map): return try map.linearMap()
    case .map(let map): return map
    case .unweighed: preconditionFailure("a map read for timing has no entries")
    }
  }

  /// Rows chosen by `indices` (−1: a zero row).
  func gathered(_ indices: [Int]) throws(OperatorProblem) -> SourceMap {
    switch self {
    case .identity: return .gather(indices)
    case .gather(let own): return .gather(indices.map { $0 < 0 ? -1 : own[$0] })
    case .structured(let map): return .map(try map.linearMap().rows(indices))
    case .map(let map): return .map(map.rows(indices))
    case .unweighed: return .unweighed
    }
  }

  /// Whether no element depends on the node, by the positions of the elements alone.
  var selectsNothing: Bool {
    switch self {
    case .gather(let indices): indices.allSatisfy { $0 < 0 }
    case .map(let map): map.isZero
    case .identity, .structured, .unweighed: false
    }
  }
}

extension LinearMap {
  /// The rows at `indices`, in that order; −1 is a row of zeros.
  fileprivate func rows(_ indices: [Int]) -> LinearMap {
    var rows = [[(column: Int, value: Rational)]](repeating: [], count: self.rows)
    forEachNonzero { rows[$0].append(($1, $2)) }
    var entries: [(row: Int, column: Int, value: Rational)] = []
    for (row, index) in indices.enumerated() where index >= 0 {
      for entry in rows[index] { entries.append((row, entry.column, entry.value)) }
    }
    return LinearMap(rows: indices.count, columns: columns, entries: entries)
  }
}
