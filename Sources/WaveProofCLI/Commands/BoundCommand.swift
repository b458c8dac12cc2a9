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

  mutating func validate() throws {
    guard try !variation.variations().isEmpty else {
      throw ValidationError("give --variation V (frames within V) or --rate v (v per tick): how much the frames vary")
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
      let edges = edge.isEmpty ? Array(timing.edges.indices) : try EdgeSelection.indices(edge, in: timing)
      let report = BoundReport(
        timing, question, edges: edges, format: common.format, style: common.style, sampling: try sampling.sampling())
      let files = try WitnessFiles(folder: witnessDir, worst: witness, architecture)
      let writer = try ResultWriter(common)
      let progress = Progress(isShown: common.showsProgress)
      let entries = Collected<BoundReport.Entry>()
      let (analyses, effort, function) = (question.analyses(network, timing), question.effort, function)
      let global = global
      writer.write(report.head)
      progress.show("0 of \(edges.count) edges bounded")
      try ParallelMap(threads: common.threads).forEach(edges) { edge in
        let bounds = try analyses.map { try $0.bound(edge, effort: effort) }
        let constants = try function ? analyses.first?.firstOrder(edge) : nil
        return BoundReport.Entry(
          bounds: bounds, files: try files.write(bounds), function: constants,
          formulas: try global ? analyses.map { try $0.globalBound(edge) } : [])
      } deliver: { entry in
        progress.clear()
        writer.write(report.edge(entry, position: entries.count))
        entries.append(entry)
        progress.show("\(entries.count) of \(edges.count) edges bounded")
      }
      progress.clear()
      try files.writeWorst(entries.all)
      writer.write(report.foot(entries.all, notes: loaded.notes))
    }
  }
}
