import Claims
import ExactArithmetic
import Networks
import Timing
import Waves

extension VerifyReport {
  func text() throws(NetworkError) -> String {
    var lines = [ResultHead.title(timing), "", claim, "", table.rendered(.text)]
    if let question, let variation = question.variations.first {
      lines.append("Bound: \(question.sentence), V = \(variation.text). \(BoundNumber.rounding)\n")
    }
    let shown = shownDecisions
    for decision in shown {
      lines += try paragraph(decision)
      lines.append("")
    }
    if shown.count < decisions.count {
      lines.append("\(decisions.count - shown.count) more edges; --edge NAME shows one, --format json all.\n")
    }
    if !readings.isEmpty {
      lines.append("Under every reading (* this one):")
      lines.append(readingsTable.rendered(.text))
    }
    lines += notes.map { "Note: \($0)" }
    lines.append(conclusion)
    return lines.joined(separator: "\n") + "\n"
  }

  private var claim: String {
    guard !asked.isEmpty else {
      return
        "Claim: none. The synchronization theorem names no edge here (odd depth, balanced paths)."
    }
    let names = ResultHead.list(asked.map { timing.edges[$0].name })
    let origin = askedByName ? "as asked" : "where forward and backward path lengths meet"
    return "Claim: the update is the gradient of one frame at \(names) (\(origin))."
  }

  /// All edges that were asked about, then others as long as the text stays readable.
  private var shownDecisions: [EdgeDecision] {
    let first = asked.map { decisions[$0] }
    let others = decisions.filter { !asked.contains($0.timing.edge) }
    return first + others.prefix(max(12 - first.count, 0))
  }

  private func paragraph(_ decision: EdgeDecision) throws(NetworkError) -> [String] {
    let edge = decision.timing
    let formula = try UpdateFormula(timing.architecture, timing.schedule, edge: edge.edge).printed(limit: 3)
    var lines: [String] = []
    switch decision.verdict {
    case .exact:
      let frame = edge.delay.map { "the gradient of frame \($0 == 0 ? "t" : "t−\($0)")" } ?? "a gradient"
      lines.append("\(style.good("PROVED ")) \(edge.name): the update is \(frame), by \(decision.decidedBy).")
    case .refuted:
      lines.append(
        "\(style.bad("REFUTED")) \(edge.name): the update is the gradient of no frame. \(decision.decidedBy).")
    case .bounded, .undecided:
      let word = bounds[edge.edge] == nil ? "OPEN   " : "BOUNDED"
      lines.append("\(style.open(word)) \(edge.name): \(decision.decidedBy).")
    }
    lines += formula.split(separator: "\n").enumerated().map {
      ($0.offset == 0 ? "  g(t) = " : "         ") + $0.element
    }
    let needs = timing.needs(of: edge.edge)
    if !needs.isEmpty {
      lines.append("  \(edge.causal ? "causal but for the error" : "not causal"): " + ResultHead.list(needs, limit: 4))
    }
    if let witness = decision.witness { lines += self.lines(witness) }
    return lines
  }

  private func lines(_ witness: Witness) -> [String] {
    let architecture = timing.architecture
    var lines = witness.model == nil ? [] : ["  on small weights (in --format json)"]
    lines.append(
      "  witness: " + StreamText.nonzeros(witness.stream, architecture)
        + "; \(witness.stream.ticks) ticks, at tick \(witness.tick)")
    let (row, column) = witness.entry
    lines.append(
      "  entry [\(row)][\(column)]: update \(WitnessText.number(witness.differing.update)), nearest gradient (frame "
        + "\(witness.nearestFrame)) \(WitnessText.number(witness.differing.gradient))")
    return lines
  }

  private var readingsTable: Table {
    Table(
      header: ["", "slope", "error", "exact edges", "window", "fill", "causal"],
      rows: readings.map { summary in
        let marked = summary.reading == timing.schedule.reading ? "*" : ""
        guard summary.refusal == nil else {
          return [
            marked, summary.reading.slope.rawValue, summary.reading.error.rawValue, "does not apply", "-", "-", "-",
          ]
        }
        let names = summary.synchronous.isEmpty ? "none" : ResultHead.list(summary.synchronous, limit: 3)
        let causal = summary.causal ? (summary.errorCausal ? "yes" : "but for the error") : "no"
        return [
          marked, summary.reading.slope.rawValue, summary.reading.error.rawValue, names, String(summary.window),
          String(summary.fill), causal,
        ]
      }, rightAligned: [4, 5])
  }

  private var conclusion: String {
    switch exitStatus {
    case 0: asked.isEmpty ? "Nothing was asked, so nothing failed." : style.good("Every claim asked holds.")
    case 1: style.bad("A claim asked is refuted.")
    default: style.open("A claim asked is undecided.")
    }
  }
}
