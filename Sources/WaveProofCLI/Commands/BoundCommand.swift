import ArgumentParser
import Foundation
import WaveProof

struct BoundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bound", abstract: "Bounds the error of every update, from above by proof and from below by a witness."
  )
  @OptionGroup var model: ModelArgument
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var common: CommonOptions
  @Option var variation: [String] = []
  @Option var at: String = "zero"
  @Option var reference: ReferenceFrame = .error
  @Option var fresh: Int = 1000
  @Flag var function = false
  @Option var ratio: String?
  @Option var budget: Double = 10

  func run() throws {
    let status = try CommandFailure.reporting {
      let loaded = try model.load(needsWeights: true)
      let architecture = loaded.architecture
      let network = try Network(architecture)
      let timing = try TimingAnalysis(architecture, schedule.make(for: architecture), period: schedule.period)
      let nominal =
        at == "zero"
        ? NominalFrame.zero(architecture)
        : NominalFrame(try FrameStream(json: InputFile.read(at), for: architecture, named: at))
      for text in variation {
        let v = try Variation(.window, input: try Rational(parsing: text))
        let analysis = ErrorAnalysis(
          network, timing, v, round: nominal, reference: reference, precision: common.precision, freshSymbols: fresh)
        let clock = ContinuousClock()
        let start = clock.now
        var worst = 0.0
        for edge in architecture.edges.indices { worst = max(worst, try analysis.upper(edge).entries.maximum) }
        let took = clock.now - start
        var low = 0.0
        for edge in architecture.edges.indices {
          let b = try analysis.bound(
            edge, effort: BoundEffort(ratio: try ratio.map { try Rational(parsing: $0) }, budget: budget))
          let l = b.lower.map { Interval($0.value, precision: 53).ball.middle } ?? 0
          low = max(low, l)
          print(
            " ", b.name, Interval(b.upper, precision: 53).ball.middle, l,
            Interval(b.upper, precision: 53).ball.middle / l, b.method)
        }
        print("TOTAL", architecture.name, text, worst, low, worst / low, took, clock.now - start)
      }
      return Int32(0)
    }
    if status != 0 { throw ExitCode(status) }
  }
}
extension ReferenceFrame: ExpressibleByArgument {}
