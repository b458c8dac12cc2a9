import Claims

extension ClaimsReport {
  /// A page: what was done, a table of all claims, and a section for each.
  var markdown: String {
    var page = """
      # The published claims, decided

      `waveproof claims --format markdown` wrote this page; it decides every claim afresh, nothing is looked up.

      A. Betti and M. Gori, *Backprop Diffusion is Biologically Plausible*, leave two choices open: where a backward wave
      reads σ′ (`slope`), and which output error enters it (`error`). A claim may hold under one reading and fail under
      another, so each has a row per reading. Two roads lead to every verdict and must agree: the calculus of lags, and runs
      of the tick machine on exact numbers. A disagreement would end the command, not make a row.

      * **proved**: follows for all weights, widths and inputs from the lags and a theorem that is named; the lags themselves
        were computed for the depths that are named, not for all. Where the Coq development in `proofs/theories` has a
        theorem for every depth, the section names it; this command does not run Coq.
      * **refuted**: an instance, run exactly (for the units of K10, a calculation). In the strong sense, the update is the gradient of no frame of the stream; in
        the weak sense, not that of the frame claimed. Every instance says which. On a relu chain of width 1 without biases
        only the weak sense can be had at one tick: where a slope is 0, the whole gradient of its frame is 0, too.
      * **undecided**: what is missing is said.

      K1 to K14 and BG1 to BG4 are on that paper; SC1 has the closed forms of its schedules and of sibling systems; SW, SK, PT
      and PD are on those systems, their rules taken as the schedules that docs/formats.md states; CY1 is on cyclic graphs.
      Where weights learn (SW2, PD1 to PD3), they really change from tick to tick in the run.


      """
    page += Table(
      header: ["claim", "statement", "hypotheses", "verdict"],
      rows: rows.map { claim, outcome in
        [
          "[\(claim.id)](#\(claim.id.lowercased()))", claim.statement, claim.hypotheses.joined(separator: "; "),
          outcome.verdict.rawValue,
        ]
      }
    ).rendered(.markdown)
    page += "\n\(summary)\n"
    for (claim, outcome) in rows { page += section(claim, outcome) }
    return page
  }

  private func section(_ claim: PublishedClaim, _ outcome: ClaimOutcome) -> String {
    var section = "\n## \(claim.id)\n\n**\(outcome.verdict.rawValue)**: \(claim.statement)\n\n"
    section += "* Source: \(claim.source).\n"
    section += "* Hypotheses: \(claim.hypotheses.joined(separator: "; ")).\n"
    section += "* Decided by: \(outcome.decidedBy).\n"
    if !claim.theorems.isEmpty {
      section += "* Machine-checked on this, for every L: `\(claim.theorems.joined(separator: "`, `"))`.\n"
    }
    if let witness = outcome.witness { section += "* Witness: \(witness.text).\n" }
    guard !outcome.parts.isEmpty else { return section }
    section +=
      "\n"
      + Table(
        header: ["reading or part", "verdict", "finding"],
        rows: outcome.parts.map { part in
          let witness = part.witness.flatMap { $0.text == outcome.witness?.text ? nil : " Witness: \($0.text)." } ?? ""
          return [part.reading, part.verdict.rawValue, part.finding + "." + witness]
        }
      ).rendered(.markdown)
    return section
  }
}
