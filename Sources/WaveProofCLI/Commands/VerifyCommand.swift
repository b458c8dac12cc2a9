import ArgumentParser
import WaveProof

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Proves or refutes, edge by edge, that the update is the gradient of one frame.",
    discussion: """
      Asks about the edges given by --edge, --layer or --expect, or else about those that the synchronization theorem \
      names: where all forward delays from the inputs and all backward delays from the outputs are one number. Edges that \
      share a weight are one claim, about their sum.
      With --variation V (or --rate v) the error of every edge is bounded, too. Without, V = 1/100 round zero is taken in \
      networks of up to 2000 weights and 64 edges, at edges where error and input are each of one frame, which is quick.
      Exit status: 0 every claim holds, 1 one is refuted, 2 one is undecided, 3 nothing was asked.
      """)

  @OptionGroup var model: ModelArgument
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var claims: ClaimOptions
  @OptionGroup var variation: VariationOptions
  @OptionGroup var common: CommonOptions

  @Option(
    help: """
      What exact means: the gradient of the frame a fixed delay ago, of one frame whichever, of one output-time, or \
      accumulated over a finite signal.
      """)
  var sense: ExactnessSense = .delay

  mutating func validate() throws {
    let variations = try variation.variations()
    guard variations.count <= 1 else {
      throw ValidationError("verify takes one --variation or --rate; bound takes several")
    }
    guard try claims.maximumError() == nil || !variations.isEmpty else {
      throw ValidationError("--max-error needs --variation V or --rate v: how much the frames vary")
    }
    guard sense == .delay || sense == .frame || (variations.isEmpty && claims.maxError == nil) else {
      throw ValidationError(
        "--sense \(sense.rawValue) has no error bounds; leave --variation, --rate and --max-error out")
    }
  }

  func run() throws {
    let status = try CommandFailure.reporting {
      let loaded = try model.load(needsWeights: true)
      return sense == .delay || sense == .frame ? try byFrames(loaded) : try byOutputTimes(loaded)
    }
    if status != 0 { throw ExitCode(status) }
  }

  private func byFrames(_ loaded: ModelArgument.Loaded) throws -> Int32 {
    let architecture = loaded.architecture
    let timing = try TimingAnalysis(architecture, schedule.make(for: architecture), period: schedule.period)
    let asked = try asked(timing) {
      schedule.schedule == "diffusion"
        ? try TimingAnalysis.namedByTheorem(architecture) : timing.synchronous.map(\.edge)
    }
    let (edges, classes) = subjects(asked, architecture)
    var decision = try NetworkDecision(timing, sense: sense)
    decision.seed = common.seed
    decision.precision = common.precision
    decision.threads = common.threads
    decision.budget = try variation.effort().budget
    let progress = Progress(isShown: common.showsProgress)
    let decisions = try decision.decide(edges) { settled in
      progress.show("\(settled) of \(edges.count) edges settled")
    }
    let shared = try decision.decide(shared: classes) { settled in
      progress.show("\(settled) of \(classes.count) shared weights settled")
    }
    let folded = folded(loaded, asked).map {
      SharedDecision.open(
        SharedTiming(timing, SharedClass(name: $0.name, edges: $0.edges), folding: $0.reason), because: $0.reason)
    }
    let bounds = try VerifyBounds(variation, common)(timing, edges, decision.network, progress)
    progress.clear()
    let report = VerifyReport(
      timing: timing, sense: sense, asked: asked, askedByName: !claims.isEmpty, decisions: decisions,
      shared: shared + folded,
      readings: schedule.schedule == "diffusion" ? ReadingSummary.all(of: architecture) : [], bounds: bounds.byEdge,
      question: bounds.question, maximumError: try claims.maximumError(), notes: loaded.notes + bounds.notes,
      style: common.style)
    try ResultWriter(common).write(report.rendered(common.format))
    return report.exitStatus
  }

  /// The senses in which an update belongs to output times, not to frames; unasked, about every edge.
  private func byOutputTimes(_ loaded: ModelArgument.Loaded) throws -> Int32 {
    let architecture = loaded.architecture
    if let loop = LoopDelay(architecture) {
      throw NetworkError(
        "no finite memory makes updates exact on the cycle \(loop.nodes.joined(separator: " -> ")): round trips take "
          + "\(loop.ticks) ticks more each time round; for a fixed input see waveproof cyclic")
    }
    let timing = try TimingAnalysis(architecture, schedule.make(for: architecture), period: schedule.period)
    let asked = try asked(timing) { Array(architecture.edges.indices) }
    let (edges, classes) = subjects(asked, architecture)
    var decision = try SenseDecision(timing, sense)
    decision.seed = common.seed
    decision.precision = common.precision
    decision.budget = try variation.effort().budget
    let progress = Progress(isShown: common.showsProgress)
    let parameters = architecture.single(edges) + classes
    let findings = try decision.decide(parameters) { settled in
      progress.show("\(settled) of \(parameters.count) weights settled")
    }
    progress.clear()
    let folded = folded(loaded, asked).map {
      SenseFinding.open(SharedClass(name: $0.name, edges: $0.edges), because: $0.reason)
    }
    let report = SenseReport(
      timing: timing, sense: sense, asked: asked, decisions: Array(findings[..<edges.count]),
      shared: Array(findings[edges.count...]) + folded, notes: loaded.notes, style: common.style)
    try ResultWriter(common).write(report.rendered(common.format))
    return report.exitStatus
  }

  /// Parameters of the model that stand in several edges each in a form of its own: their sums are not decided.
  private func folded(_ loaded: ModelArgument.Loaded, _ asked: [Expectation]) -> [FoldedParameter] {
    loaded.folded.filter { claims.isEmpty || !Set($0.edges).isDisjoint(with: asked.map(\.edge)) }
  }

  private func asked(_ timing: TimingAnalysis, else named: () throws -> [Int]) throws -> [Expectation] {
    guard claims.isEmpty else { return try claims.expectations(in: timing) }
    return try named().map { Expectation(edge: $0) }
  }

  /// What is decided: everything, or the edges that were named, and the shared weights that they are part of.
  private func subjects(_ asked: [Expectation], _ architecture: Architecture) -> (edges: [Int], classes: [SharedClass])
  {
    let classes = architecture.sharedClasses.filter { $0.edges.count > 1 }
    guard !claims.isEmpty else { return (Array(architecture.edges.indices), classes) }
    let edges = Set(asked.map(\.edge))
    return (edges.sorted(), classes.filter { !edges.isDisjoint(with: $0.edges) })
  }
}

extension ExactnessSense: ExpressibleByArgument {}
