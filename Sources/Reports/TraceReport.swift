import Claims
import ExactArithmetic
import Networks
import Timing
import Waves

/// Writes a run tick by tick, as it is computed, so that an interrupted run keeps what it printed.
public struct TraceReport<S: NetworkScalar & WitnessScalar> {
  let timing: TimingAnalysis
  let machine: TickMachine<S>
  let ticks: Int
  let format: OutputFormat

  public init(timing: TimingAnalysis, machine: TickMachine<S>, ticks: Int, format: OutputFormat) {
    self.timing = timing
    self.machine = machine
    self.ticks = ticks
    self.format = format
  }

  /// - Parameter write: takes one piece of the result after the other.
  /// - Throws: `NetworkError` when the stream is too short for the schedule.
  public func run(_ write: (String) -> Void) throws(NetworkError) {
    switch format {
    case .json: try runJSON(write)
    case .text, .csv, .markdown, .latex: try runTable(write)
    }
  }

  private func runJSON(_ write: (String) -> Void) throws(NetworkError) {
    let head = JSONValue.object(ResultHead.members("trace", timing)).text
    write(head.dropLast() + ",\"ticks\":[")
    for tick in 0..<ticks {
      write((tick == 0 ? "\n" : ",\n") + (try state(at: tick)).text)
      machine.forget(before: tick)
    }
    write("\n],\"gradients\":[")
    for frame in 0..<ticks {
      let pass = try machine.staticPass(at: frame)
      let members = machine.network.architecture.edges.map {
        JSONMember(key: $0.name, value: .matrix(Self.written(pass.gradient(of: $0))))
      }
      write(
        (frame == 0 ? "\n" : ",\n") + JSONValue.object(["frame": .integer(frame), "gradient": .object(members)]).text)
    }
    write("\n]}\n")
  }

  private func state(at tick: Int) throws(NetworkError) -> JSONValue {
    let architecture = machine.network.architecture
    var activities: [JSONMember] = []
    var deltas: [JSONMember] = []
    for (index, node) in architecture.nodes.enumerated() {
      activities.append(JSONMember(key: node.name, value: Self.json(try machine.activity(index, at: tick))))
      guard !node.isInput else { continue }
      deltas.append(JSONMember(key: node.name, value: Self.json(try machine.delta(index, at: tick))))
    }
    var updates: [JSONMember] = []
    var errors: [JSONMember] = []
    for (index, edge) in architecture.edges.enumerated() {
      updates.append(JSONMember(key: edge.name, value: .matrix(Self.written(try machine.update(index, at: tick)))))
      let (frame, error) = try self.error(of: index, at: tick)
      errors.append(
        JSONMember(key: edge.name, value: .object(["frame": .integer(frame), "maximum": .number(error)])))
    }
    return .object([
      "t": .integer(tick), "x": .object(activities), "delta": .object(deltas), "update": .object(updates),
      "error": .object(errors),
    ])
  }

  /// Max norm of update − gradient, against the frame of the error wave (its oldest, where several meet).
  private func error(of edge: Int, at tick: Int) throws(NetworkError) -> (frame: Int, error: WitnessNumber) {
    let lag = timing.edges[edge].errorLags.maximum ?? timing.edges[edge].inputLags.maximum ?? 0
    let frame = max(tick - lag, 0)
    let gradient = try machine.staticPass(at: frame).gradient(of: machine.network.architecture.edges[edge])
    let update = try machine.update(edge, at: tick)
    var lower: Rational = 0
    var upper: Rational = 0
    for (left, right) in zip(update.storage.elements, gradient.storage.elements) {
      switch (left - right).witnessNumber {
      case .exact(let value):
        lower = max(lower, value.magnitude)
        upper = max(upper, value.magnitude)
      case .enclosed(let low, let high):
        lower = max(lower, low, -high)
        upper = max(upper, low.magnitude, high.magnitude)
      }
    }
    return (frame, lower == upper ? .exact(lower) : .enclosed(lower: lower, upper: upper))
  }

  private func runTable(_ write: (String) -> Void) throws(NetworkError) {
    let cells = ["tick", "signal", "value"]
    if format == .csv { write(Table(header: cells).rendered(.csv)) }
    for tick in 0..<ticks {
      var rows: [[String]] = []
      let architecture = machine.network.architecture
      for (index, node) in architecture.nodes.enumerated() {
        rows += Self.rows(tick, "x(\(node.name))", try machine.activity(index, at: tick))
        if !node.isInput { rows += Self.rows(tick, "delta(\(node.name))", try machine.delta(index, at: tick)) }
      }
      for (index, edge) in architecture.edges.enumerated() {
        for (row, values) in Self.written(try machine.update(index, at: tick)).enumerated() {
          for (column, value) in values.enumerated() {
            rows.append([String(tick), "g(\(edge.name))[\(row)][\(column)]", Self.text(value)])
          }
        }
        let (frame, error) = try self.error(of: index, at: tick)
        rows.append([String(tick), "max|g(\(edge.name)) - gradient of frame \(frame)|", Self.text(error)])
      }
      let rendered = Table(header: cells, rows: rows).rendered(format)
      write(format == .csv ? String(rendered.dropFirst(cells.joined(separator: ",").count + 1)) : rendered + "\n")
      machine.forget(before: tick)
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

  private static func written(_ matrix: Matrix<S>) -> [[WitnessNumber]] {
    (0..<matrix.rows).map { row in (0..<matrix.columns).map { matrix[row, $0].witnessNumber } }
  }
}
