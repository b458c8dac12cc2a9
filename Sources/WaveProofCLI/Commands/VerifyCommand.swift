import ArgumentParser
import WaveProof

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Proves or refutes, edge by edge, that the update is the gradient of one frame.",
    discussion: """
      Asks about the edges given by --edge, or else about those that the synchronization theorem names: where all \
      forward delays from the inputs and all backward delays from the outputs are one number.
      With --variation V (or --rate v) the error of every edge is bounded, too. Without, V = 1/100 round zero is taken in \
      networks of up to 2000 weights and 64 edges, at edges where error and input are each of one frame, which is quick.
      """)

  @OptionGroup var model: ModelArgument
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var variation: VariationOptions
  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "An edge to ask about, as from->to; may be repeated.")
  var edge: [String] = []

  @Option(help: "What exact means: per frame, per output-time, or accumulated over a finite signal.")
  var sense: ExactnessSense = .frame

  mutating func validate() throws {
    guard try variation.variations().count <= 1 else {
      throw ValidationError("verify takes one --variation or --rate; bound takes several")
    }
  }

  func run() throws {
    guard sense == .frame else { return try runSense() }
    let status = try CommandFailure.reporting {
      let loaded = try model.load(needsWeights: true)
      let architecture = loaded.architecture
      let timing = try TimingAnalysis(architecture, schedule.make(for: architecture), period: schedule.period)
      let asked = try askedEdges(timing)
      var decision = try NetworkDecision(timing)
      decision.seed = common.seed
      decision.precision = common.precision
      decision.threads = common.threads
      let progress = Progress(isShown: common.showsProgress)
      let decisions = try decision.decide(Array(architecture.edges.indices)) { settled in
        progress.show("\(settled) of \(architecture.edges.count) edges settled")
      }
      let bounds = try VerifyBounds(variation, common)(timing, decision.network, progress)
      progress.clear()
      let report = VerifyReport(
        timing: timing, asked: asked, askedByName: !edge.isEmpty, decisions: decisions,
        readings: schedule.schedule == "diffusion" ? ReadingSummary.all(of: architecture) : [], bounds: bounds.byEdge,
        question: bounds.question, notes: loaded.notes + bounds.notes, style: common.style)
      try ResultWriter(common).write(report.rendered(common.format))
      return report.exitStatus
    }
    if status != 0 { throw ExitCode(status) }
  }

  /// The senses in which an update belongs to output times, not to frames; without `--edge`, about every edge.
  private func runSense() throws {
    let status = try CommandFailure.reporting {
      let loaded = try model.load(needsWeights: true)
      let architecture = loaded.architecture
      if let loop = LoopDelay(architecture) {
        throw NetworkError(
          "no finite memory makes updates exact on the cycle \(loop.nodes.joined(separator: " -> ")): round trips take "
            + "\(loop.ticks) ticks more each time round; for a fixed input see waveproof cyclic")
      }
      let timing = try TimingAnalysis(architecture, schedule.make(for: architecture), period: schedule.period)
      let asked = edge.isEmpty ? Array(architecture.edges.indices) : try askedEdges(timing)
      var decision = try SenseDecision(timing, sense)
      decision.seed = common.seed
      decision.precision = common.precision
      let progress = Progress(isShown: common.showsProgress)
      let decisions = try decision.decide(Array(architecture.edges.indices)) { settled in
        progress.show("\(settled) of \(architecture.edges.count) edges settled")
      }
      progress.clear()
      let report = SenseReport(
        timing: timing, sense: sense, asked: asked, decisions: decisions, notes: loaded.notes, style: common.style)
      try ResultWriter(common).write(report.rendered(common.format))
      return report.exitStatus
    }
    if status != 0 { throw ExitCode(status) }
  }

  private func askedEdges(_ timing: TimingAnalysis) throws -> [Int] {
    guard edge.isEmpty else { return try EdgeSelection.indices(edge, in: timing) }
    if schedule.schedule == "diffusion" { return try TimingAnalysis.namedByTheorem(timing.architecture) }
    return timing.synchronous.map(\.edge)
  }
}

extension ExactnessSense: ExpressibleByArgument {}
