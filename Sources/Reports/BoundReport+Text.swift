import ErrorBounds
import ExactArithmetic
import Networks

extension BoundReport {
  func text(_ entries: [Entry], _ shared: [Entry], _ notes: [String]) -> String {
    var lines: [String] = []
    for index in question.variations.indices {
      let (bounds, open) = (bounds(index, entries), unanswered(index, entries))
      let beyond =
        open.isEmpty ? "" : "no bound at \(open.joined(separator: ", ")): beyond what floats hold (1.8e308)"
      let label = "V = \(question.variations[index].text): "
      guard let worst = Self.worst(bounds), let attained = bounds.map(\.lowerValue).max() else {
        if !open.isEmpty { lines += ["", label + beyond + "."] }
        continue
      }
      lines.append("")
      lines.append(
        label + (open.isEmpty ? "" : "\(beyond). Elsewhere ")
          + "no update is further than \(BoundNumber.upper(worst.upper)) from the gradient, "
          + "and one is \(BoundNumber.lower(attained)) away.")
      lines += witness(worst)
    }
    let functions = entries.compactMap { entry in
      entry.function.map { "  \(entry.name): \($0.sentence)" }
    }
    if !functions.isEmpty { lines += ["", "As a function of V, above and below:"] + functions }
    let formulas = entries.flatMap { entry in
      zip(entry.bounds, entry.formulas).map { bound, formula in
        "  \(bound.name), V = \(bound.variation.text): \(formula.sentence)"
      }
    }
    if !formulas.isEmpty { lines += ["", "By theorem 8, without any search:"] + formulas }
    if let sampling { lines += [""] + sampling.sentences(timing) }
    if entries.contains(where: { $0.bounds.contains(where: \.hasKink) }) {
      lines += ["", "Kink: a drive can cross a kink of σ; there the error need not vanish with V."]
    }
    lines += shared.flatMap { entry in
      [
        "",
        "shared \(entry.name): the sum over \(entry.members.joined(separator: ", ")) against the sum of their gradients.",
      ]
    }
    lines += omissions(entries + shared)
    lines += ["", weights]
    if !notes.isEmpty { lines += [""] + notes.map { "Note: \($0)" } }
    return TextPage(lines).text
  }

  /// What was done without for its memory, each with the edges that it concerns and the most that it would hold.
  private func omissions(_ entries: [Entry]) -> [String] {
    var concerned: [MemoryUse: (names: [String], largest: MemoryExcess)] = [:]
    for entry in entries {
      for excess in entry.bounds.flatMap(\.omitted) + (entry.withoutFunction.map { [$0] } ?? []) {
        var (names, largest) = concerned[excess.use] ?? ([], excess)
        if names.last != entry.label { names.append(entry.label) }
        if excess.asked > largest.asked { largest = excess }
        concerned[excess.use] = (names, largest)
      }
    }
    return MemoryUse.allCases.flatMap { use in
      concerned[use].map { ["", "Without \($0.largest). This concerns \($0.names.joined(separator: ", "))."] } ?? []
    }
  }

  /// For which weights all of this holds.
  private var weights: String {
    let policy = timing.schedule.weightReads.policy
    let still = "Weights stand still: nothing here is said of weights that learn while waves are in flight"
    return policy == .frozen ? still + "." : still + " (the schedule's policy is \(policy.rawValue))."
  }

  private func witness(_ worst: ErrorBound) -> [String] {
    guard let lower = worst.lower else { return ["  The update is the gradient at \(worst.name)."] }
    let place = question.norm == .max ? ", entry [\(lower.entry.row)][\(lower.entry.column)]" : ""
    let value =
      lower.isExact
      ? "exactly \(StreamText.number(lower.value))"
      : "in \(BoundNumber.enclosure(lower.value, lower.upperEnd))"
    return [
      "  worst edge \(worst.name): \(value) at tick \(lower.tick) against the gradient of frame \(lower.referenceTick)"
        + place,
      "  witness: \(StreamText.nonzeros(lower.stream, timing.architecture))",
    ]
  }
}
