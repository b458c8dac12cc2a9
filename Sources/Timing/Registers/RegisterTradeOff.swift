import ExactArithmetic
import Networks
import Waves

/// How much exactness each register buys: the least registers for every tolerated mismatch, and what the repaired
/// schedule then still misses.
///
/// In a row of tolerance k, inputs and slopes may miss the frame of the error by k ticks while all paths stay balanced;
/// the count is the least under these conditions. The last row spends nothing: the schedule as it is.
public struct RegisterTradeOff: Sendable {
  public struct Row: Sendable, Hashable {
    public let tolerance: Int
    public let registers: Int
    /// How many of the chosen edges are synchronous.
    public let exactEdges: Int
    /// The greatest spread at a chosen edge, in ticks.
    public let window: Int
    /// Further columns, such as error bounds, in the order of `columnTitles`; `nil` where there is no finite one.
    public let columns: [Rational?]
  }

  /// A further column: a title and the number that stands under it for a schedule, such as a bound of its error.
  public struct Column {
    /// In JSON.
    public let key: String
    /// In tables.
    public let title: String
    public let cell: (TimingAnalysis) throws -> Rational?

    public init(key: String, title: String, cell: @escaping (TimingAnalysis) throws -> Rational?) {
      self.key = key
      self.title = title
      self.cell = cell
    }
  }

  public let rows: [Row]
  public let columnTitles: [String]
  public let columnKeys: [String]

  /// - Parameters:
  ///   - unrepaired: what runs where nothing is spent, with the same latencies.
  ///   - limit: the most rows before the last; tolerances are then spread evenly.
  /// - Throws: as `RegisterSynthesis.solve`, and what a column throws. Caps that cannot be met end the table early.
  public init(
    _ architecture: Architecture, _ latencies: Schedule, _ request: RegisterRequest, unrepaired: Schedule,
    columns: [Column] = [], limit: Int = 16
  ) throws {
    let chosen = request.completed
    func row(_ tolerance: Int, _ registers: Int, _ schedule: Schedule) throws -> Row {
      let timing = try TimingAnalysis(architecture, schedule)
      let edges = chosen.map { timing.edges[$0] }
      return Row(
        tolerance: tolerance, registers: registers, exactEdges: edges.filter(\.isSynchronous).count,
        window: edges.map(\.spread).max() ?? 0, columns: try columns.map { try $0.cell(timing) })
    }
    let unchanged = try TimingAnalysis(architecture, unrepaired)
    let widest = chosen.map { unchanged.edges[$0].spread }.max() ?? 0
    func plan(_ tolerance: Int) throws -> RegisterPlan? {
      var relaxed = request
      relaxed.tolerance = tolerance
      guard case .plan(let plan) = try RegisterSynthesis.solve(architecture, latencies, relaxed) else { return nil }
      return plan
    }
    var rows: [Row] = []
    let least = try plan(widest)?.registers
    let step = max(1, (widest + limit - 1) / limit)
    for tolerance in stride(from: 0, through: widest, by: step) {
      guard let plan = try plan(tolerance) else { continue }
      rows.append(try row(tolerance, plan.registers, plan.schedule))
      if plan.registers == least { break }
    }
    if rows.last?.registers != 0 { rows.append(try row(widest, 0, unrepaired)) }
    self.rows = rows
    columnTitles = columns.map(\.title)
    columnKeys = columns.map(\.key)
  }
}
