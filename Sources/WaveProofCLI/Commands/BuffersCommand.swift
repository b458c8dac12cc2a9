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

  @Flag(help: "Add the table of registers against mismatch.")
  var tradeOff = false

  @Option(help: "Write the repaired schedule to this file; - is stdout, and then the report goes to -o only.")
  var scheduleOut: String?

  mutating func validate() throws {
    guard schedule.period == nil else { throw ValidationError("--period does not apply to buffers") }
  }

  func run() throws {
    try CommandFailure.reporting {
      let loaded = try model.load(needsWeights: false)
      let architecture = loaded.architecture
      let latencies = try schedule.latencies(of: architecture)
      let request = try request(architecture)
      let result = try RegisterSynthesis.solve(architecture, latencies, request)
      if let scheduleOut { try write(result, architecture, to: scheduleOut) }
      guard scheduleOut != "-" || common.output != nil else { return }
      let report = BuffersReport(
        architecture, latencies, request, result,
        edgeDelays: EdgeDelayRepair(architecture, latencies, edges: request.edges),
        tradeOff: tradeOff ? try RegisterTradeOff(architecture, latencies, request) : nil,
        notes: loaded.notes + Self.notes(architecture))
      try ResultWriter(common).write(report.rendered(common.format))
    }
  }

  private func request(_ architecture: Architecture) throws -> RegisterRequest {
    var request = RegisterRequest(allEdgesOf: architecture)
    if !edge.isEmpty {
      request.edges = []
      for index in try architecture.edges(named: edge) where !request.edges.contains(index) {
        request.edges.append(index)
      }
    }
    request.shared += try shared.map { list throws(NetworkError) in try architecture.sharedClass(named: list).edges }
    request.caps = try cap.map { try CapArgument.parse($0, architecture) }
    request.countsSlopes = !productsOnly
    request.countsTargets = countTargets
    return request
  }

  private func write(_ result: RegisterResult, _ architecture: Architecture, to path: String) throws {
    guard case .plan(let plan) = result else {
      throw NetworkError("--schedule-out: no registers repair this; run without it to see the loop that forbids it")
    }
    if let late = plan.schedule.firstUnreadable {
      throw NetworkError("--schedule-out: a lag of \(late) ticks; a schedule file holds at most 1000000")
    }
    let data = Data((JSONValue.schedule(plan.schedule, of: architecture).text + "\n").utf8)
    if path == "-" {
      try FileHandle.standardOutput.write(contentsOf: data)
    } else {
      do { try data.write(to: URL(fileURLWithPath: path)) } catch {
        throw NetworkError("cannot write to \"\(path)\"; check the folder and its permissions")
      }
    }
  }

  /// What the counts rest on where an operator is known by name only.
  private static func notes(_ architecture: Architecture) -> [String] {
    guard architecture.nodes.contains(where: \.activation.isOpaque) else { return [] }
    return ["σ′ of an operator without values is taken to need a register chain of the node's own width"]
  }
}
