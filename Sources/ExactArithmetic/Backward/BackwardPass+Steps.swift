extension BackwardPass {
  /// Through a linear map: coefficients times the map, row by row.
  mutating func multiply(_ source: [Double], by map: RoundedMap, into place: Int) {
    let (count, width) = (map.rows, map.columns)
    let reach = reaches[place]
    // Per output of the map: Σ |w| reach, and what rounding the weights has lost of it.
    var (sizes, losses) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for output in 0..<count {
      for index in map.starts[output]..<map.starts[output + 1] {
        sizes[output] += map.values[index].magnitude * reach[map.places[index]]
        if !map.errors.isEmpty { losses[output] += map.errors[index] * reach[map.places[index]] }
      }
    }
    let isNew = coefficients[place].isEmpty
    var held = take(place)
    for row in 0..<rows {
      var (size, loss) = (0.0, 0.0)
      if !isNew {
        for index in 0..<width { size += held[row * width + index].magnitude * reach[index] }
      }
      for output in 0..<count {
        let factor = source[row * count + output]
        guard factor != 0 else { continue }
        size += factor.magnitude * sizes[output]
        loss += factor.magnitude * losses[output]
      }
      rounded[row] += size * Double(count + 2)
      slack[row] += loss
    }
    Self.accumulate(source, map, into: &held, rows)
    coefficients[place] = held
    steps += 2 * (count + width)
    underflow += Double(count * width) * 0x1p-1072 * (1 + reach.reduce(0, +))
  }

  /// held += source · map
  private static func accumulate(_ source: [Double], _ map: RoundedMap, into held: inout [Double], _ rows: Int) {
    let (count, width) = (map.rows, map.columns)
    unsafe held.withUnsafeMutableBufferPointer { held in
      unsafe source.withUnsafeBufferPointer { source in
        unsafe map.values.withUnsafeBufferPointer { values in
          unsafe map.places.withUnsafeBufferPointer { places in
            for row in 0..<rows {
              for output in 0..<count {
                let factor = unsafe source[row * count + output]
                guard factor != 0 else { continue }
                for index in map.starts[output]..<map.starts[output + 1] {
                  unsafe held[row * width + places[index]] += factor * values[index]
                }
              }
            }
          }
        }
      }
    }
  }

  /// Through rows between planes: each replaced by one plane of the side that its coefficient needs.
  mutating func relax(_ source: [Double], _ place: Int, _ operation: TapeNode.RowOperation) {
    let count = operation.firstRows.count
    let first = self.place(operation.first)
    let second = operation.second.map(self.place)
    var held = take(first)
    // Both operands may be the same node.
    let isSame = second == first
    var other = second.map { isSame ? [] : take($0) } ?? []
    let (width, otherWidth) = (reaches[first].count, second.map { reaches[$0].count } ?? 0)
    for row in 0..<rows {
      for index in 0..<count {
        let factor = source[row * count + index]
        guard factor != 0 else { continue }
        let table = factor > 0 ? operation.below : operation.above
        let (firstRow, secondRow) = (operation.firstRows[index], second == nil ? 0 : operation.secondRows[index])
        var choice = table.starts[index]
        if table.starts[index + 1] - choice > 1 {
          choice = choose(
            table, index, row: row, factor: factor, own: (place, index), first: (first, firstRow),
            second: second.map { ($0, secondRow) })
        }
        let plane = table.planes[choice]
        let part = factor * plane.constant
        constants[row] += part
        magnitudes[row] += part.magnitude
        let term = factor * plane.first
        let sum = held[row * width + firstRow] + term
        held[row * width + firstRow] = sum
        rounded[row] += (term.magnitude + sum.magnitude) * reaches[first][firstRow]
        if let second {
          let term = factor * plane.second
          let sum: Double
          if isSame {
            sum = held[row * width + secondRow] + term
            held[row * width + secondRow] = sum
          } else {
            sum = other[row * otherWidth + secondRow] + term
            other[row * otherWidth + secondRow] = sum
          }
          rounded[row] += (term.magnitude + sum.magnitude) * reaches[second][secondRow]
        }
      }
    }
    coefficients[first] = held
    if let second, !isSame { coefficients[second] = other }
    steps += 6 * count
    let reach = reaches[first].reduce(1, +) + (second.map { reaches[$0].reduce(0, +) } ?? 0)
    underflow += Double(4 * count) * 0x1p-1072 * reach
  }

  /// The plane that leaves the largest lower bound, as far as the linear parts tell; the residual is moved to it.
  ///
  /// Nothing but a choice depends on this: every plane is sound.
  private mutating func choose(
    _ table: PlaneTable, _ index: Int, row: Int, factor: Double, own: (node: Int, row: Int),
    first: (node: Int, row: Int), second: (node: Int, row: Int)?
  ) -> Int {
    let columns = symbols.count
    var (best, most) = (table.starts[index], -Double.infinity)
    let base = row * columns
    let (g, p) = (own.row * columns, first.row * columns)
    let q = (second?.row ?? 0) * columns
    for column in 0..<columns { residual[base + column] -= factor * generators[own.node][g + column] }
    for candidate in table.starts[index]..<table.starts[index + 1] {
      let plane = table.planes[candidate]
      var value = factor * plane.constant
      let (a, b) = (factor * plane.first, factor * plane.second)
      for column in 0..<columns {
        var sum = residual[base + column] + a * generators[first.node][p + column]
        if let second { sum += b * generators[second.node][q + column] }
        value -= sum.magnitude
      }
      if value > most { (best, most) = (candidate, value) }
    }
    let plane = table.planes[best]
    let (a, b) = (factor * plane.first, factor * plane.second)
    for column in 0..<columns {
      residual[base + column] += a * generators[first.node][p + column]
      if let second { residual[base + column] += b * generators[second.node][q + column] }
    }
    return best
  }
}
