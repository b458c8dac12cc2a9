import ExactArithmetic

/// A linear map by compressed rows, whose entries are named by their place in a weight tensor.
///
/// So one structure serves weights of every element type, and a convolution is written down without multiplying.
struct LinearStructure: Sendable {
  let columns: Int
  private(set) var rowStarts = [0]
  private(set) var columnIndices: [Int] = []
  private(set) var places: [Int] = []

  /// - Throws: if the map would be too large.
  init(rows: Int, columns: Int, entriesPerRow: Int) throws(OperatorProblem) {
    let (entries, overflow) = rows.multipliedReportingOverflow(by: entriesPerRow)
    try Shape.checkSize(overflow ? Int.max : max(entries, rows), "the exact map of \(rows) rows")
    self.columns = columns
    rowStarts.reserveCapacity(rows + 1)
    columnIndices.reserveCapacity(entries)
    places.reserveCapacity(entries)
  }

  mutating func append(column: Int, place: Int) {
    columnIndices.append(column)
    places.append(place)
  }

  mutating func endRow() { rowStarts.append(columnIndices.count) }

  var rows: Int { rowStarts.count - 1 }

  /// For each place of the weights the class of all rows that use it, −1 for none; `nil` if rows of two classes do.
  func commonClass(ofRows classes: [Int], placeCount: Int) -> [Int]? {
    var result = [Int](repeating: -1, count: placeCount)
    for row in 0..<rows {
      for index in rowStarts[row]..<rowStarts[row + 1] {
        let place = places[index]
        if result[place] < 0 { result[place] = classes[row] }
        guard result[place] == classes[row] else { return nil }
      }
    }
    return result
  }

  /// Every entry of rows × columns is there, in order.
  private var isFull: Bool {
    columns > 0 && columnIndices.count == rows * columns
      && columnIndices.indices.allSatisfy { columnIndices[$0] == $0 % columns }
  }

  /// The map with these weights, after the selection `gather` of a node of `width` elements if there is one.
  func map(weights: TensorValues, after gather: [Int]? = nil, width: Int) throws(OperatorProblem) -> LinearMap {
    let values = weights.gathered(places)
    if let gather { return try selecting(values, gather: gather, width: width) }
    do throws(NumberError) {
      switch values {
      case .doubles(let doubles) where isFull:
        return try LinearMap(rows: rows, columns: columns, doubles: doubles)
      case .doubles(let doubles):
        return try LinearMap(
          rows: rows, columns: columns, rowStarts: rowStarts, columnIndices: columnIndices, doubles: doubles)
      default:
        if isFull { return LinearMap(Matrix(rows: rows, columns: columns, elements: values.rationals)) }
        return selectingAll(values.rationals)
      }
    } catch {
      throw .malformed(error.message)
    }
  }

  private func selectingAll(_ values: [Rational]) -> LinearMap {
    var entries: [(row: Int, column: Int, value: Rational)] = []
    entries.reserveCapacity(values.count)
    for row in 0..<rows {
      for index in rowStarts[row]..<rowStarts[row + 1] { entries.append((row, columnIndices[index], values[index])) }
    }
    return LinearMap(rows: rows, columns: columns, entries: entries)
  }

  /// The structure with its columns renamed by `gather`, those that it leaves out dropped.
  private func selecting(_ values: TensorValues, gather: [Int], width: Int) throws(OperatorProblem) -> LinearMap {
    var renamed = try LinearStructure(rows: rows, columns: width, entriesPerRow: 0)
    var kept: [Int] = []
    for row in 0..<rows {
      for index in rowStarts[row]..<rowStarts[row + 1] where gather[columnIndices[index]] >= 0 {
        renamed.append(column: gather[columnIndices[index]], place: kept.count)
        kept.append(index)
      }
      renamed.endRow()
    }
    return try renamed.map(weights: values.gathered(kept), width: width)
  }
}
