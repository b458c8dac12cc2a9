import ErrorBounds
import ExactArithmetic
import Networks
import Timing

/// The result of `bound`, written edge by edge while others are still computed.
///
/// Text, CSV, Markdown and LaTeX are tables with a row for each edge and variation; an interrupted run keeps its rows.
public struct BoundReport: Sendable {
  /// What was found for one edge, or for one shared parameter: a bound for each variation, and where its witness was
  /// written.
  public struct Entry: Sendable {
    public let name: String
    /// The names of the edges that share the parameter; empty for an edge.
    public let members: [String]
    /// In the order of the variations, those of ``unanswered`` left out.
    public let bounds: [ErrorBound]
    /// Where every road leads beyond the floats.
    public let unanswered: [Variation]
    public let files: [String?]
    /// The error as a function of V, where it was asked for.
    public let function: FirstOrderBound?
    /// Why it was not worked out though it was asked for.
    public let withoutFunction: MemoryExcess?
    /// The constant of theorem 8, for each variation, where it was asked for.
    public let formulas: [GlobalBound]

    /// - Parameter formulas: one for each bound, or none.
    /// - Throws: `BoundContradiction` where one of them is below an error that another has attained.
    public init(
      _ name: String, members: [String] = [], bounds: [ErrorBound], unanswered: [Variation] = [],
      files: [String?] = [], function: FirstOrderBound? = nil, withoutFunction: MemoryExcess? = nil,
      formulas: [GlobalBound] = []
    ) throws(BoundContradiction) {
      try BoundGate.check(bounds, formulas: formulas, law: function)
      self.name = name
      self.members = members
      self.unanswered = unanswered
      self.formulas = formulas
      self.bounds = bounds
      self.files = files
      self.function = function
      self.withoutFunction = withoutFunction
    }
  }

  let timing: TimingAnalysis
  let question: BoundQuestion
  let format: OutputFormat
  let style: TextStyle
  let sampling: SamplingTime?
  let layout: TableLayout

  /// - Parameter edges: the indices of the edges that are asked about, in order.
  public init(
    _ timing: TimingAnalysis, _ question: BoundQuestion, edges: [Int], format: OutputFormat, style: TextStyle = .plain,
    sampling: SamplingTime? = nil
  ) {
    self.timing = timing
    self.question = question
    self.format = format
    self.style = style
    self.sampling = sampling
    let shared = timing.architecture.sharedClasses.filter { !Set($0.edges).isDisjoint(with: edges) }
    let names = (edges.map { timing.edges[$0].name.count } + shared.map { "shared \($0.name)".count }).max() ?? 0
    let variations = question.variations.map(\.text.count).max() ?? 0
    let counts = sampling?.ticksPerFrame == nil ? [] : ["exact ticks per frame"]
    layout =
      format == .csv
      ? TableLayout(
        header: [
          "edge", "kind", "variation", "target", "upper", "lower", "ratio", "method", "reference", "kink",
        ] + counts, format: .csv)
      : TableLayout(
        header: ["edge", "V", "upper", "lower", "ratio"] + counts + ["method"],
        rightAligned: sampling?.ticksPerFrame == nil ? [2, 3, 4] : [2, 3, 4, 5],
        widths: [names, variations, 12, 12, 8], format: format,
        caption: format == .text ? BoundNumber.caption : Self.caption(question, timing))
  }

  private static func caption(_ question: BoundQuestion, _ timing: TimingAnalysis) -> String {
    "\(timing.architecture.name): \(question.sentence). V: \(kinds(question)). \(BoundNumber.caption)"
  }

  private static func kinds(_ question: BoundQuestion) -> String {
    let kinds = question.variations.map(\.kind)
    var texts: [String] = []
    if kinds.contains(.window) { texts.append("every frame that is read lies within V of it") }
    if kinds.contains(.rate) { texts.append("successive frames differ by at most V, where it is per tick") }
    return texts.joined(separator: "; ")
  }

