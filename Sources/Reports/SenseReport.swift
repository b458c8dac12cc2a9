import Claims
import Networks
import Timing
import Waves

/// The result of `verify` in the senses output-time and accumulated.
public struct SenseReport: Sendable {
  public let timing: TimingAnalysis
  public let sense: ExactnessSense
  /// What the claim is about.
  public let asked: [Expectation]
  /// Of single edges, in their order.
  public let decisions: [SenseFinding]
  /// Of weights that several edges share: a claim about one of them is about their sum.
  public let shared: [SenseFinding]
  public let notes: [String]
  public let style: TextStyle

  public init(
    timing: TimingAnalysis, sense: ExactnessSense, asked: [Expectation], decisions: [SenseFinding],
    shared: [SenseFinding] = [], notes: [String] = [], style: TextStyle = .plain
  ) {
    self.timing = timing
    self.sense = sense
    self.asked = asked
    self.decisions = decisions
    self.shared = shared
    self.notes = notes
    self.style = style
  }

  private func subject(_ edge: Int) -> SenseFinding? {
    shared.first { $0.edges.contains(edge) } ?? decisions.first { $0.edges == [edge] }
  }

  /// Whether a claim holds; `nil` where that is undecided.
  func holds(_ expectation: Expectation) -> Bool? {
    guard let finding = subject(expectation.edge) else { return nil }
    return expectation.holds(finding.verdict, delay: finding.outputAge, period: nil)
  }

  /// 0 every claim asked holds, 1 one is refuted, 2 one is undecided, 3 nothing was asked.
  public var exitStatus: Int32 { Expectation.exitStatus(asked.map(holds)) }

  public func rendered(_ format: OutputFormat) -> String {
    switch format {
    case .json: json.text + "\n"
    case .text: text
    case .csv, .markdown, .latex: table.rendered(format)
    }
  }

  public var json: JSONValue {
    let report = TimingReport(timing)
    return .object(
      ResultHead.members("verify", timing) + [
        JSONMember(key: "sense", value: .string(sense.rawValue)),
        JSONMember(key: "asked", value: .strings(asked.map { timing.edges[$0.edge].name })),
        JSONMember(
          key: "claims",
          value: .array(
            asked.map { expectation in
              .object([
                "edge": .string(timing.edges[expectation.edge].name), "claim": .string(expectation.text),
                "holds": holds(expectation).map(JSONValue.bool) ?? .null,
              ])
            })),
        JSONMember(
          key: "edges",
          value: .array(
            decisions.map { finding in
              .object(report.edgeMembers(timing.edges[finding.edges[0]]) + members(finding))
            })),
        JSONMember(
          key: "shared",
          value: .array(
            shared.map { finding in
              .object(
                [
                  JSONMember(key: "name", value: .string(finding.name)),
                  JSONMember(key: "edges", value: .strings(finding.edges.map { timing.edges[$0].name })),
                ] + members(finding))
            })),
        JSONMember(key: "summary", value: ResultHead.summary(timing)),
        JSONMember(key: "notes", value: .strings(notes)),
      ])
  }

  private func members(_ finding: SenseFinding) -> [JSONMember] {
    [
      JSONMember(key: "verdict", value: .string(finding.verdict.rawValue)),
      JSONMember(key: "decidedBy", value: .string(finding.decidedBy)),
      JSONMember(key: "failures", value: .strings(finding.failures)),
      JSONMember(key: "outputAge", value: .optional(finding.outputAge)),
      JSONMember(key: "witness", value: finding.witness.map { Self.json($0, of: timing.architecture) } ?? .null),
    ]
  }

  private static func json(_ witness: SenseWitness, of architecture: Architecture) -> JSONValue {
    var members = [
      JSONMember(key: "stream", value: .stream(witness.stream, of: architecture)),
      JSONMember(key: "tick", value: .optional(witness.tick)),
      JSONMember(key: "update", value: .matrix(witness.update)),
      JSONMember(key: "nearestGradient", value: .matrix(witness.gradient)),
      JSONMember(key: "outputTime", value: .optional(witness.outputTime)),
      JSONMember(key: "entry", value: .array([.integer(witness.entry.row), .integer(witness.entry.column)])),
    ]
    if let model = witness.model { members.append(JSONMember(key: "model", value: .model(model))) }
    return .object(members)
  }

  public var table: Table {
    Table(
      header: ["edge", "layer", "input", "error", "verdict", "output age", "why not", "asked"],
      rows: (decisions + shared).map { finding in
        let edges = finding.edges.map { timing.edges[$0] }
        let isSum = edges.count > 1
        let isAsked = asked.contains { subject($0.edge)?.edges == finding.edges }
        return [
          isSum ? "shared \(finding.name)" : finding.name, isSum ? "-" : String(edges[0].layer),
          LagRange.text(edges.reduce(into: .none) { $0.formUnion($1.inputLags) }),
          LagRange.text(edges.reduce(into: .none) { $0.formUnion($1.errorLags) }),
          finding.verdict.rawValue, finding.outputAge.map(String.init) ?? "-", finding.failures.first ?? "",
          isAsked ? "yes" : "",
        ]
      }, rightAligned: [1, 5])
  }

  private var claim: String {
    switch sense {
    case .delay, .frame: preconditionFailure("exactness by frames is VerifyReport's")
    case .outputTime: "the update is the gradient of the loss of one output time"
    case .accumulated: "the updates of a finite signal add up to the gradient of all its output times"
    }
  }

  private var text: String {
    let names = asked.isEmpty ? "no edge" : ResultHead.list(asked.map { timing.edges[$0.edge].name })
    var page = TextPage(
      [ResultHead.title(timing), "", "Claim (\(sense.rawValue)): \(claim), at \(names).", ""], style: style)
    page.table(table)
    for finding in (decisions + shared) where asked.contains(where: { finding.edges.contains($0.edge) }) {
      let name =
        finding.edges.count == 1
        ? finding.name
        : "shared weight \(finding.name), the sum over " + ResultHead.list(finding.edges.map { timing.edges[$0].name })
      let word =
        switch finding.verdict {
        case .exact: style.good("PROVED ")
        case .refuted: style.bad("REFUTED")
        case .bounded, .undecided: style.open("OPEN   ")
        }
      page.line("\(word) \(name): \(finding.verdict == .exact ? "by " : "")\(finding.decidedBy).")
      page.lines(finding.failures.map { "  \($0)" })
      if let witness = finding.witness { page.lines(lines(witness)) }
    }
    page.lines(notes.map { "Note: \($0)" })
    page.line(Expectation.conclusion(exitStatus, style))
    return page.text
  }

  private func lines(_ witness: SenseWitness) -> [String] {
    let (row, column) = (witness.entry.row, witness.entry.column)
    let (update, gradient) = (witness.update[row][column], witness.gradient[row][column])
    let model = witness.model == nil ? "" : ", on small weights (in --format json)"
    let stream = StreamText.nonzeros(witness.stream, timing.architecture)
    let first = "  witness\(model): \(stream); \(witness.stream.ticks) ticks"
    let head = "  entry [\(row)][\(column)]: "
    guard let tick = witness.tick, let time = witness.outputTime else {
      return [
        first,
        head + "the updates add up to \(WitnessText.number(update)), the gradients to "
          + WitnessText.number(gradient),
      ]
    }
    return [
      first,
      head + "update \(WitnessText.number(update)) at tick \(tick), nearest gradient (output time \(time)) "
        + WitnessText.number(gradient),
    ]
  }
}
