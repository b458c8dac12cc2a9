import ExactArithmetic

/// Lines below and above σ or σ′ over the range of a form, as candidates for backward linear bounds.
///
/// Slopes are picked in floats: of the lines that support the function from below (above), the one that is highest
/// (lowest) in the middle of the range, so that it leaves the least area; of the chord; and at a kink or jump, of the
/// pieces beside it. Each is then made rigorous by its band, so that a bad slope costs width and never soundness.
struct SupportLines {
  private(set) var below: [SupportPlane] = []
  private(set) var above: [SupportPlane] = []

  /// - Parameters:
  ///   - centre: of the drive; `low` and `high` are the ends of its deviation from it.
  ///   - result: the centre from which deviations of the function are counted.
  init(_ function: DriveFunction, centre: Interval, low: Double, high: Double, result: Interval) {
    let line = function.line(centre: centre, low: low, high: high)
    add(line.slope, line.band, centre, result)
    guard high - low > Self.narrow, !line.band.isPoint else { return }
    let ends = centre.widened(low: low, high: high).doubles
    guard ends.lower.isFinite, ends.upper.isFinite else { return }
    // A wide range: 64 bits of it cost nothing that is seen, and half the time.
    let range = Interval(point: ends.lower, precision: 64).hull(Interval(point: ends.upper, precision: 64))
    let slopes = Set(function.supportSlopes(from: ends.lower, to: ends.upper)).subtracting([line.slope])
    // In one order: which of two lines that are equally good comes first shows in what is rounded.
    for slope in slopes.sorted() {
      add(slope, function.band(slope: slope, over: range), centre, result)
    }
    below = Self.best(below, low, high, isBelow: true)
    above = Self.best(above, low, high, isBelow: false)
  }

  /// Below this width one line serves for both sides: slopes differ by no more than the width times a curvature.
  static let narrow = 0x1p-6

  private mutating func add(_ slope: Double, _ band: Interval, _ centre: Interval, _ result: Interval) {
    let ends = (centre.scaled(by: slope) + band - result).doubles
    below.append(SupportPlane(first: slope, constant: ends.lower))
    above.append(SupportPlane(first: slope, constant: ends.upper))
  }

  /// Those that are not worse than another at both ends of the range.
  private static func best(
    _ planes: [SupportPlane], _ low: Double, _ high: Double, isBelow: Bool
  ) -> [SupportPlane] {
    let sign = isBelow ? 1.0 : -1.0
    let ends = planes.map { plane in
      (sign * (plane.first * low + plane.constant), sign * (plane.first * high + plane.constant))
    }
    return planes.indices.filter { index in
      !planes.indices.contains { other in
        let (p, q) = (ends[index], ends[other])
        guard q.0 >= p.0, q.1 >= p.1 else { return false }
        return q.0 > p.0 || q.1 > p.1 || other < index
      }
    }.map { planes[$0] }
  }
}

extension DriveFunction {
  /// Slopes worth trying over a range, in floats: guesses, made sound by their bands.
  func supportSlopes(from low: Double, to high: Double) -> [Double] {
    guard low < high, low.isFinite, high.isFinite else { return [] }
    let slopes = isPiecewiseLinear ? pieceSlopes(low, high) : hullSlopes(low, high)
    return slopes.filter(\.isFinite)
  }

  /// The slopes of the pieces (for σ), or of lines through one jump and an end of the range (for σ′).
  private func pieceSlopes(_ low: Double, _ high: Double) -> [Double] {
    let kinks = activation.kinks.map { Interval($0, precision: 53).ball.middle }.filter { low < $0 && $0 < high }
    let points = [low] + kinks + [high]
    let pieces = zip(points, points.dropFirst()).map { estimate($0 / 2 + $1 / 2, .slope) }
    switch order {
    case .value: return pieces
    case .slope:
      var slopes = [0.0]
      for (index, kink) in kinks.enumerated() {
        let jump = pieces[index + 1] - pieces[index]
        slopes += [jump / (high - kink), jump / (kink - low)]
      }
      return slopes
    }
  }

  private func estimate(_ place: Double, _ order: Order) -> Double {
    estimates([place], order)[0]
  }

  private func estimates(_ places: [Double], _ order: Order) -> [Double] {
    let drive = Vector<Estimate>(storage: EstimateRun(values: places))
    let context = EstimateContext()
    return order == .value
      ? Estimate.apply(activation, to: drive, in: context).storage.values
      : Estimate.slope(activation, at: drive, in: context).storage.values
  }

  /// The slopes, at the middle of the range, of the convex hull of the graph from below and from above.
  private func hullSlopes(_ low: Double, _ high: Double) -> [Double] {
    let count = 32
    let places = (0...count).map { low + (high - low) * (Double($0) / Double(count)) }
    let values = estimates(places, order)
    return [1.0, -1.0].map { sign in
      var hull: [Int] = []
      for next in places.indices {
        while hull.count >= 2 {
          let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
          let turn =
            (places[b] - places[a]) * (values[next] - values[a]) - (places[next] - places[a]) * (values[b] - values[a])
          guard sign * turn <= 0 else { break }
          hull.removeLast()
        }
        hull.append(next)
      }
      let middle = count / 2
      let right = hull.first { $0 >= middle } ?? count
      let left = hull.last { $0 <= middle } ?? 0
      // A corner of the hull: the tangent there.
      let (a, b) = left == right ? (middle - 1, middle + 1) : (left, right)
      return (values[b] - values[a]) / (places[b] - places[a])
    }
  }
}
