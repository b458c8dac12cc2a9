internal import Synchronization

/// A linear map in floats, with what rounding its entries has lost: |exact − value| ≤ error, entry by entry.
///
/// A generator of enclosures, never a result: whoever uses it adds the errors.
struct RoundedMap: Sendable {
  let rows: Int
  let columns: Int
  /// Row r holds the entries starts[r] ..< starts[r + 1].
  let starts: [Int]
  let places: [Int]
  let values: [Double]
  /// Empty where every entry is a float exactly.
  let errors: [Double]

  init(_ map: LinearMap) {
    var (starts, places, values, errors): ([Int], [Int], [Double], [Double]) = ([0], [], [], [])
    var isExact = true
    var row = 0
    map.forEachNonzero { at, column, value in
      while row < at {
        starts.append(places.count)
        row += 1
      }
      let ball = Interval(value, precision: 53).ball
      places.append(column)
      values.append(ball.middle)
      errors.append(ball.radius)
      if ball.radius != 0 { isExact = false }
    }
    while row < map.rows {
      starts.append(places.count)
      row += 1
    }
    (rows, columns) = (map.rows, map.columns)
    self.starts = starts
    self.places = places
    self.values = values
    self.errors = isExact ? [] : errors
  }

  private init(
    rows: Int, columns: Int, starts: [Int], places: [Int], values: [Double], errors: [Double]
  ) {
    (self.rows, self.columns) = (rows, columns)
    (self.starts, self.places, self.values, self.errors) = (starts, places, values, errors)
  }

  /// The transpose, its entries ordered by row again.
  var transpose: RoundedMap {
    var counts = [Int](repeating: 0, count: columns + 1)
    for place in places { counts[place + 1] += 1 }
    for column in 0..<columns { counts[column + 1] += counts[column] }
    var next = counts
    var places = [Int](repeating: 0, count: self.places.count)
    var values = [Double](repeating: 0, count: self.places.count)
    var errors = [Double](repeating: 0, count: self.errors.count)
    for row in 0..<rows {
      for index in starts[row]..<starts[row + 1] {
        let target = next[self.places[index]]
        next[self.places[index]] += 1
        places[target] = row
        values[target] = self.values[index]
        if !errors.isEmpty { errors[target] = self.errors[index] }
      }
    }
    return RoundedMap(
      rows: columns, columns: rows, starts: counts, places: places, values: values, errors: errors)
  }
}

/// A rounded map and its transpose, made when first asked for and shared by all copies of the exact map.
final class RoundedMapCache: Sendable {
  private let made = Mutex<(forward: RoundedMap, transposed: RoundedMap)?>(nil)

  func map(of exact: LinearMap, transposed: Bool) -> RoundedMap {
    made.withLock { made in
      if let known = made { return transposed ? known.transposed : known.forward }
      let forward = RoundedMap(exact)
      let both = (forward, forward.transpose)
      made = both
      return transposed ? both.1 : both.0
    }
  }
}
