import ExactArithmetic
import Foundation

extension FrameStream {
  /// Reads a CSV stream: a header such as `u.0,u.1,y.0`, then one row per tick; cells are exact decimals or fractions.
  ///
  /// A column is named by its input or output, a dot and the index of the unit; names may hold dots themselves. Spaces
  /// round a number and empty lines are passed over.
  /// - Throws: `NetworkError` with line and column, or the column that is missing.
  public init(csv data: Data, for architecture: Architecture, named name: String) throws(NetworkError) {
    let bytes = try FileText.bytes(data, named: name)
    let columns = (architecture.inputNodes + architecture.outputNodes).map { node in
      (0..<node.width).map { Name("\(node.name).\($0)") }
    }
    let series: [Name: [Rational]]
    let ticks: Int
    do throws(FileFault) {
      (series, ticks) = try Self.series(String(decoding: bytes, as: UTF8.self), Set(columns.joined()))
    } catch {
      throw error.error(in: bytes, named: name)
    }
    if let missing = columns.joined().first(where: { series[$0] == nil }) {
      throw NetworkError("\(name): the header lacks the column \"\(missing)\"")
    }
    let rows = columns.map { units in
      (0..<ticks).map { tick in Vector(units.map { series[$0]?[tick] ?? .zero }) }
    }
    do throws(NetworkError) {
      try self.init(
        inputs: Array(rows[..<architecture.inputCount]), targets: Array(rows[architecture.inputCount...]),
        for: architecture)
    } catch {
      throw NetworkError("\(name): \(error.message)")
    }
  }

  private static func series(
    _ text: String, _ known: Set<Name>
  ) throws(FileFault) -> (series: [Name: [Rational]], ticks: Int) {
    let read = try CSVText.rows(text)
    let lines = (read.rows + [read.rest]).filter { $0.count > 1 || !($0.first?.trimmed.isEmpty ?? true) }
    guard let header = lines.first else { throw FileFault(at: 0, "the file is empty; it begins with a header") }
    var series: [Name: [Rational]] = [:]
    for cell in header {
      let column = known.contains(Name(cell.text)) ? Name(cell.text) : Name(cell.trimmed)
      guard known.contains(column) else {
        let nearest = Spelling.nearest(to: cell.trimmed, among: known.sorted().map(\.text))
        throw FileFault(
          at: cell.offset,
          "column \(cell.text.debugDescription) is no unit of an input or output of this model; the "
            + "nearest is \"\(nearest)\"")
      }
      guard series.updateValue([], forKey: column) == nil else {
        throw FileFault(at: cell.offset, "the column \"\(column)\" stands twice")
      }
    }
    let order = header.map { known.contains(Name($0.text)) ? Name($0.text) : Name($0.trimmed) }
    for line in lines.dropFirst() {
      guard line.count == order.count else {
        throw FileFault(at: line[0].offset, "this line has \(line.count) cells, the header \(order.count)")
      }
      for (column, cell) in zip(order, line) {
        do throws(NumberError) { series[column]?.append(try Rational(parsing: cell.trimmed)) } catch {
          throw FileFault(at: cell.offset, "column \"\(column)\": \(error)")
        }
      }
    }
    return (series, lines.count - 1)
  }

  /// The CSV form, exact numbers: `init(csv:for:named:)` reads an equal stream back.
  public func csv(for architecture: Architecture) -> Data {
    let columns = (architecture.inputNodes + architecture.outputNodes).flatMap { node in
      (0..<node.width).map { "\(node.name).\($0)" }
    }
    let rows = (0..<ticks).map { tick in
      CSVText.line((inputs + targets).flatMap { $0[tick].elements.map(\.description) })
    }
    return Data((CSVText.line(columns) + rows.joined()).utf8)
  }
}

extension CSVText.Cell {
  fileprivate var trimmed: String { text.trimmingCharacters(in: .whitespaces) }
}
