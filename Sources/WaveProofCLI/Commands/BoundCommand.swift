import ArgumentParser
import Foundation
import WaveProof

struct BoundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bound",
    abstract: "How far updates are from gradients: bounds proved from above, attained from below.",
    discussion: """
      For every edge and every --variation or --rate: upper ≥ the true supremum ≥ lower, and lower is the error at a \
      stream of rational frames that trace replays.
      """)

  @OptionGroup var model: ModelArgument
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var variation: VariationOptions
  @OptionGroup var sampling: SamplingOptions
  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "An edge to bound, as from->to; may be repeated (default: all).")
  var edge: [String] = []

  @Option(help: "Write every witness stream to a file in this folder, for trace.")
  var witnessDir: String?

  @Option(help: "Write the witness stream of the worst edge, at the last variation, to this file.")
  var witness: String?

  @Flag(help: "Also as a function: c₁V + c₂V² above and c₁V − c₂V² below, and the V₀ up to which that is proved.")
  var function = false

  @Flag(help: "Also the global constant of theorem 8, as a formula with its numbers.")
  var global = false

  @Option(
    help: "Claim that every error is at most this: status 1 where an attained one is larger, 2 where that is open.")
  var maxError: String?

  mutating func validate() throws {
    _ = try maxError.map { try OptionNumber.atLeastZero($0, "--max-error") }
    guard try !variation.variations().isEmpty else {
      throw ValidationError("give --variation V (frames within V) or --rate v (v per tick): how much the frames vary")
    }
    guard try !function || Set(variation.variations().map(\.kind)).count == 1 else {
      throw ValidationError("--function states one law: give --variation or --rate, not both")
    }
    guard !function || variation.domain == nil else {
      throw ValidationError("--function needs one nominal frame: give --at, not --domain")
    }
  }

  func run() throws {
    try CommandFailure.reporting {
      let loaded = try model.load(needsWeights: true)
      let architecture = loaded.architecture
      let network = try Network(architecture)
      let timing = try TimingAnalysis(architecture, schedule.make(for: architecture), period: schedule.period)
      let question = try variation.question(
        architecture, variations: variation.variations(), precision: common.precision)
      let edges = edge.isEmpty ? Array(timing.edges.indices) : try EdgeSelection.indices(edge, in: architecture)
      let report = BoundReport(
        timing, question, edges: edges, format: common.format, style: common.style, sampling: try sampling.sampling())
      let files = try WitnessFiles(folder: witnessDir, worst: witness, architecture)
      let writer = try ResultWriter(common)
      let progress = Progress(isShown: common.showsProgress)
      let entries = Collected<BoundReport.Entry>()
      let (analyses, function) = (question.analyses(network, timing), function)
      // The variations of an edge share its budget.
      var effort = question.effort
      effort.budget /= Double(max(1, analyses.count))
      let share = effort
      let (global, variations) = (global, question.variations)
      // Before a result is begun.
      for analysis in analyses { for edge in edges { try analysis.requireMemory(edge) } }
      let parallel = ParallelMap(threads: analyses.map { $0.threads(common.threads) }.min() ?? common.threads)
      let targets = variations.map(\.target).max() ?? 0
      writer.write(report.head)
      progress.show("0 of \(edges.count) edges bounded")
      try parallel.forEach(edges) { edge in
        let (bounds, unanswered) = try Self.answers(analyses) { analysis throws(BoundError) in
          try analysis.bound(edge, effort: share)
        }
        let answered = analyses.filter { !unanswered.contains($0.variation) }
        let (law, excess) = try function ? Self.law(analyses.first, edge, targets: targets) : (nil, nil)
        return try BoundReport.Entry(
          timing.edges[edge].name, bounds: bounds, unanswered: unanswered, files: try files.write(bounds),
          function: law, withoutFunction: excess,
          formulas: try global ? answered.map { try $0.globalBound(edge) } : [])
      } deliver: { entry in
        progress.clear()
        writer.write(report.edge(entry, position: entries.count))
        entries.append(entry)
        progress.show("\(entries.count) of \(edges.count) edges bounded")
      }
      let classes = architecture.sharedClasses.filter { !Set($0.edges).isDisjoint(with: edges) }
      let shared = try parallel.map(classes) { shared in
        let (bounds, unanswered) = try Self.answers(analyses) { analysis throws(BoundError) in
          try analysis.bound(shared, effort: share)
        }
        return try BoundReport.Entry(
          shared.name, members: shared.edges.map { timing.edges[$0].name }, bounds: bounds, unanswered: unanswered)
      }
      progress.clear()
      for entry in shared { writer.write(report.shared(entry)) }
      try files.writeWorst(entries.all, variations.last)
      writer.write(report.foot(entries.all, shared: shared, notes: loaded.notes))
      // Edges that share a weight are one claim, about their sum.
      let members = Set(classes.flatMap(\.edges).map { timing.edges[$0].name })
      let status = try status(entries.all.filter { !members.contains($0.name) } + shared, goal: share.ratio)
      if status != 0 { throw ExitCode(status) }
    }
  }

  /// 1 where an attained error exceeds the claimed one; 2 where something asked is open: a bound without an answer, an error
  /// that only an upper bound allows to exceed the claimed one, a ratio that was not reached.
  private func status(_ entries: [BoundReport.Entry], goal: Rational?) throws -> Int32 {
    let maximum = try maxError.map { try OptionNumber.atLeastZero($0, "--max-error") }
    let bounds = entries.flatMap(\.bounds)
    if let maximum, bounds.contains(where: { $0.lowerValue > maximum }) { return 1 }
    let isOpen =
      entries.contains { !$0.unanswered.isEmpty }
      || bounds.contains { bound in
        maximum.map { bound.upper > $0 } ?? false || goal.map { bound.upper > $0 * bound.lowerValue } ?? false
      }
    return isOpen ? 2 : 0
  }

  /// The error of an edge as a function, or why it is left out.
  private static func law(
    _ analysis: ErrorAnalysis?, _ edge: Int, targets: Rational
  ) throws(BoundError) -> (FirstOrderBound?, MemoryExcess?) {
    do { return (try analysis?.firstOrder(edge, targets: targets), nil) } catch {
      guard case .memory(_, let excess) = error else { throw error }
      return (nil, excess)
    }
  }

  /// The bounds of those variations that have one.
  private static func answers(
    _ analyses: [ErrorAnalysis], _ bound: (ErrorAnalysis) throws(BoundError) -> ErrorBound
  ) throws(BoundError) -> (bounds: [ErrorBound], unanswered: [Variation]) {
    var (bounds, unanswered) = ([ErrorBound](), [Variation]())
    for analysis in analyses {
      do { bounds.append(try bound(analysis)) } catch {
        guard case .beyondFloats = error else { throw error }
        unanswered.append(analysis.variation)
      }
    }
    return (bounds, unanswered)
  }
}
