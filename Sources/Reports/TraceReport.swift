import Claims
import ErrorBounds
import ExactArithmetic
import Networks
import Timing
import Waves

/// Writes a run tick by tick, as it is computed, so that an interrupted run keeps what it printed.
public struct TraceReport<S: NetworkScalar & WitnessScalar> {
  let timing: TimingAnalysis
  let machine: TickMachine<S>
  let ticks: Int
  /// Whose updates, errors and gradients are written.
  let edges: [Int]
  let format: OutputFormat

  /// - Parameter edges: all by default; none for signals alone.
  public init(
    timing: TimingAnalysis, machine: TickMachine<S>, ticks: Int, edges: [Int]? = nil, format: OutputFormat
  ) {
    self.timing = timing
    self.machine = machine
    self.ticks = ticks
    self.edges = edges ?? Array(timing.edges.indices)
    self.format = format
  }

  private var architecture: Architecture { machine.network.architecture }

  /// About how much is written, and what would be held of it: `nil` where both fit.
  ///
  /// Numbers take some twenty letters. JSON and CSV are written row by row; a table of a tick is laid out as a whole.
  public func excess(memory: MemoryCap = .standard, printed: MemoryCap = .printed) -> MemoryExcess? {
    let nodes = architecture.nodes
    let units = nodes.reduce(0) { $0 + 2 * Double($1.width) }
    let entries = edges.reduce(0) { sum, edge in
      let ends = architecture.edges[edge]
      return sum + Double(nodes[ends.target].width) * Double(nodes[ends.source].width)
    }
    let text = 20 * Double(ticks) * (units + (format == .json ? 2 : 1) * entries)
    if let excess = printed.excess(.trace, asked: text) { return excess }
    let isLaidOut = format != .json && format != .csv
    return isLaidOut ? memory.excess(.traceTable, asked: 300 * (units + entries)) : nil
  }

  /// - Parameter write: takes one piece of the result after the other.
  /// - Throws: `NetworkError` when the stream is too short for the schedule.
  public func run(_ write: (String) -> Void) throws(NetworkError) {
    switch format {
    case .json: try runJSON(write)
    case .text, .csv, .markdown, .latex: try runTable(write)
    }
  }

  /// No later tick reads more; passes of older frames are made again for the gradients at the end.
  private func forget(before tick: Int) {
    machine.forget(before: tick)
    machine.forgetPasses(before: tick - timing.fill)
  }

  private func runJSON(_ write: (String) -> Void) throws(NetworkError) {
    let head = JSONValue.object(ResultHead.members("trace", timing)).text
    write(head.dropLast() + ",\"ticks\":[")
    for tick in 0..<ticks {
      write(tick == 0 ? "\n" : ",\n")
      try writeState(at: tick, write)
      forget(before: tick)
    }
    write("\n],\"gradients\":[")
    for frame in 0..<ticks {
      let pass = try machine.staticPass(at: frame)
      write((frame == 0 ? "\n" : ",\n") + "{\"frame\":\(frame),\"gradient\":{")
      for (position, edge) in edges.enumerated() {
        let ends = architecture.edges[edge]
        write((position == 0 ? "" : ",") + JSONValue.string(ends.name).text + ":[")
        Self.writeRows(pass.deltas[ends.target], pass.activities[ends.source], write)
        write("]")
      }
      write("}}")
      machine.forgetPasses(before: frame)
    }
    write("\n]}\n")
  }

  /// One tick, matrices row by row.
  private func writeState(at tick: Int, _ write: (String) -> Void) throws(NetworkError) {
    var activities: [JSONMember] = []
    var deltas: [JSONMember] = []
    for (index, node) in architecture.nodes.enumerated() {
      activities.append(JSONMember(key: node.name, value: Self.json(try machine.activity(index, at: tick))))
      guard !node.isInput else { continue }
      deltas.append(JSONMember(key: node.name, value: Self.json(try machine.delta(index, at: tick))))
    }
    let signals = JSONValue.object(["t": .integer(tick), "x": .object(activities), "delta": .object(deltas)])
    write(signals.text.dropLast() + ",\"update\":{")
    var errors: [JSONMember] = []
    for (position, edge) in edges.enumerated() {
      let (name, (delta, input)) = (timing.edges[edge].name, try machine.updateFactors(edge, at: tick))
      write((position == 0 ? "" : ",") + JSONValue.string(name).text + ":[")
      Self.writeRows(delta, input, write)
      write("]")
      let (frame, error) = try self.error(of: edge, at: tick)
      errors.append(JSONMember(key: name, value: .object(["frame": .integer(frame), "maximum": .number(error)])))
    }
    write("},\"error\":" + JSONValue.object(errors).text + "}")
  }

