extension Shrinker {
  /// Deletes stretches that belong together, the longest first.
  mutating func deleteSpans() {
    var spans = spansByLength
    var index = 0
    while index < spans.count && mayContinue {
      var candidate = best.choices
      candidate.removeSubrange(spans[index])
      if keep(candidate) {
        spans = spansByLength
      } else {
        index += 1
      }
    }
  }

  /// Deletes blocks of 8, 4, 2 and 1 choices, from the end.
  mutating func deleteBlocks() {
    for length in [8, 4, 2, 1] {
      var start = best.choices.count - length
      while start >= 0 && mayContinue {
        var candidate = best.choices
        candidate.removeSubrange(start..<start + length)
        start = keep(candidate) ? min(start, best.choices.count - length) : start - 1
      }
    }
  }

  /// Lowers one choice and deletes a stretch behind it: a count drawn first, and something that it counted.
  mutating func lowerAndDelete() {
    var index = 0
    while index < best.choices.count && mayContinue {
      if best.choices[index] == 0 || !lowerAndDelete(at: index) { index += 1 }
    }
  }

  private mutating func lowerAndDelete(at index: Int) -> Bool {
    let choices = best.choices
    let nearSpans = best.spans.filter { $0.lowerBound > index }.prefix(48)
    let blocks = (index + 1..<index + 9).flatMap { start in (1...4).map { start..<start + $0 } }
    for stretch in nearSpans + blocks where stretch.upperBound <= choices.count {
      var candidate = choices
      candidate[index] -= 1
      candidate.removeSubrange(stretch)
      if keep(candidate) { return true }
    }
    return false
  }

  private var spansByLength: [Range<Int>] {
    best.spans.sorted { ($0.count, $1.lowerBound) > ($1.count, $0.lowerBound) }
  }
}
