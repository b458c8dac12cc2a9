import Claims
import ErrorBounds
import Networks
import Timing
import Waves

/// The result of `verify`: what is claimed, what is proved, what is refuted and by what, and what other readings say.
public struct VerifyReport: Sendable {
  public let timing: TimingAnalysis
  /// Indices of the edges that the claim is about.
  public let asked: [Int]
  /// Whether the edges were named by the caller rather than by the theorem.
  public let askedByName: Bool
  /// One decision per edge, in the order of the edges.
  public let decisions: [EdgeDecision]
  public let readings: [ReadingSummary]
  /// The error bounds that were computed, by edge.
  public let bounds: [Int: ErrorBound]
  /// What the bounds are about; `nil` without any.
  public let question: BoundQuestion?
  public let notes: [String]
  public let style: TextStyle

  public init(
    timing: TimingAnalysis, asked: [Int], askedByName: Bool, decisions: [EdgeDecision], readings: [ReadingSummary],
    bounds: [Int: ErrorBound] = [:], question: BoundQuestion? = nil, notes: [String] = [], style: TextStyle = .plain
  ) {
    self.timing = timing
    self.asked = asked
    self.askedByName = askedByName
    self.decisions = decisions
    self.readings = readings
    self.bounds = bounds
    self.question = question
    self.notes = notes
    self.style = style
  }

  /// What is said of an edge: `bounded` where nothing decided it but its error is bounded.
  public func verdict(_ decision: EdgeDecision) -> Verdict {
    decision.verdict == .undecided && bounds[decision.timing.edge] != nil ? .bounded : decision.verdict
  }

  /// 0 every claim asked holds, 1 one is refuted, 2 one is undecided.
  public var exitStatus: Int32 {
    let verdicts = asked.map { decisions[$0].verdict }
    if verdicts.contains(.refuted) { return 1 }
    return verdicts.allSatisfy { $0 == .exact } ? 0 : 2
  }

  public func rendered(_ format: OutputFormat) throws(NetworkError) -> String {
    switch format {
    case .json: json.text + "\n"
    case .text: try text()
    case .csv, .markdown, .latex: table.rendered(format)
    }
  }

  public var json: JSONValue {
    let report = TimingReport(timing)
    let edges = decisions.map { decision -> JSONValue in
      var members = report.edgeMembers(decision.timing)
      members.append(JSONMember(key: "verdict", value: .string(verdict(decision).rawValue)))
      members.append(JSONMember(key: "decidedBy", value: .string(decision.decidedBy)))
      members.append(JSONMember(key: "needs", value: .strings(timing.needs(of: decision.timing.edge))))
      members.append(
        JSONMember(key: "witness", value: decision.witness.map { Self.json($0, of: timing.architecture) } ?? .null))
      if let bound = bounds[decision.timing.edge] {
        members.append(JSONMember(key: "bound", value: .object(BoundReport.members(bound))))
      }
      return .object(members)
    }
    return .object(
      ResultHead.members("verify", timing) + (question?.members ?? []) + [
        JSONMember(key: "asked", value: .strings(asked.map { timing.edges[$0].name })),
        JSONMember(key: "edges", value: .array(edges)),
        JSONMember(key: "summary", value: ResultHead.summary(timing)),
        JSONMember(key: "readings", value: .array(readings.map(Self.json))),
        JSONMember(key: "notes", value: .strings(notes)),
      ])
  }

  static func json(_ witness: Witness, of architecture: Architecture) -> JSONValue {
    var members = [
      JSONMember(key: "stream", value: .stream(witness.stream, of: architecture)),
      JSONMember(key: "tick", value: .integer(witness.tick)),
      JSONMember(key: "update", value: .matrix(witness.update)),
      JSONMember(key: "nearestGradient", value: .matrix(witness.nearestGradient)),
      JSONMember(key: "nearestFrame", value: .integer(witness.nearestFrame)),
      JSONMember(key: "entry", value: .array([.integer(witness.entry.row), .integer(witness.entry.column)])),
    ]
    if witness.isPartial { members.append(JSONMember(key: "partial", value: .bool(true))) }
    if let model = witness.model { members.append(JSONMember(key: "model", value: .model(model))) }
    return .object(members)
  }

  private static func json(_ summary: ReadingSummary) -> JSONValue {
    .object([
      "slope": .string(summary.reading.slope.rawValue), "error": .string(summary.reading.error.rawValue),
      "synchronous": .strings(summary.synchronous), "window": .integer(summary.window), "fill": .integer(summary.fill),
      "causal": .bool(summary.causal), "errorCausal": .bool(summary.errorCausal),
      "refused": summary.refusal.map { .string($0) } ?? .null,
    ])
  }

  public var table: Table {
    let header = ["edge", "layer", "input", "error", "slopes", "mismatch", "spread", "delay", "verdict"]
    return Table(
      header: header + (question == nil ? [] : ["bound", "attained"]) + ["asked"],
      rows: decisions.map { decision in
        let edge = decision.timing
        let cells = [
          edge.name, String(edge.layer), LagRange.text(edge.inputLags), LagRange.text(edge.errorLags),
          LagRange.text(edge.countedSlopeLags), edge.mismatch.map(String.init) ?? "-", String(edge.spread),
          edge.delay.map(String.init) ?? "-", verdict(decision).rawValue,
        ]
        return cells + boundCells(edge.edge) + [asked.contains(edge.edge) ? "yes" : ""]
      }, rightAligned: question == nil ? [1, 5, 6, 7] : [1, 5, 6, 7, 9, 10])
  }

  private func boundCells(_ edge: Int) -> [String] {
    guard question != nil else { return [] }
    guard let bound = bounds[edge] else { return ["-", "-"] }
    return [BoundNumber.upper(bound.upper), BoundNumber.lower(bound.lowerValue)]
  }
}
