import ArgumentParser
import Foundation
import WaveProof

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Runs the waves exactly: every activity, error, update and static gradient.")

  @OptionGroup var model: ModelArgument
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var common: CommonOptions

  @Option(help: "A stream file, *.json or *.csv; - reads stdin.")
  var stream: String

  @Option(help: "How many ticks to run (default: as many as the stream has).")
  var ticks: Int?

  mutating func validate() throws {
    guard ticks.map({ $0 >= 1 }) ?? true else { throw ValidationError("--ticks is at least 1") }
  }

  func run() throws {
    try CommandFailure.reporting {
      let architecture = try model.load(needsWeights: true).architecture
      let timing = try TimingAnalysis(architecture, schedule.make(for: architecture))
      let network = try Network(architecture)
      let frames = try InputFile.stream(stream, for: architecture)
      let count = ticks ?? frames.ticks
      guard count <= frames.ticks else {
        throw NetworkError("--ticks \(count): the stream has \(frames.ticks) ticks; ask for 1 to \(frames.ticks)")
      }
      if ExactCost(network).isAffordable {
        try run(Rational.self, network, timing, frames, count, in: ExactContext())
      } else {
        try run(Interval.self, network, timing, frames, count, in: IntervalContext(precision: common.precision))
      }
    }
  }

  private func run<S: NetworkScalar & WitnessScalar>(
    _ type: S.Type, _ network: Network, _ timing: TimingAnalysis, _ frames: FrameStream, _ count: Int,
    in context: S.Context
  ) throws {
    let machine = TickMachine<S>(
      network, timing.schedule, frames: Frames(frames, in: context), in: context)
    let writer = try ResultWriter(common)
    try TraceReport(timing: timing, machine: machine, ticks: count, format: common.format).run(writer.write)
  }
}
