import ErrorBounds
import ExactArithmetic
import Networks
import Timing

/// The result of `bound`, written edge by edge while others are still computed.
///
/// Text, CSV, Markdown and LaTeX are tables with a row for each edge and variation; an interrupted run keeps its rows.
public struct BoundReport: Sendable {
  /// What was found for one edge: a bound for each variation, and where its witness was written.
  public struct Entry: Sendable {
    public let bounds: [ErrorBound]
    public let files: [String?]
    /// The error as a function of V, where it was asked for.
    public let function: FirstOrderBound?
    /// The constant of theorem 8, for each variation, where it was asked for.
    public let formulas: [GlobalBound]

    public init(
      bounds: [ErrorBound], files: [String?] = [], function: FirstOrderBound? = nil, formulas: [GlobalBound] = []
    ) {
      self.formulas = formulas
      self.bounds = bounds
      self.files = files
      self.function = function
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
    let names = edges.map { timing.edges[$0].name.count }.max() ?? 0
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
      let members = ResultHead.members("bound", timing) + question.members + (sampling?.members(timing) ?? [])
      return JSONValue.object(members).text.dropLast() + ",\"edges\":["
    case .text:
      return ResultHead.title(timing) + "\n\(question.sentence); \(Self.kinds(question))\n\n" + layout.head
    case .csv, .markdown, .latex: return layout.head
    }
  }

  /// One edge; `position` counts from 0.
  public func edge(_ entry: Entry, position: Int) -> String {
    guard format != .json else {
      return (position == 0 ? "\n" : ",\n") + JSONValue.object(members(entry)).text
    }
    return entry.bounds.map { layout.line(cells($0)) }.joined()
  }

  /// What comes after the last edge.
  public func foot(_ entries: [Entry], notes: [String] = []) -> String {
    switch format {
    case .json:
      let tail = JSONValue.object([
        "summary": .array(question.variations.indices.compactMap { summary($0, entries) }),
        "notes": .strings(notes),
      ])
      return "\n]," + tail.text.dropFirst() + "\n"
    case .text: return layout.foot + text(entries, notes)
    case .csv, .markdown, .latex: return layout.foot
    }
  }

  private func cells(_ bound: ErrorBound) -> [String] {
    let (upper, lower) = (BoundNumber.upper(bound.upper), BoundNumber.lower(bound.lowerValue))
    let counts = sampling?.exactTicks(timing.edges[bound.edge]).map { [BoundNumber.exact($0)] } ?? []
    guard format != .csv else {
      return [
        bound.name, bound.variation.kindName, BoundNumber.exact(bound.variation.input),
        BoundNumber.exact(bound.variation.target), upper, lower, bound.ratio.map { BoundNumber.upper($0) } ?? "",
        bound.method, String(bound.reference), String(bound.hasKink),
      ] + counts
    }
    return [bound.name, bound.variation.text, upper, lower, BoundNumber.ratioText(bound.ratio)] + counts + [
      bound.method + (bound.hasKink ? "; kink" : "")
    ]
  }
}
