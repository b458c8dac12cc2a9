extension Shrinker {
  /// How far apart two choices may be to be changed together.
  private static var reach: Int { 8 }

  /// Moves value from one choice to a later one: a sum that must not fall can still be gathered at its end.
  mutating func redistribute() {
    var index = 0
    while index < choices.count && mayContinue {
      for distance in 1...Shrinker.reach {
        guard index + distance < choices.count, choices[index] > 0 else { break }
        for part in [choices[index], choices[index] / 2, 1] where part > 0 {
          guard index + distance < choices.count, choices[index] >= part else { break }
          let (raised, overflow) = choices[index + distance].addingReportingOverflow(part)
          if keep([(index, choices[index] - part), (index + distance, overflow ? .max : raised)]) { break }
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
      let spans = best.spans
      let starts = Dictionary(spans.map { ($0.lowerBound, $0) }) { first, _ in first }
      for first in spans {
        guard let second = starts[first.upperBound] else { continue }
        let tokens = best.tokens
        let exchanged = tokens[..<first.lowerBound] + tokens[second] + tokens[first] + tokens[second.upperBound...]
        let candidate = Recording(tokens: Array(exchanged))
        if isSimpler(candidate.choices, than: choices) && keep(candidate) {
          improved = true
          break
        }
      }
    }
  }

  /// Exchanges a larger choice with a smaller one that stands a little behind it.
  mutating func exchangeChoices() {
    var index = 0
    while index < choices.count && mayContinue {
      for other in index + 1..<index + Shrinker.reach where other < choices.count {
        guard index < choices.count, choices[index] > choices[other] else { continue }
        if keep([(index, choices[other]), (other, choices[index])]) { break }
      }
      index += 1
    }
  }
}
