import Claims
import ErrorBounds
import ExactArithmetic
import Networks
import Timing
import Waves

/// The result of `verify`: what is claimed, what is proved, what is refuted and by what, and what other readings say.
public struct VerifyReport: Sendable {
  public let timing: TimingAnalysis
  public let sense: ExactnessSense
  /// What the claim is about.
  public let asked: [Expectation]
  /// Whether the edges were named by the caller rather than by the theorem.
  public let askedByName: Bool
  /// In the order of the edges; not every edge need be there.
  public let decisions: [EdgeDecision]
  /// Weights that several edges share: a claim about one of them is about their sum.
  public let shared: [SharedDecision]
  public let readings: [ReadingSummary]
  /// The error bounds that were computed, by edge.
  public let bounds: [Int: ErrorBound]
  /// What the bounds are about; `nil` without any.
  public let question: BoundQuestion?
  /// The greatest error that is claimed at the edges asked about.
  public let maximumError: Rational?
  public let notes: [String]
  public let style: TextStyle

  public init(
    timing: TimingAnalysis, sense: ExactnessSense = .delay, asked: [Expectation], askedByName: Bool,
    decisions: [EdgeDecision], shared: [SharedDecision] = [], readings: [ReadingSummary],
    bounds: [Int: ErrorBound] = [:], question: BoundQuestion? = nil, maximumError: Rational? = nil,
    notes: [String] = [], style: TextStyle = .plain
  ) {
    self.timing = timing
    self.sense = sense
    self.asked = asked
    self.askedByName = askedByName
    self.decisions = decisions
    self.shared = shared
    self.readings = readings
    self.bounds = bounds
    self.question = question
    self.maximumError = maximumError
    self.notes = notes
    self.style = style
  }

  /// What is said of an edge: `bounded` where nothing decided it but its error is bounded.
  public func verdict(_ decision: EdgeDecision) -> Verdict {
    decision.verdict == .undecided && bounds[decision.timing.edge] != nil ? .bounded : decision.verdict
  }

  /// The shared weight that an edge is a member of.
  func sharedDecision(of edge: Int) -> SharedDecision? { shared.first { $0.timing.edges.contains(edge) } }

  /// Whether a claim holds; `nil` where that is undecided.
  func holds(_ expectation: Expectation) -> Bool? {
    if let shared = sharedDecision(of: expectation.edge) {
      return expectation.holds(shared.verdict, delay: shared.delay, period: timing.period)
    }
    guard let decision = decisions.first(where: { $0.timing.edge == expectation.edge }) else { return nil }
    return expectation.holds(decision.verdict, delay: decision.delay, period: timing.period)
  }

  /// Whether the error at an edge is at most the claimed one; `nil` where the bounds leave it open.
  func keepsMaximumError(_ edge: Int, _ maximum: Rational) -> Bool? {
    // Bounds are of single edges; nothing follows for a sum.
    guard sharedDecision(of: edge) == nil, let bound = bounds[edge] else { return nil }
    if bound.lowerValue > maximum { return false }
    return bound.upper <= maximum ? true : nil
  }

