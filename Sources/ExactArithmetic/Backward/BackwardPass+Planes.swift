extension BackwardPass {
  /// Through rows between planes: each replaced by one plane of the side that its coefficient needs.
  mutating func relax(_ source: [Double], _ place: Int, _ operation: TapeNode.RowOperation) {
    let count = operation.firstRows.count
    let first = self.place(operation.first)
    let second = operation.second.map(self.place)
    // Rows of both operands side by side; one part where both are the same node, or there is only one.
    var held = take(first)
    let isSame = second == first
    var other = second.map { isSame ? [] : take($0) } ?? []
    let (width, otherWidth) = (reaches[first].count, second.map { reaches[$0].count } ?? 0)
    let (reach, otherReach) = (reaches[first], second.map { reaches[$0] } ?? [])
    var chooser = PlaneChooser(
      columns: symbols.count, own: generators[place], first: generators[first],
      second: second.map { generators[$0] } ?? [], firstLoose: loose[first], secondLoose: second.map { loose[$0] } ?? []
    )
    for row in 0..<rows {
      chooser.residual = Array(residual[row * symbols.count..<(row + 1) * symbols.count])
      var (constant, magnitude, size) = (0.0, 0.0, 0.0)
      for index in 0..<count {
        let factor = source[row * count + index]
        guard factor != 0 else { continue }
        let table = factor > 0 ? operation.below : operation.above
        let firstRow = operation.firstRows[index]
        let firstPlace = row * width + firstRow
        let secondRow = second == nil ? 0 : operation.secondRows[index]
        let secondPlace = row * (isSame ? width : otherWidth) + secondRow
        var choice = table.starts[index]
        if table.starts[index + 1] - choice > 1 {
          choice = chooser.choose(
            table, index, factor: factor, firstRow: firstRow, secondRow: second == nil ? nil : secondRow,
            held: held[firstPlace], other: second == nil ? 0 : isSame ? held[secondPlace] : other[secondPlace])
        }
        let plane = table.planes[choice]
        let part = factor * plane.constant
        constant += part
        magnitude += part.magnitude
        let term = factor * plane.first
        let sum = held[firstPlace] + term
        held[firstPlace] = sum
        size += (term.magnitude + sum.magnitude) * reach[firstRow]
        guard second != nil else { continue }
        let otherTerm = factor * plane.second
        let otherSum = (isSame ? held[secondPlace] : other[secondPlace]) + otherTerm
        if isSame { held[secondPlace] = otherSum } else { other[secondPlace] = otherSum }
        size += (otherTerm.magnitude + otherSum.magnitude) * otherReach[secondRow]
      }
      constants[row] += constant
      magnitudes[row] += magnitude + constants[row].magnitude
      rounded[row] += size
      for column in symbols.indices { residual[row * symbols.count + column] = chooser.residual[column] }
    }
    coefficients[first] = held
    if let second, !isSame { coefficients[second] = other }
    steps += 6 * count + 2
    underflow += Double(4 * count) * 0x1p-1072 * (reach.reduce(1, +) + otherReach.reduce(0, +))
  }
}

/// Picks a plane by what it leaves of the whole bound, as far as linear parts and known ranges tell.
///
/// Nothing but a choice depends on this: every plane is sound.
struct PlaneChooser {
  let columns: Int
  /// Generators, row by row: of the row that is replaced, and of its operands.
  let own: [Double]
  let first: [Double]
  let second: [Double]
  /// How far operands can be from their linear parts.
  let firstLoose: [Double]
  let secondLoose: [Double]
  /// The coefficients of the symbols that the right side has in its linear part.
  var residual: [Double] = []

  /// The plane that leaves the largest lower bound; the residual is moved to it.
  mutating func choose(
    _ table: PlaneTable, _ index: Int, factor: Double, firstRow: Int, secondRow: Int?, held: Double, other: Double
  ) -> Int {
    var (best, most) = (table.starts[index], -Double.infinity)
    for column in 0..<columns { residual[column] -= factor * own[index * columns + column] }
    for candidate in table.starts[index]..<table.starts[index + 1] {
      let plane = table.planes[candidate]
      let (a, b) = (factor * plane.first, factor * plane.second)
      var cost = (held + a).magnitude * firstLoose[firstRow] - factor * plane.constant
      if let secondRow {
        cost += (other + b).magnitude * secondLoose[secondRow]
        for column in 0..<columns {
          cost +=
            (residual[column] + a * first[firstRow * columns + column] + b * second[secondRow * columns + column])
            .magnitude
        }
      } else {
        for column in 0..<columns { cost += (residual[column] + a * first[firstRow * columns + column]).magnitude }
      }
      if -cost > most { (best, most) = (candidate, -cost) }
    }
    let plane = table.planes[best]
    let (a, b) = (factor * plane.first, factor * plane.second)
    for column in 0..<columns { residual[column] += a * first[firstRow * columns + column] }
    if let secondRow {
      for column in 0..<columns { residual[column] += b * second[secondRow * columns + column] }
    }
    return best
  }
}
