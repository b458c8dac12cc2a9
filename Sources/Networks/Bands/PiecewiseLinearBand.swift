import ExactArithmetic

/// Encloses f(a) − λ a over an interval for an f of straight pieces: exact at the ends of every piece.
struct PiecewiseLinearBand {
  let band: Interval

  init(_ function: DriveFunction, slope: Double, over range: Interval) {
    let activation = function.activation
    let (low, high) = (range.lower, range.upper)
    let kinks = activation.kinks.filter { low < $0 && $0 < high }
    let points = [low] + kinks + [high]
    guard let slope = try? Rational(exactly: slope) else { preconditionFailure("a slope of \(slope)") }
    var values: [Rational] = []
    switch function.order {
    case .value:
      values = points.map { activation.value(at: $0) - slope * $0 }
    case .slope:
      for (start, end) in zip(points, points.dropFirst()) {
        // One slope on the open piece; at its left end, where the kink is, that of the piece before.
        let piece = activation.slope(at: start == end ? start : (start + end) / 2)
        values += [piece - slope * start, piece - slope * end]
      }
      for point in points { values.append(activation.slope(at: point) - slope * point) }
    }
    band = Interval(
      lower: values.min() ?? 0, upper: values.max() ?? 0, precision: range.precision)
  }
}
