import ErrorBounds
import ExactArithmetic
import Networks
import Timing
import Waves

/// All rows of a sweep, in their order, before anything is computed.
public struct SweepPlan: Sendable {
  /// A schedule on a network, or why it does not apply there.
  public struct Case: Sendable {
    let network: Network
    let name: String
    let slope: String
    let error: String
    let timing: Swift.Result<TimingAnalysis, NetworkError>

    /// - Parameters:
    ///   - name: the schedule as it was asked for.
    ///   - reading: for `diffusion`.
    ///   - schedule: made for the network, or why it does not apply to it.
    public init(
      _ network: Network, named name: String, reading: Reading?, _ schedule: Swift.Result<Schedule, NetworkError>
    ) {
      self.network = network
      self.name = name
      slope = reading?.slope.rawValue ?? ""
      let timing = schedule.flatMap { schedule in
        Swift.Result { () throws(NetworkError) in try TimingAnalysis(network.architecture, schedule) }
      }
      self.timing = timing
      error = reading?.error.rawValue ?? (try? timing.get().schedule.errorSource.rawValue) ?? ""
    }
  }

  /// What one row is computed from.
  struct Item: Sendable {
    let question: SweepQuestion
    /// Edges that the row is about; the worst one is shown.
    let edges: [Int]
    var row: SweepRow
  }

  let items: [Item]
  public let sweep: String

  /// - Parameters:
  ///   - questions: on each case's network: the same ones, each with one variation.
  ///   - perEdge: a row for every edge instead of one for the worst.
  public init(
    _ cases: [Case], perEdge: Bool, questions: (Network) throws -> [BoundQuestion]
  ) throws {
    var items: [Item] = []
    var fingerprint = Fingerprint()
    for entry in cases {
      let architecture = entry.network.architecture
      fingerprint.add(JSONValue.model(architecture).text)
      fingerprint.add("\(entry.name) \((try? entry.timing.get().schedule).map { "\($0)" } ?? "refused")")
      for question in try questions(entry.network) {
        fingerprint.add("\(question.variations) \(question.members) \(question.nominal) \(question.effort)")
        fingerprint.add("\(question.precision) \(question.freshSymbols.map(String.init) ?? "auto") \(perEdge)")
        let shared = SweepQuestion(entry, question)
        let edges = Array(architecture.edges.indices)
        for edges in perEdge ? edges.map({ [$0] }) : [edges] {
          items.append(Item(question: shared, edges: edges, row: Self.row(entry, question, edges, architecture)))
        }
      }
    }
    let sweep = fingerprint.text
    let count = items.count
    self.sweep = sweep
    self.items = items.enumerated().map { index, item in
      var item = item
      item.row.row = index
      item.row.of = count
      item.row.sweep = sweep
      return item
    }
  }

  private static func row(
    _ entry: Case, _ question: BoundQuestion, _ edges: [Int], _ architecture: Architecture
  ) -> SweepRow {
    let variation = question.variations.first
    return SweepRow(
      row: 0, of: 0, sweep: "", network: architecture.name, depth: (try? architecture.layers().max()) ?? 0,
      schedule: entry.name, slope: entry.slope, error: entry.error, reference: question.reference.rawValue,
      norm: question.norm.rawValue, at: question.place, kind: variation?.kindName ?? "",
      variation: variation?.input ?? 0, target: variation?.target ?? 0,
      edge: edges.count == 1 ? architecture.edges[edges[0]].name : "")
  }

  public var count: Int { items.count }

  /// The rows whose number leaves this remainder, in order: a part of the work that others do not do.
  public func shard(_ index: Int, of count: Int) -> [Int] { items.indices.filter { $0 % count == index } }
}

extension BoundQuestion {
  /// `zero`, the stream file, or `LO,HI`.
  var place: String {
    switch origin {
    case .zero: "zero"
    case .stream(let file): file
    case .domain(let lower, let upper): "\(lower),\(upper)"
    }
  }
}

/// A short mark of a long text: FNV-1a, 64 bits. It tells sweeps apart by accident only, which is its whole use.
struct Fingerprint {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 + [0] { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  /// 16 hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