  /// What comes before the first edge.
  public var head: String {
    switch format {
    case .json:
      let members =
        ResultHead.members("bound", timing) + question.members
        + [JSONMember(key: "holdsFor", value: .string("weights that stand still"))] + (sampling?.members(timing) ?? [])
      return JSONValue.object(members).text.dropLast() + ",\"edges\":["
    case .text:
      let page = TextPage([ResultHead.title(timing), "\(question.sentence); \(Self.kinds(question))", ""])
      return page.text + layout.head
    case .csv, .markdown, .latex: return layout.head
    }
  }

  /// One edge; `position` counts from 0.
  public func edge(_ entry: Entry, position: Int) -> String {
    guard format != .json else {
      return (position == 0 ? "\n" : ",\n") + JSONValue.object(members(entry)).text
    }
    return rows(entry)
  }

  /// One shared parameter: its rows; in JSON it comes with the foot.
  public func shared(_ entry: Entry) -> String { format == .json ? "" : rows(entry) }

  private func rows(_ entry: Entry) -> String {
    question.variations.map { variation in
      entry.bounds.first { $0.variation == variation }.map { layout.line(cells($0, entry)) }
        ?? (entry.unanswered.contains(variation) ? layout.line(unanswered(variation, entry)) : "")
    }.joined()
  }

  private func unanswered(_ variation: Variation, _ entry: Entry) -> [String] {
    let counts = sampling?.ticksPerFrame == nil ? [] : ["-"]
    let why = "no bound: beyond floats"
    guard format != .csv else {
      return [
        entry.label, variation.kindName, NumberText.exact(variation.input), NumberText.exact(variation.target), "",
        "",
        "", why, "", "",
      ] + counts
    }
    return [entry.label, variation.text, "-", "-", "-"] + counts + [why]
  }

  /// The bounds of one variation, where there is one.
  func bounds(_ index: Int, _ entries: [Entry]) -> [ErrorBound] {
    entries.compactMap { $0.bounds.first { $0.variation == question.variations[index] } }
  }

  /// The names of those that have none.
  func unanswered(_ index: Int, _ entries: [Entry]) -> [String] {
    entries.filter { $0.unanswered.contains(question.variations[index]) }.map(\.name)
  }

  /// What comes after the last edge.
  ///
  /// - Parameter shared: the parameters that edges share, as sums over these.
  public func foot(_ entries: [Entry], shared: [Entry] = [], notes: [String] = []) -> String {
    switch format {
    case .json:
      let classes = shared.map { JSONValue.object(members($0)) }
      let tail = JSONValue.object(
        (classes.isEmpty ? [] : [JSONMember(key: "shared", value: .array(classes))]) + [
          JSONMember(
            key: "summary", value: .array(question.variations.indices.compactMap { summary($0, entries) })),
          JSONMember(key: "notes", value: .strings(notes)),
        ])
      return "\n]," + tail.text.dropFirst() + "\n"
    case .text: return layout.foot + text(entries, shared, notes)
    case .csv, .markdown, .latex: return layout.foot
    }
  }

  private func cells(_ bound: ErrorBound, _ entry: Entry) -> [String] {
    let (upper, lower) = (BoundNumber.upper(bound.upper), BoundNumber.lower(bound.lowerValue))
    let ticks = sampling?.exactTicks(timing.edges[bound.edge])
    let counts = ticks.map { entry.members.isEmpty ? [NumberText.exact($0)] : ["-"] } ?? []
    guard format != .csv else {
      return [
        entry.label, bound.variation.kindName, NumberText.exact(bound.variation.input),
        NumberText.exact(bound.variation.target), upper, lower, bound.ratio.map { BoundNumber.upper($0) } ?? "",
        bound.method + Self.without(bound), String(bound.reference), String(bound.hasKink),
      ] + counts
    }
    return [entry.label, bound.variation.text, upper, lower, BoundNumber.ratioText(bound.ratio)] + counts + [
      bound.method + (bound.hasKink ? "; kink" : "") + (bound.ranOut ? "; the budget ran out" : "")
        + Self.without(bound)
    ]
  }
}

extension BoundReport {
  /// What a bound was made without, for the memory that it would hold.
  private static func without(_ bound: ErrorBound) -> String {
    bound.omitted.isEmpty ? "" : "; without " + bound.omitted.map(\.use.rawValue).joined(separator: ", ")
  }
}

extension BoundReport.Entry {
  /// The name in a table.
  var label: String { members.isEmpty ? name : "shared \(name)" }
}
