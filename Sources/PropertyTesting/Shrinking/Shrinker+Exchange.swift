extension Shrinker {
  /// How far apart two choices may be to be changed together.
  private static var reach: Int { 8 }

  /// Moves value from one choice to a later one: a sum that must not fall can still be gathered at its end.
  mutating func redistribute() {
    var index = 0
    while index < best.choices.count && mayContinue {
      for distance in 1...Shrinker.reach {
        guard index + distance < best.choices.count, best.choices[index] > 0 else { break }
        for part in [best.choices[index], best.choices[index] / 2, 1] where part > 0 {
          guard index + distance < best.choices.count, best.choices[index] >= part else { break }
          var candidate = best.choices
          let (raised, overflow) = candidate[index + distance].addingReportingOverflow(part)
          candidate[index] -= part
          candidate[index + distance] = overflow ? .max : raised
          if keep(candidate) { break }
        }
      }
      index += 1
    }
  }

  /// Puts neighbouring stretches in order, the simpler one first.
  mutating func exchangeSpans() {
    var improved = true
    while improved && mayContinue {
      improved = false
      search: for first in best.spans {
        for second in best.spans where second.lowerBound == first.upperBound {
          let choices = best.choices
          let candidate =
            choices[..<first.lowerBound] + choices[second] + choices[first] + choices[second.upperBound...]
          if keep(Array(candidate)) {
            improved = true
            break search
          }
        }
      }
    }
  }

  /// Exchanges a larger choice with a smaller one that stands a little behind it.
  mutating func exchangeChoices() {
    var index = 0
    while index < best.choices.count && mayContinue {
      for other in index + 1..<index + Shrinker.reach where other < best.choices.count {
        guard best.choices[index] > best.choices[other] else { continue }
        var candidate = best.choices
        candidate.swapAt(index, other)
        if keep(candidate) { break }
      }
      index += 1
    }
  }
}
