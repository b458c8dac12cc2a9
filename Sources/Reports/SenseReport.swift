import Claims
import Networks
import Timing
import Waves

/// The result of `verify` in the senses output-time and accumulated.
public struct SenseReport: Sendable {
  public let timing: TimingAnalysis
  public let sense: ExactnessSense
  /// Indices of the edges that the claim is about.
  public let asked: [Int]
  /// One decision per edge, in the order of the edges.
  public let decisions: [SenseEdgeDecision]
  public let notes: [String]
  public let style: TextStyle

  public init(
    timing: TimingAnalysis, sense: ExactnessSense, asked: [Int], decisions: [SenseEdgeDecision], notes: [String] = [],
    style: TextStyle = .plain
  ) {
    self.timing = timing
    self.sense = sense
    self.asked = asked
    self.decisions = decisions
    self.notes = notes
    self.style = style
  }

  /// 0 every claim asked holds, 1 one is refuted, 2 one is undecided.
  public var exitStatus: Int32 {
    let verdicts = asked.map { decisions[$0].verdict }
    if verdicts.contains(.refuted) { return 1 }
    return verdicts.allSatisfy { $0 == .exact } ? 0 : 2
  }

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
        JSONMember(key: "asked", value: .strings(asked.map { timing.edges[$0].name })),
        JSONMember(
          key: "edges",
          value: .array(
            decisions.map { decision in
              .object(
                report.edgeMembers(decision.timing) + [
                  JSONMember(key: "verdict", value: .string(decision.verdict.rawValue)),
                  JSONMember(key: "decidedBy", value: .string(decision.decidedBy)),
                  JSONMember(key: "failures", value: .strings(decision.failures)),
                  JSONMember(key: "outputAge", value: .optional(decision.outputAge)),
                  JSONMember(
                    key: "witness", value: decision.witness.map { Self.json($0, of: timing.architecture) } ?? .null),
                ])
            })),
        JSONMember(key: "summary", value: ResultHead.summary(timing)),
        JSONMember(key: "notes", value: .strings(notes)),
      ])
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
      rows: decisions.map { decision in
        let edge = decision.timing
        return [
          edge.name, String(edge.layer), LagRange.text(edge.inputLags), LagRange.text(edge.errorLags),
          decision.verdict.rawValue, decision.outputAge.map(String.init) ?? "-", decision.failures.first ?? "",
          asked.contains(edge.edge) ? "yes" : "",
        ]
      }, rightAligned: [1, 5])
  }

  private var claim: String {
    switch sense {
    case .frame: "the update is the gradient of one frame"
    case .outputTime: "the update is the gradient of the loss of one output time"
    case .accumulated: "the updates of a finite signal add up to the gradient of all its output times"
    }
  }

  private var text: String {
    let names = asked.isEmpty ? "no edge" : ResultHead.list(asked.map { timing.edges[$0].name })
    var lines = [ResultHead.title(timing), "", "Claim (\(sense.rawValue)): \(claim), at \(names).", ""]
    lines.append(table.rendered(.text))
    for decision in decisions where asked.contains(decision.timing.edge) {
      switch decision.verdict {
      case .exact: lines.append("\(style.good("PROVED ")) \(decision.timing.name): by \(decision.decidedBy).")
      case .refuted: lines.append("\(style.bad("REFUTED")) \(decision.timing.name): \(decision.decidedBy).")
      case .bounded, .undecided:
        lines.append("\(style.open("OPEN   ")) \(decision.timing.name): \(decision.decidedBy).")
      }
      lines += decision.failures.map { "  \($0)" }
      if let witness = decision.witness { lines += self.lines(witness) }
    }
    lines += notes.map { "Note: \($0)" }
    lines.append(
      exitStatus == 0
        ? asked.isEmpty ? "Nothing was asked, so nothing failed." : style.good("Every claim asked holds.")
        : exitStatus == 1 ? style.bad("A claim asked is refuted.") : style.open("A claim asked is undecided."))
    return lines.joined(separator: "\n") + "\n"
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
