import ArgumentParser
import WaveProof

struct TimingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timing", abstract: "Lags, mismatch, spread, synchrony and causality of every edge; needs no weights.")

  @OptionGroup var model: ModelArgument
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var common: CommonOptions

  @Flag(
    inversion: .prefixedNo,
    help: "List in JSON the slope lags of every node below each edge (quadratic on large deep graphs).")
  var slopes = true

  func run() throws {
    try CommandFailure.reporting {
      let loaded = try model.load(needsWeights: false)
      let timing = try TimingAnalysis(
        loaded.architecture, schedule.make(for: loaded.architecture), period: schedule.period)
      let report = TimingReport(timing, listsSlopes: slopes, notes: loaded.notes)
      try ResultWriter(common).write(report.rendered(common.format))
    }
  }
}
