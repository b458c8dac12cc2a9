import ExactArithmetic
import Networks
import Timing
import Waves

/// The result of `timing` in every format.
public struct TimingReport: Sendable {
  public let timing: TimingAnalysis
  /// Whether each edge's JSON lists the slope lags of every node below it, which is quadratic on deep graphs.
  public let listsSlopes: Bool
  /// What the reader of a model file has to say, such as operators that only timing understands.
  public let notes: [String]
  /// Classes of edges that share a weight.
  public let shared: [SharedTiming]
  /// Ticks in seconds, where they were asked for.
  public let sampling: SamplingTime?

  /// Which weights are read, should they change; `nil` for frozen weights.
  let versions: WeightVersions?

  public init(
    _ timing: TimingAnalysis, listsSlopes: Bool = true, notes: [String] = [], shared: [SharedTiming] = [],
    sampling: SamplingTime? = nil
  ) {
    versions = WeightVersions(timing)
    self.timing = timing
    self.listsSlopes = listsSlopes
    self.notes = notes
    self.shared = shared
    self.sampling = sampling
  }

  public func rendered(_ format: OutputFormat) -> String {
    switch format {
    case .json: json.text + "\n"
    case .text: text
    case .csv, .markdown, .latex: table.rendered(format)
    }
  }

  public var json: JSONValue {
    .object(
      ResultHead.members("timing", timing) + (sampling?.members(timing) ?? []) + [
        JSONMember(key: "edges", value: .array(timing.edges.map { .object(edgeMembers($0)) })),
        JSONMember(key: "summary", value: ResultHead.summary(timing)),
        JSONMember(key: "notes", value: .strings(notes)),
      ] + (shared.isEmpty ? [] : [JSONMember(key: "shared", value: .array(shared.map(sharedValue)))]))
  }

  func edgeMembers(_ edge: EdgeTiming) -> [JSONMember] {
    let slopes = listsSlopes ? timing.slopeLags(of: edge.edge) : []
    let members: [(String, JSONValue)] = [
      ("edge", .string(edge.name)), ("layer", .integer(edge.layer)), ("inputLags", .lags(edge.inputLags)),
      ("errorLags", .lags(edge.errorLags)), ("targetLags", .lags(edge.targetLags)),
      (
        "slopeLags",
        .object(slopes.map { JSONMember(key: timing.architecture.nodes[$0.node].name, value: .lags($0.lags)) })
      ),
      ("mismatch", .optional(edge.mismatch)), ("spread", .integer(edge.spread)),
      ("synchronous", .bool(edge.isSynchronous)), ("delay", .optional(edge.delay)), ("causal", .bool(edge.causal)),
      ("errorCausal", .bool(edge.errorCausal)),
    ]
    let ticks = sampling?.exactTicks(edge).map { [("exactTicksPerFrame", JSONValue.string($0.description))] } ?? []
    return (members + ticks).map { JSONMember(key: $0.0, value: $0.1) } + versionMembers(edge)
  }

  private func sharedValue(_ entry: SharedTiming) -> JSONValue {
    .object([
      "name": .string(entry.name), "edges": .strings(entry.members.map(\.name)),
      "synchronous": .bool(entry.isSynchronous), "delay": .optional(entry.delay), "spread": .integer(entry.spread),
    ])
  }

  public var table: Table {
    Table(
      header: [
        "edge", "layer", "input", "error", "target", "slopes", "mismatch", "spread", "synchronous", "delay", "causal",
      ] + (sampling?.ticksPerFrame == nil ? [] : ["exact ticks per frame"]),
      rows: timing.edges.map { edge in
        [
          edge.name, String(edge.layer), LagRange.text(edge.inputLags), LagRange.text(edge.errorLags),
          LagRange.text(edge.targetLags), LagRange.text(edge.countedSlopeLags), edge.mismatch.map(String.init) ?? "-",
          String(edge.spread), edge.isSynchronous ? "yes" : "no", edge.delay.map(String.init) ?? "-",
          edge.causal ? (edge.errorCausal ? "yes" : "but for the error") : "no",
        ] + (sampling?.exactTicks(edge).map { [NumberText.exact($0)] } ?? [])
      }, rightAligned: [1, 6, 7, 9, 11])
  }

  private var text: String {
    let synchronous = timing.synchronous.map(\.name)
    var page = TextPage([ResultHead.title(timing), ""])
    page.table(table)
    page.line(
      synchronous.isEmpty ? "No edge is synchronous." : "Synchronous: \(ResultHead.list(synchronous)).")
    page.line(
      "Window \(timing.window) ticks (the input must stand still that long), fill \(timing.fill), greatest mismatch "
        + "\(timing.maximumMismatch).")
    for entry in shared {
      let names = ResultHead.list(entry.members.map(\.name))
      let finding =
        entry.isSynchronous
        ? "synchronous\(entry.delay.map { ", delay \($0)" } ?? "")"
        : "not synchronous, spread \(entry.spread) over all members"
      page.line("Shared weight \(entry.name) (\(names)): \(finding).")
    }
    addVersions(to: &page)
    page.lines(sampling?.sentences(timing) ?? [])
    page.lines(notes.map { "Note: \($0)" })
    return page.text
  }
}
