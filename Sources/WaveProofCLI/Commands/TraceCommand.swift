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

  @Option(name: .long, help: "An edge whose updates and gradients are written; may be repeated (default: all).")
  var edge: [String] = []

  @Flag(help: "Activities and errors of nodes alone: no updates and no gradients, which are as large as dense weights.")
  var signals = false

  mutating func validate() throws {
    guard ticks.map({ $0 >= 1 }) ?? true else { throw ValidationError("--ticks is at least 1") }
    guard !signals || edge.isEmpty else { throw ValidationError("give --edge or --signals, not both") }
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
        if let excess = MemoryCap.standard.enclosures(architecture, precision: common.precision) { throw excess }
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
    let edges = signals ? [] : edge.isEmpty ? nil : try EdgeSelection.indices(edge, in: timing.architecture)
    let report = TraceReport(timing: timing, machine: machine, ticks: count, edges: edges, format: common.format)
    if let excess = report.excess() { throw excess }
    let writer = try ResultWriter(common)
    try report.run(writer.write)
  }
}
