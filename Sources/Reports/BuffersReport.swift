import Networks
import Timing
import Waves

/// The result of `buffers` in every format: registers per node and edge, or the loop that forbids them.
public struct BuffersReport: Sendable {
  public let architecture: Architecture
  /// The schedule that is repaired.
  public let latencies: Schedule
  public let request: RegisterRequest
  public let result: RegisterResult
  /// Whether delays on edges alone would do, with no memory at products, errors given from outside, σ linear.
  public let edgeDelays: EdgeDelayRepair?
  public let tradeOff: RegisterTradeOff?
  public let withoutRegisters: BestWithoutRegisters?
  public let notes: [String]

  public init(
    _ architecture: Architecture, _ latencies: Schedule, _ request: RegisterRequest, _ result: RegisterResult,
    edgeDelays: EdgeDelayRepair? = nil, tradeOff: RegisterTradeOff? = nil,
    withoutRegisters: BestWithoutRegisters? = nil, notes: [String] = []
  ) {
    self.architecture = architecture
    self.latencies = latencies
    self.request = request
    self.result = result
    self.edgeDelays = edgeDelays
    self.tradeOff = tradeOff
    self.withoutRegisters = withoutRegisters
    self.notes = notes
  }

  public func rendered(_ format: OutputFormat) -> String {
    switch format {
    case .json: json.text + "\n"
    case .text: text
    case .csv, .markdown, .latex:
      switch result {
      case .plan(let plan): nodeTable(plan, everyNode: true).rendered(format)
      case .impossible(let obstacle): cycleTable(obstacle).rendered(format)
      }
    }
  }

  var depth: Int? { (try? architecture.layers())?.max() }

  func nodeTable(_ plan: RegisterPlan, everyNode: Bool) -> Table {
    let shown = architecture.nodes.indices.filter { everyNode || plan.registers(at: $0) > 0 }
    return Table(
      header: ["node", "width", "x ticks", "δ ticks", "registers"],
      rows: shown.map { node in
        [
          architecture.nodes[node].name, String(architecture.nodes[node].width), String(plan.activityTicks[node]),
          String(plan.errorTicks[node]), String(plan.registers(at: node)),
        ]
      }, rightAligned: [1, 2, 3, 4])
  }

  func edgeTable(_ plan: RegisterPlan) -> Table {
    Table(
      header: ["edge", "p", "d", "forward +", "backward +"],
      rows: plan.edges.map { edge in
        [
          architecture.edges[edge].name, String(plan.schedule.inputMemory[edge]),
          String(plan.schedule.errorMemory[edge]), String(plan.addedForward[edge]), String(plan.addedBackward[edge]),
        ]
      }, rightAligned: [1, 2, 3, 4])
  }

  func cycleTable(_ obstacle: RegisterObstacle) -> Table {
    Table(
      header: ["from", "to", "at least ticks later", "because"],
      rows: obstacle.steps.map { [$0.from, $0.to, String($0.ticks), $0.because] }, rightAligned: [2])
  }
}
