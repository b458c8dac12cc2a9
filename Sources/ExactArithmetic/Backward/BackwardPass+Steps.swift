extension BackwardPass {
  /// Through a linear map: coefficients times the map, row by row.
  mutating func multiply(_ source: [Double], by map: RoundedMap, into place: Int) {
    let (count, width) = (map.rows, map.columns)
    let reach = reaches[place]
    // Per output of the map: Σ |w| reach, and what rounding the weights has lost of it.
    var (sizes, losses) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for output in 0..<count {
      for index in map.starts[output]..<map.starts[output + 1] {
        sizes[output] += map.values[index].magnitude * reach[Int(map.places[index])]
        if !map.errors.isEmpty { losses[output] += map.errors[index] * reach[Int(map.places[index])] }
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
                  unsafe held[row * width + Int(places[index])] += factor * values[index]
                }
              }
            }
          }
        }
      }
    }
  }
}
