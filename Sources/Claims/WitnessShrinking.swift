import ExactArithmetic
import Networks

/// Makes a witness small: fewest numbers that are not zero, then smallest numbers, then fewest ticks.
///
/// Every step keeps the stream a witness, by asking; so the result is one whatever the search did. It is a local minimum:
/// no single number can be made zero.
struct WitnessShrinking {
  /// Whether a stream is still a witness.
  let isWitness: (FrameStream) -> Bool

  /// - Parameter budget: the most streams tried.
  func shrunk(_ start: FrameStream, budget: Int) -> FrameStream {
    // Long streams have so many places that even listing them again and again would take long.
    guard budget > 0 else { return start }
    var best = start
    var remaining = budget
    func attempt(_ candidate: FrameStream) -> Bool {
      guard remaining > 0, candidate != best else { return false }
      remaining -= 1
      guard isWitness(candidate) else { return false }
      best = candidate
      return true
    }
    var chunk = places(best).count
    while chunk >= 1 {
      var index = 0
      while remaining > 0 {
        let open = places(best)
        guard index < open.count else { break }
        let group = open[index..<min(index + chunk, open.count)]
        if !attempt(best.replacing(group.map { ($0, 0) })) { index += chunk }
      }
      chunk /= 2
    }
    for place in places(best) {
      let value = best[place]
      for smaller in [1, -1, 2, -2] as [Rational] where smaller.complexity < value.complexity {
        if attempt(best.replacing([(place, smaller)])) { break }
      }
    }
    return best
  }

  /// Where a number of the stream is not zero.
  private func places(_ stream: FrameStream) -> [FrameStream.Place] {
    var places: [FrameStream.Place] = []
    for (isTarget, rows) in [(false, stream.inputs), (true, stream.targets)] {
      for (signal, series) in rows.enumerated() {
        for (tick, row) in series.enumerated() {
          for (unit, value) in row.elements.enumerated() where !value.isZero {
            places.append(.init(isTarget: isTarget, signal: signal, tick: tick, unit: unit))
          }
        }
      }
    }
    return places
  }
}

extension FrameStream {
  struct Place: Hashable {
    let isTarget: Bool
    let signal: Int
    let tick: Int
    let unit: Int

    /// The row that the number stands in.
    var row: Place { Place(isTarget: isTarget, signal: signal, tick: tick, unit: 0) }
  }

  subscript(place: Place) -> Rational {
    (place.isTarget ? targets : inputs)[place.signal][place.tick][place.unit]
  }

  func replacing(_ changes: [(Place, Rational)]) -> FrameStream {
    var copy = self
    for (row, places) in Dictionary(grouping: changes, by: { $0.0.row }) {
      var elements = (row.isTarget ? copy.targets : copy.inputs)[row.signal][row.tick].elements
      for (place, value) in places { elements[place.unit] = value }
      if row.isTarget {
        copy.targets[row.signal][row.tick] = Vector(elements)
      } else {
        copy.inputs[row.signal][row.tick] = Vector(elements)
      }
    }
    return copy
  }
}

extension Rational {
  /// Bits to write a number: what "smallest numbers" compares.
  var complexity: Int { numerator.bitWidth + denominator.bitWidth + (sign < 0 ? 1 : 0) }
}
