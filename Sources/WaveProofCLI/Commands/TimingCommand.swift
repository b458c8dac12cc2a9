import ArgumentParser
import WaveProof

struct TimingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timing", abstract: "Lags, mismatch, spread, synchrony and causality of every edge; needs no weights.")

  @OptionGroup var model: ModelArgument
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var sampling: SamplingOptions
  @OptionGroup var common: CommonOptions

  @Flag(
    inversion: .prefixedNo,
    help: "List in JSON the slope lags of every node below each edge (default: up to 4 million pairs of them).")
  var slopes: Bool?

  @Option(name: .long, help: "Edges that share one weight, as first,second,…; may be repeated.")
  var shared: [String] = []

  func run() throws {
    try CommandFailure.reporting {
      let loaded = try model.load(needsWeights: false)
      let timing = try TimingAnalysis(
        loaded.architecture, schedule.make(for: loaded.architecture), period: schedule.period)
      let architecture = loaded.architecture
      let affordable = architecture.edges.count <= 4_000_000 / architecture.nodes.count
      var notes = loaded.notes
      if slopes == nil, !affordable, common.format == .json {
        notes.append("slopeLags are left out on a graph of this size; --slopes lists them")
      }
      let classes =
        try architecture.sharedClasses
        + shared.map { try EdgeSelection.shared($0, in: architecture) }
      let report = TimingReport(
        timing, listsSlopes: slopes ?? affordable, notes: notes, shared: classes.map { SharedTiming(timing, $0) },
        sampling: try sampling.sampling())
      try ResultWriter(common).write(report.rendered(common.format))
    }
  }
}
