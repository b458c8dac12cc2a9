import ArgumentParser
import Foundation
import WaveProof

struct BuffersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "buffers",
    abstract: "The least delay registers that make edges exact, or the loop that forbids it; needs no weights.",
    discussion: """
      Latencies and the kind of error come from --schedule; the memories p, d, m and the delays on edges are chosen. One \
      register chain a node holds its pre-activation, for products and slopes alike; one chain a node holds δ. \
      --schedule-out writes the repaired schedule for timing, trace and verify.
      """)

  @OptionGroup var model: ModelArgument
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "An edge to make exact, as from->to; may be repeated (default: all edges).")
  var edge: [String] = []

  @Option(name: .long, help: "Edges that share one weight, as first,second,…; may be repeated.")
  var shared: [String] = []

  @Option(
    name: .long,
    help: """
      At most N ticks, as KEY=N or KEY@NAME=N: p, d, forward, backward (of edges), m, n, activity, error (of nodes); \
      may be repeated.
      """)
  var cap: [String] = []

  @Flag(help: "Do not count registers that only σ′ needs.")
  var productsOnly = false

  @Flag(help: "Count the registers that hold targets, too.")
  var countTargets = false

  @Flag(help: "Add what is best without registers, and the table of registers against mismatch.")
  var tradeOff = false

  @Option(help: "For --trade-off on a model with weights: the most by which an input changes in a tick.")
  var rate: String = "1/100"

  @Option(help: "For --trade-off: the interval LO,HI of all inputs and targets.")
  var domain: String = "-1,1"

  @Option(help: "Write the repaired schedule to this file; - is stdout, and then the report goes to -o only.")
  var scheduleOut: String?

  mutating func validate() throws {
    guard schedule.period == nil else { throw ValidationError("--period does not apply to buffers") }
    _ = try rateAndAmplitude()
  }

  func run() throws {
    try CommandFailure.reporting {
      // Weights only add a column of error bounds; a model whose operators have no values does without.
      let loaded = try tradeOff ? model.loadPreferringWeights() : model.load(needsWeights: false)
      let architecture = loaded.architecture
      let latencies = try schedule.latencies(of: architecture)
      let request = try request(architecture)
      let progress = Progress(isShown: common.showsProgress)
      progress.show("\(architecture.edges.count) edges: constraints and flow")
      let result = try RegisterSynthesis.solve(architecture, latencies, request)
      progress.clear()
      if let scheduleOut { try write(result, architecture, to: scheduleOut) }
      guard scheduleOut != "-" || common.output != nil else { return }
      let report = BuffersReport(
        architecture, latencies, request, result,
        edgeDelays: EdgeDelayRepair(architecture, latencies, edges: request.edges),
        tradeOff: tradeOff
          ? try RegisterTradeOff(
            architecture, latencies, request, unrepaired: schedule.unrepaired(architecture),
            columns: columns(architecture, request.edges))
          : nil,
        withoutRegisters: tradeOff ? try withoutRegisters(architecture, latencies, request) : nil,
        notes: loaded.notes + Self.notes(architecture))
      try ResultWriter(common).write(report.rendered(common.format))
    }
  }

  private func request(_ architecture: Architecture) throws -> RegisterRequest {
    var request = RegisterRequest(allEdgesOf: architecture)
    if !edge.isEmpty {
      request.edges = []
      for index in try EdgeSelection.indices(edge, in: architecture) where !request.edges.contains(index) {
        request.edges.append(index)
      }
    }
    request.shared += try shared.map { try EdgeSelection.shared($0, in: architecture).edges }
    request.caps = try cap.map { try CapArgument.parse($0, architecture) }
    request.countsSlopes = !productsOnly
    request.countsTargets = countTargets
    return request
  }

  /// The error bound of the worst chosen edge, each against the frame that it is nearest to.
  private func columns(_ architecture: Architecture, _ edges: [Int]) throws -> [RegisterTradeOff.Column] {
    guard architecture.hasWeights, let network = try? Network(architecture) else { return [] }
    let (rate, amplitude) = try rateAndAmplitude()
    return [
      RegisterTradeOff.Column(key: "errorBound", title: "error at rate \(rate)") { timing in
        guard let bound = RateBound(network, timing.schedule, amplitude: amplitude, rate: rate) else { return nil }
        var worst = Rational(0)
        for edge in edges {
          guard let best = bound.best(of: timing.edges[edge]) else { return nil }
          worst = max(worst, best.bound)
        }
        return worst
      }
    ]
  }

  private func withoutRegisters(
    _ architecture: Architecture, _ latencies: Schedule, _ request: RegisterRequest
  ) throws -> BestWithoutRegisters {
    let cuts = try OpenCut.all(architecture, latencies)
    guard architecture.hasWeights, let network = try? Network(architecture) else {
      return BestWithoutRegisters(cuts: cuts, frames: [])
    }
    let (rate, amplitude) = try rateAndAmplitude()
    let timing = try TimingAnalysis(architecture, schedule.unrepaired(architecture))
    let bound = RateBound(network, timing.schedule, amplitude: amplitude, rate: rate)
    return BestWithoutRegisters(
      cuts: cuts,
      frames: request.edges.map { edge in
        let best = bound?.best(of: timing.edges[edge])
        return .init(edge: edge, reference: best?.reference, bound: best?.bound)
      })
  }

  private func rateAndAmplitude() throws -> (rate: Rational, amplitude: Rational) {
    guard let rate = Rational(rate), rate.sign >= 0 else {
      throw ValidationError("--rate \(rate): write an exact number from 0 on, such as 1/100")
    }
    let ends = domain.split(separator: ",").map { Rational(String($0)) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
      throw ValidationError("--domain \(domain): write LO,HI with exact numbers, LO at most HI, such as -1,1")
    }
    return (rate, max(low.magnitude, high.magnitude))
  }

  private func write(_ result: RegisterResult, _ architecture: Architecture, to path: String) throws {
    guard case .plan(let plan) = result else {
      throw NetworkError("--schedule-out: no registers repair this; run without it to see the loop that forbids it")
    }
    if let late = plan.schedule.firstUnreadable {
      throw NetworkError("--schedule-out: a lag of \(late) ticks; a schedule file holds at most 1000000")
    }
    let writer = try path == "-" ? ResultWriter.standardOutput : ResultWriter(path: path)
    writer.write(JSONValue.schedule(plan.schedule, of: architecture).text + "\n")
  }

  /// What the counts rest on where an operator is known by name only.
  private static func notes(_ architecture: Architecture) -> [String] {
    guard architecture.nodes.contains(where: \.activation.isOpaque) else { return [] }
    return ["σ′ of an operator without values is taken to need a register chain of the node's own width"]
  }
}
