/// The choices behind one value, and which of them belong together.
///
/// Choices and the brackets around those that one draw made, nested as the draws were.
struct Recording: Sendable, Hashable {
  /// A choice, or a bracket around choices that belong together.
  enum Token: Sendable, Hashable {
    case choice(UInt64)
    case open
    case close
  }

  /// Choices and brackets in the order in which they came.
  var tokens: [Token] = []

  /// The choices alone.
  var choices: [UInt64] {
    tokens.compactMap { if case .choice(let choice) = $0 { choice } else { nil } }
  }

  /// Where the choices stand among the tokens.
  var positions: [Int] {
    tokens.indices.filter { if case .choice = tokens[$0] { true } else { false } }
  }

  /// The bracketed stretches that hold a choice, brackets included; of several around the same choices the outermost.
  var spans: [Range<Int>] {
    var spans: [Range<Int>] = []
    var opened: [(position: Int, choices: Int)] = []
    var choices = 0
    var last: (position: Int, first: Int, end: Int)?
    for (position, token) in tokens.enumerated() {
      switch token {
      case .choice: choices += 1
      case .open: opened.append((position, choices))
      case .close:
        guard let start = opened.popLast(), start.choices < choices else { continue }
        if let inner = last, inner.first == start.choices, inner.end == choices { spans.removeLast() }
        spans.append(start.position..<position + 1)
        last = (position, start.choices, choices)
      }
    }
    return spans
  }

  /// Per opening bracket, where its closing one stands.
  var closings: [Int: Int] {
    var closings: [Int: Int] = [:]
    var opened: [Int] = []
    for (position, token) in tokens.enumerated() {
      switch token {
      case .choice: break
      case .open: opened.append(position)
      case .close: if let start = opened.popLast() { closings[start] = position }
      }
    }
    return closings
  }
}

/// Whether `first` is simpler than `second`: shorter, or of equal length and smaller at the first difference.
func isSimpler(_ first: [UInt64], than second: [UInt64]) -> Bool {
  if first.count != second.count { return first.count < second.count }
  return first.lexicographicallyPrecedes(second)
}