  private static func writeRows(_ column: Vector<S>, _ row: Vector<S>, _ write: (String) -> Void) {
    for index in 0..<column.count {
      write((index == 0 ? "" : ",") + json(Vector(storage: column.outer(row, rows: index..<index + 1).storage)).text)
    }
  }

  /// Max norm of update − gradient, against the frame of the error wave (its oldest, where several meet).
  private func error(of edge: Int, at tick: Int) throws(NetworkError) -> (frame: Int, error: WitnessNumber) {
    let lag = timing.edges[edge].errorLags.maximum ?? timing.edges[edge].inputLags.maximum ?? 0
    let frame = max(tick - lag, 0)
    let (pass, ends) = (try machine.staticPass(at: frame), architecture.edges[edge])
    let (delta, input) = try machine.updateFactors(edge, at: tick)
    let difference = ErrorProducts(terms: [
      .init(
        delta: delta, activity: input, ownDelta: pass.deltas[ends.target], ownActivity: pass.activities[ends.source])
    ])
    var lower: Rational = 0
    var upper: Rational = 0
    difference.forEachBlock(most: 1 << 12) { _, block in
      for value in block.elements {
        switch value.witnessNumber {
        case .exact(let value):
          lower = max(lower, value.magnitude)
          upper = max(upper, value.magnitude)
        case .enclosed(let low, let high):
          lower = max(lower, low, -high)
          upper = max(upper, low.magnitude, high.magnitude)
        }
      }
    }
    return (frame, lower == upper ? .exact(lower) : .enclosed(lower: lower, upper: upper))
  }

  private func runTable(_ write: (String) -> Void) throws(NetworkError) {
    let cells = ["tick", "signal", "value"]
    if format == .csv { write(Table(header: cells).rendered(.csv)) }
    for tick in 0..<ticks {
      var rows: [[String]] = []
      /// A table is laid out by its widest cell; lines of CSV stand alone.
      func finish() {
        let rendered = Table(header: cells, rows: rows).rendered(format)
        write(format == .csv ? String(rendered.dropFirst(cells.joined(separator: ",").count + 1)) : rendered + "\n")
        rows = []
      }
      for (index, node) in architecture.nodes.enumerated() {
        rows += Self.rows(tick, "x(\(node.name))", try machine.activity(index, at: tick))
        if !node.isInput { rows += Self.rows(tick, "delta(\(node.name))", try machine.delta(index, at: tick)) }
      }
      for edge in edges {
        let (name, (delta, input)) = (timing.edges[edge].name, try machine.updateFactors(edge, at: tick))
        for row in 0..<delta.count {
          for (column, value) in delta.outer(input, rows: row..<row + 1).elements.enumerated() {
            rows.append([String(tick), "g(\(name))[\(row)][\(column)]", Self.text(value.witnessNumber)])
          }
          if format == .csv { finish() }
        }
        let (frame, error) = try self.error(of: edge, at: tick)
        rows.append([String(tick), "max|g(\(name)) - gradient of frame \(frame)|", Self.text(error)])
      }
      finish()
      forget(before: tick)
    }
  }

  private static func rows(_ tick: Int, _ name: String, _ vector: Vector<S>) -> [[String]] {
    vector.elements.enumerated().map { [String(tick), "\(name)[\($0.offset)]", text($0.element.witnessNumber)] }
  }

  private static func text(_ number: WitnessNumber) -> String {
    switch number {
    case .exact(let value): value.description
    case .enclosed(let lower, let upper): "[\(lower), \(upper)]"
    }
  }

  private static func json(_ vector: Vector<S>) -> JSONValue {
    .array(vector.elements.map { .number($0.witnessNumber) })
  }
}
