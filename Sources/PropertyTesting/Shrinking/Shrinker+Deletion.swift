extension Shrinker {
  /// Deletes stretches that belong together, the longest first.
  mutating func deleteSpans() {
    var spans = spansByLength
    var index = 0
    while index < spans.count && mayContinue {
      if keep(deleting(spans[index])) {
        spans = spansByLength
      } else {
        index += 1
      }
    }
  }

  /// Deletes two stretches at once: a node of a graph, and the numbers that belong to it.
  mutating func deletePairs() {
    var spans = Array(spansByLength.prefix(48))
    var (first, second) = (0, 1)
    while first < spans.count && mayContinue {
      if second >= spans.count {
        (first, second) = (first + 1, first + 2)
        continue
      }
      let pair = [spans[first], spans[second]].sorted { $0.lowerBound < $1.lowerBound }
      second += 1
      guard pair[0].upperBound <= pair[1].lowerBound else { continue }
      var candidate = best
      candidate.tokens.removeSubrange(pair[1])
      candidate.tokens.removeSubrange(pair[0])
      if keep(candidate) {
        spans = Array(spansByLength.prefix(48))
        (first, second) = (0, 1)
      }
    }
  }

  /// Deletes runs of 8, 4, 2 and 1 choices, from the end, whatever they belong to.
  mutating func deleteChoices() {
    for length in [8, 4, 2, 1] {
      var start = choices.count - length
      while start >= 0 && mayContinue {
        var candidate = best
        for position in best.positions[start..<start + length].reversed() { candidate.tokens.remove(at: position) }
        start = keep(candidate) ? min(start, choices.count - length) : start - 1
      }
    }
  }

  /// Lowers one choice and deletes a stretch or a few choices behind it: a count, and something that it counted.
  mutating func lowerAndDelete() {
    var index = 0
    while index < choices.count && mayContinue {
      if choices[index] == 0 || !lowerAndDelete(at: index) { index += 1 }
    }
  }

  private mutating func lowerAndDelete(at index: Int) -> Bool {
    let positions = best.positions
    let lowered = choices[index] - 1
    for span in best.spans.filter({ $0.lowerBound > positions[index] }).prefix(48) {
      var candidate = deleting(span)
      candidate.tokens[positions[index]] = .choice(lowered)
      if keep(candidate) { return true }
    }
    for start in index + 1..<index + 9 {
      for end in start + 1...start + 4 where end <= positions.count {
        var candidate = best
        candidate.tokens[positions[index]] = .choice(lowered)
        for position in positions[start..<end].reversed() { candidate.tokens.remove(at: position) }
        if keep(candidate) { return true }
      }
    }
    return false
  }

  /// The stretches, the longest first, and of equal ones the last first.
  var spansByLength: [Range<Int>] {
    best.spans.sorted { ($0.count, $0.lowerBound) > ($1.count, $1.lowerBound) }
  }

  private func deleting(_ span: Range<Int>) -> Recording {
    var candidate = best
    candidate.tokens.removeSubrange(span)
    return candidate
  }
}
