extension Shrinker {
  /// Sets whole stretches to 0, the longest first.
  mutating func clearSpans() {
    var spans = spansByLength
    var index = 0
    while index < spans.count && mayContinue {
      let span = spans[index]
      index += 1
      var candidate = best
      for position in span {
        if case .choice = candidate.tokens[position] { candidate.tokens[position] = .choice(0) }
      }
      if candidate != best && keep(candidate) {
        spans = spansByLength
        index = 0
      }
    }
  }

  /// Makes each choice as small as it can be alone.
  mutating func minimiseEach() {
    var index = 0
    while index < choices.count && mayContinue {
      minimise(at: index)
      index += 1
    }
  }

  /// Bisects as if all larger choices failed, then looks at the smallest and the next smaller ones, in case they do not.
  private mutating func minimise(at index: Int) {
    guard choices[index] > 0, !keep([(index, 0)]), index < choices.count else { return }
    var passing: UInt64 = 0
    while index < choices.count, choices[index] > passing + 1, mayContinue {
      let middle = passing + (choices[index] - passing) / 2
      if !keep([(index, middle)]) { passing = middle }
    }
    for small in UInt64(1)...8 {
      guard index < choices.count, choices[index] > small else { return }
      if keep([(index, small)]) { return }
    }
    for step in UInt64(2)...3 {
      while index < choices.count, choices[index] > step, keep([(index, choices[index] - step)]) {}
    }
  }

  /// Lowers all choices of equal value together: what must stay equal can only fall as one.
  mutating func minimiseEqual() {
    for value in Set(choices).sorted(by: >) where value > 0 {
      var failing = value
      var passing: UInt64?
      while mayContinue {
        let indices = choices.indices.filter { choices[$0] == failing }
        let next = passing.map { $0 + (failing - $0) / 2 } ?? 0
        if indices.count < 2 || next == passing || next >= failing { break }
        if keep(indices.map { ($0, next) }) { failing = next } else { passing = next }
      }
    }
  }

  /// When few choices are left, tries every smaller one below a thousand: failures may stand isolated.
  mutating func scanFew() {
    guard choices.count <= 4 else { return }
    for index in choices.indices {
      for choice in 0..<min(choices[index], 1_000) {
        if keep([(index, choice)]) { return }
      }
    }
  }
}