  /// 0 every claim asked holds, 1 one is refuted, 2 one is undecided, 3 nothing was asked.
  public var exitStatus: Int32 {
    let errors = maximumError.map { maximum in asked.map { keepsMaximumError($0.edge, maximum) } } ?? []
    return Expectation.exitStatus(asked.map(holds) + errors)
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
      members += self.members(decision, verdict(decision))
      members.append(JSONMember(key: "needs", value: .strings(timing.needs(of: decision.timing.edge))))
      if let bound = bounds[decision.timing.edge] {
        members.append(JSONMember(key: "bound", value: .object(BoundReport.members(bound))))
      }
      return .object(members)
    }
    return .object(
      ResultHead.members("verify", timing) + (question?.members ?? []) + [
        JSONMember(key: "sense", value: .string(sense.rawValue)),
        JSONMember(key: "asked", value: .strings(asked.map { timing.edges[$0.edge].name })),
        JSONMember(key: "claims", value: .array(asked.map(claim))),
        JSONMember(key: "edges", value: .array(edges)),
      ]
        + (shared.isEmpty ? [] : [JSONMember(key: "shared", value: .array(shared.map(sharedValue)))]) + [
          JSONMember(key: "summary", value: ResultHead.summary(timing)),
          JSONMember(key: "readings", value: .array(readings.map(Self.json))),
          JSONMember(key: "notes", value: .strings(notes)),
        ])
  }

  private func claim(_ expectation: Expectation) -> JSONValue {
    var members = [
      JSONMember(key: "edge", value: .string(timing.edges[expectation.edge].name)),
      JSONMember(key: "claim", value: .string(expectation.text)),
      JSONMember(key: "holds", value: holds(expectation).map(JSONValue.bool) ?? .null),
    ]
    if let maximumError {
      members.append(JSONMember(key: "maxError", value: .string(maximumError.description)))
      members.append(
        JSONMember(
          key: "keepsMaxError", value: keepsMaximumError(expectation.edge, maximumError).map(JSONValue.bool) ?? .null))
    }
    return .object(members)
  }

  private func sharedValue(_ decision: SharedDecision) -> JSONValue {
    .object(
      [
        JSONMember(key: "name", value: .string(decision.timing.name)),
        JSONMember(key: "edges", value: .strings(decision.timing.edges.map { timing.edges[$0].name })),
        JSONMember(key: "delay", value: .optional(decision.delay)),
      ] + members(decision, decision.verdict))
  }

  private func members<Subject>(_ decision: Decision<Subject>, _ verdict: Verdict) -> [JSONMember] {
    var members = [
      JSONMember(key: "verdict", value: .string(verdict.rawValue)),
      JSONMember(key: "decidedBy", value: .string(decision.decidedBy)),
    ]
    if timing.schedule.weightReads.policy != .frozen || decision.versions != nil {
      members.append(JSONMember(key: "versions", value: decision.versions.map(\.json) ?? .null))
    }
    if case .mixture(let ages) = decision.versions {
      members.append(
        JSONMember(
          key: "versionAges",
          value: .object(ages.map { JSONMember(key: timing.edges[$0.edge].name, value: .integer($0.age)) })))
    }
    members.append(
      JSONMember(key: "witness", value: decision.witness.map { $0.json(of: timing.architecture) } ?? .null))
    return members
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
    let named = Set(asked.map(\.edge))
    let edges = decisions.map { decision in
      let edge = decision.timing
      return [
        edge.name, String(edge.layer), LagRange.text(edge.inputLags), LagRange.text(edge.errorLags),
        LagRange.text(edge.countedSlopeLags), edge.mismatch.map(String.init) ?? "-", String(edge.spread),
        edge.delay.map(String.init) ?? "-", verdict(decision).rawValue,
      ] + boundCells(edge.edge) + [named.contains(edge.edge) && sharedDecision(of: edge.edge) == nil ? "yes" : ""]
    }
    let classes = shared.map { decision in
      let timing = decision.timing
      return [
        "shared \(timing.name)", "-", LagRange.text(timing.members.reduce(into: .none) { $0.formUnion($1.inputLags) }),
        LagRange.text(timing.members.reduce(into: .none) { $0.formUnion($1.errorLags) }),
        LagRange.text(timing.members.reduce(into: .none) { $0.formUnion($1.countedSlopeLags) }), "-",
        String(timing.spread), decision.delay.map(String.init) ?? "-", decision.verdict.rawValue,
      ] + (question == nil ? [] : ["-", "-"]) + [named.isDisjoint(with: timing.edges) ? "" : "yes"]
    }
    return Table(
      header: header + (question == nil ? [] : ["bound", "attained"]) + ["asked"], rows: edges + classes,
      rightAligned: question == nil ? [1, 5, 6, 7] : [1, 5, 6, 7, 9, 10])
  }

  private func boundCells(_ edge: Int) -> [String] {
    guard question != nil else { return [] }
    guard let bound = bounds[edge] else { return ["-", "-"] }
    return [BoundNumber.upper(bound.upper), BoundNumber.lower(bound.lowerValue)]
  }
}
