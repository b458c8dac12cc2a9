import Claims
import ExactArithmetic
import Networks
import Timing
import Waves

extension VerifyReport {
  func text() throws(NetworkError) -> String {
    var page = TextPage([ResultHead.title(timing), "", claim, ""], style: style)
    page.table(table)
    if let question, let variation = question.variations.first {
      page.lines(["Bound: \(question.sentence), V = \(variation.text). \(BoundNumber.rounding)", ""])
    }
    let shown = shownDecisions
    for decision in shown { page.lines(try paragraph(decision) + [""]) }
    if shown.count < decisions.count {
      page.lines(["\(decisions.count - shown.count) more edges; --edge NAME shows one, --format json all.", ""])
    }
    for decision in shared { page.lines(paragraph(decision) + [""]) }
    if !readings.isEmpty {
      page.line("Under every reading (* this one):")
      page.table(readingsTable)
    }
    page.lines(notes.map { "Note: \($0)" })
    page.line(conclusion)
    return page.text
  }

  private var claim: String {
    guard !asked.isEmpty else {
      return
        "Claim: none. The synchronization theorem names no edge here (odd depth, balanced paths)."
    }
    let frame = sense == .frame ? "one frame" : "the frame a fixed number of ticks ago"
    let maximum = maximumError.map { ", and its error at most \(StreamText.number($0))" } ?? ""
    guard asked.allSatisfy({ $0.claim == .exact }) else {
      let claims = ResultHead.list(asked.map { "\(timing.edges[$0.edge].name) \($0.text)" })
      return "Claim: \(claims)\(maximum) (exact: the update is the gradient of \(frame))."
    }
    let names = ResultHead.list(asked.map { timing.edges[$0.edge].name })
    let origin = askedByName ? "as asked" : "where forward and backward path lengths meet"
    return "Claim: the update is the gradient of \(frame) at \(names)\(maximum) (\(origin))."
  }

  /// All edges that were asked about, then others as long as the text stays readable.
  private var shownDecisions: [EdgeDecision] {
    let named = Set(asked.map(\.edge))
    let first = decisions.filter { named.contains($0.timing.edge) }
    let others = decisions.filter { !named.contains($0.timing.edge) }
    return first + others.prefix(max(12 - first.count, 0))
  }

  private func paragraph(_ decision: EdgeDecision) throws(NetworkError) -> [String] {
    let edge = decision.timing
    let formula = try UpdateFormula(timing.architecture, timing.schedule, edge: edge.edge).printedLines(limit: 3)
    var lines = [sentence(decision, edge.name, isBounded: bounds[edge.edge] != nil)]
    lines += formula.enumerated().map {
      ($0.offset == 0 ? "  g(t) = " : "         ") + $0.element
    }
    let needs = timing.needs(of: edge.edge)
    if !needs.isEmpty {
      lines.append("  \(edge.causal ? "causal but for the error" : "not causal"): " + ResultHead.list(needs, limit: 4))
    }
    if let witness = decision.witness { lines += witness.lines(of: timing.architecture) }
    return lines
  }

  private func paragraph(_ decision: SharedDecision) -> [String] {
    let names = ResultHead.list(decision.timing.edges.map { timing.edges[$0].name })
    let role = decision.timing.folding == nil ? "the sum over" : "folded into"
    let lines = [sentence(decision, "shared weight \(decision.timing.name), \(role) \(names)", isBounded: false)]
    return lines + (decision.witness?.lines(of: timing.architecture) ?? [])
  }

  private func sentence<Subject>(_ decision: Decision<Subject>, _ name: String, isBounded: Bool) -> String {
    switch decision.verdict {
    case .exact:
      let frame = decision.delay.map { "frame \($0 == 0 ? "t" : "t−\($0)")" } ?? "every frame"
      return "\(style.good("PROVED ")) \(name): the update is the gradient of \(frame)\(versions(decision)), by "
        + "\(decision.decidedBy)."
    case .refuted:
      let frame = decision.witness?.kind == .delay ? "the frame at no fixed delay" : "no frame"
      return "\(style.bad("REFUTED")) \(name): the update is the gradient of \(frame). \(decision.decidedBy)."
    case .bounded, .undecided:
      let word = decision.verdict == .bounded || isBounded ? "BOUNDED" : "OPEN   "
      return "\(style.open(word)) \(name): \(decision.decidedBy)."
    }
  }

  private func versions<Subject>(_ decision: Decision<Subject>) -> String {
    guard timing.schedule.weightReads.policy != .frozen, let versions = decision.versions else { return "" }
    switch versions {
    case .one: return " at one version of all weights"
    case .mixture(let ages):
      let list = ages.map { "\(timing.edges[$0.edge].name) \($0.age)" }
      return " at a mixture of versions (updates missed: \(ResultHead.list(list, limit: 6)))"
    }
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

  private var conclusion: String { Expectation.conclusion(exitStatus, style) }
}
