internal import Synchronization

/// A linear map in floats, with what rounding its entries has lost: |exact − value| ≤ error, entry by entry.
///
/// A generator of enclosures, never a result: whoever uses it adds the errors.
struct RoundedMap: Sendable {
  let rows: Int
  let columns: Int
  /// Row r holds the entries starts[r] ..< starts[r + 1].
  let starts: [Int]
  let places: [Int32]
  let values: [Double]
  /// Empty where every entry is a float exactly.
  let errors: [Double]

  init(_ map: LinearMap) {
    var (values, errors): ([Double], [Double]) = ([], [])
    (rows, columns) = (map.rows, map.columns)
    if case .sparse(let starts, let places) = map.pattern {
      // The places of the map itself, held once.
      (self.starts, self.places) = (starts, places)
    } else {
      var (starts, places) = ([Int](repeating: 0, count: map.rows + 1), [Int32]())
      map.forEachPlace { row, column in
        starts[row + 1] += 1
        places.append(Int32(column))
      }
      for row in 0..<map.rows { starts[row + 1] += starts[row] }
      (self.starts, self.places) = (starts, places)
    }
    values.reserveCapacity(places.count)
    let integers = map.values.integers
    for index in 0..<integers.count where integers.sizes[index] != 0 {
      if let exact = integers.double(index) {
        values.append(exact)
        if !errors.isEmpty { errors.append(0) }
      } else {
        let ball = Interval(map.values[index], precision: 53).ball
        if errors.isEmpty, ball.radius != 0 { errors = [Double](repeating: 0, count: values.count) }
        values.append(ball.middle)
        if !errors.isEmpty || ball.radius != 0 { errors.append(ball.radius) }
      }
    }
    self.values = values
    precondition(values.count == places.count, "a sparse map holds a zero: its values would stand at other places")
    self.errors = errors
  }

  private init(
    rows: Int, columns: Int, starts: [Int], places: [Int32], values: [Double], errors: [Double]
  ) {
    (self.rows, self.columns) = (rows, columns)
    (self.starts, self.places, self.values, self.errors) = (starts, places, values, errors)
  }

  /// The transpose, its entries ordered by row again.
  var transpose: RoundedMap {
    var counts = [Int](repeating: 0, count: columns + 1)
    for place in places { counts[Int(place) + 1] += 1 }
    for column in 0..<columns { counts[column + 1] += counts[column] }
    var next = counts
    var places = [Int32](repeating: 0, count: self.places.count)
    var values = [Double](repeating: 0, count: self.places.count)
    var errors = [Double](repeating: 0, count: self.errors.count)
    for row in 0..<rows {
      for index in starts[row]..<starts[row + 1] {
        let column = Int(self.places[index])
        let target = next[column]
        next[column] += 1
        places[target] = Int32(row)
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
