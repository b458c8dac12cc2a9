import ExactArithmetic
import Foundation

extension FrameStream {
  /// Reads a CSV stream: a header such as `u.0,u.1,y.0`, then one row per tick; cells are exact decimals or fractions.
  ///
  /// A column is named by its input or output, a dot and the index of the unit; names may hold dots themselves.
  /// - Throws: `NetworkError` naming the column or the line.
  public init(csv text: String, for architecture: Architecture, named name: String) throws(NetworkError) {
    let lines = text.split(omittingEmptySubsequences: true) { $0.isNewline }
    guard let header = lines.first else { throw NetworkError("\(name): the file is empty") }
    let columns = Self.cells(header)
    var values: [String: [Rational]] = [:]
    for (index, line) in lines.dropFirst().enumerated() {
      let cells = Self.cells(line)
      guard cells.count == columns.count else {
        throw NetworkError("\(name): line \(index + 2) has \(cells.count) cells, the header \(columns.count)")
      }
      for (column, cell) in zip(columns, cells) {
        do { values[column, default: []].append(try Rational(parsing: cell)) } catch {
          throw NetworkError("\(name): line \(index + 2), column \(column): \(error)")
        }
      }
    }
    guard Set(columns).count == columns.count else { throw NetworkError("\(name): two columns have the same name") }
    var known = Set<String>()
    func rows(_ nodes: [Node]) throws(NetworkError) -> [String: [[Rational]]] {
      var rows: [String: [[Rational]]] = [:]
      for node in nodes {
        var series: [[Rational]] = []
        for unit in 0..<node.width {
          let column = "\(node.name).\(unit)"
          known.insert(column)
          guard columns.contains(column) else {
            throw NetworkError("\(name): the header lacks the column \"\(column)\"")
          }
          series.append(values[column] ?? [])
        }
        rows[node.name] = (0..<(lines.count - 1)).map { tick in series.map { $0[tick] } }
      }
      return rows
    }
    let inputs = try rows(Array(architecture.nodes[..<architecture.inputCount]))
    let targets = try rows(architecture.outputs.map { architecture.nodes[$0] })
    if let unknown = columns.first(where: { !known.contains($0) }) {
      throw NetworkError("\(name): column \"\(unknown)\" is no unit of an input or output of this model")
    }
    try self.init(named: inputs, targets: targets, for: architecture, file: name)
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
    }
  }
}
