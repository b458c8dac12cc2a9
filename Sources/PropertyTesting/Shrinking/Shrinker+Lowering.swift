extension Shrinker {
  /// Sets whole stretches to 0, the longest first.
  mutating func clearSpans() {
    var spans = best.spans.sorted { ($0.count, $1.lowerBound) > ($1.count, $0.lowerBound) }
    var index = 0
    while index < spans.count && mayContinue {
      let span = spans[index]
      index += 1
      guard span.upperBound <= best.choices.count else { continue }
      var candidate = best.choices
      for position in span { candidate[position] = 0 }
      if keep(candidate) { spans.removeAll { span.contains($0.lowerBound) && $0 != span } }
    }
  }

  /// Makes each choice as small as it can be alone.
  mutating func minimiseEach() {
    var index = 0
    while index < best.choices.count && mayContinue {
      minimise(at: index)
      index += 1
    }
  }

  /// Bisects as if all larger choices failed, then looks at the smallest and the next smaller ones, in case they do not.
  private mutating func minimise(at index: Int) {
    guard best.choices[index] > 0, !keep(at: index, 0), index < best.choices.count else { return }
    var passing: UInt64 = 0
    while index < best.choices.count, best.choices[index] > passing + 1, mayContinue {
      let middle = passing + (best.choices[index] - passing) / 2
      if !keep(at: index, middle) { passing = middle }
    }
    for small in UInt64(1)...8 {
      guard index < best.choices.count, best.choices[index] > small else { return }
      if keep(at: index, small) { return }
    }
    for step in UInt64(2)...3 {
      while index < best.choices.count, best.choices[index] > step, keep(at: index, best.choices[index] - step) {}
    }
  }

  /// Lowers all choices of equal value together: what must stay equal can only fall as one.
  mutating func minimiseEqual() {
    for value in Set(best.choices).sorted(by: >) where value > 0 {
      let indices = best.choices.indices.filter { best.choices[$0] == value }
      guard indices.count > 1 else { continue }
      var failing = value
      var passing: UInt64?
      while mayContinue {
        let next = passing.map { $0 + (failing - $0) / 2 } ?? 0
        if next == passing || next >= failing { break }
        var candidate = best.choices
        for index in indices where index < candidate.count { candidate[index] = next }
        if keep(candidate) { failing = next } else { passing = next }
      }
    }
  }

  /// When few choices are left, tries every smaller one below a thousand: failures may stand isolated.
  mutating func scanFew() {
    guard best.choices.count <= 4 else { return }
    for index in best.choices.indices {
      for choice in 0..<min(best.choices[index], 1_000) {
        if keep(at: index, choice) { return }
      }
    }
  }
}
