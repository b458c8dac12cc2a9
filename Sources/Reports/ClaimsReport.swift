import Claims

/// The catalogue of published claims, each with what became of it.
public struct ClaimsReport: Sendable {
  public let rows: [(claim: PublishedClaim, outcome: ClaimOutcome)]
  let style: TextStyle

  public init(_ rows: [(claim: PublishedClaim, outcome: ClaimOutcome)], style: TextStyle = .plain) {
    self.rows = rows
    self.style = style
  }

  /// 1 where a claim is refuted, else 2 where one is neither proved nor refuted, else 0.
  public var exitStatus: Int32 {
    let verdicts = rows.map(\.outcome.verdict)
    return verdicts.contains(.refuted) ? 1 : verdicts.allSatisfy { $0 == .proved } ? 0 : 2
  }

  public func rendered(_ format: OutputFormat) -> String {
    switch format {
    case .json: json.text + "\n"
    case .csv, .latex: table.rendered(format)
    case .text: text
    case .markdown: markdown
    }
  }

  /// One row per claim and one per reading of it.
  private var table: Table {
    var table = Table(header: ["id", "statement or reading", "verdict", "finding", "witness"])
    for (claim, outcome) in rows {
      table.rows.append([
        claim.id, claim.statement, outcome.verdict.rawValue, outcome.decidedBy, outcome.witness?.text ?? "",
      ])
      for part in outcome.parts {
        table.rows.append([claim.id, part.reading, part.verdict.rawValue, part.finding, part.witness?.text ?? ""])
      }
    }
    return table
  }

  private var text: String {
    var output = ""
    for (claim, outcome) in rows {
      output += "\(claim.id)  \(coloured(outcome.verdict))  \(claim.statement)\n"
      output += "    source      \(claim.source)\n"
      output += "    hypotheses  \(claim.hypotheses.joined(separator: "; "))\n"
      output += "    decided by  \(outcome.decidedBy)\n"
      if let witness = outcome.witness { output += "    witness     \(witness.text)\n" }
      for part in outcome.parts {
        output += "    - \(coloured(part.verdict))  \(part.reading): \(part.finding)\n"
        if let witness = part.witness, witness.text != outcome.witness?.text {
          output += "        witness  \(witness.text)\n"
        }
      }
      output += "\n"
    }
    return output + summary + "\n"
  }

  private func coloured(_ verdict: ClaimVerdict) -> String {
    switch verdict {
    case .proved: style.good(verdict.rawValue)
    case .refuted: style.bad(verdict.rawValue)
    case .bounded, .undecided: style.open(verdict.rawValue)
    }
  }

  /// `13 claims: 7 proved, 5 refuted, 1 undecided.`
  var summary: String {
    let counts = ClaimVerdict.allCases.compactMap { verdict in
      let count = rows.count { $0.outcome.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    return "\(rows.count) claim\(rows.count == 1 ? "" : "s"): \(counts.joined(separator: ", "))."
  }
}
