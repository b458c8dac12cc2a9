import ExactArithmetic

/// Encloses f(a) − λ a over an interval for a smooth f, by pieces on which f is certainly convex or concave.
///
/// On a convex piece the largest value is at an end, and every tangent lies below: the lower bound is a tangent line at
/// a point p near where f′ = λ, whatever p is. So a wrong guess costs width, never soundness. Complexity: a few
/// evaluations a piece.
struct ConvexBand {
  let function: DriveFunction
  let slope: Interval
  private(set) var band: Interval?
  /// Below this a bend is not worth halving for; 0 for functions whose curvature has its sign far out, too.
  private var negligible: Rational = 0

  init(_ function: DriveFunction, slope: Double, over range: Interval) {
    self.function = function
    self.slope = Interval(point: slope, precision: max(range.precision, 64))
    var cuts: [Interval] = []
    for (place, isExact) in function.inflections {
      let reach = isExact ? 0 : 0x1p-40
      for cut in isExact ? [place] : [place - reach, place + reach] {
        let point = Interval(point: cut, precision: range.precision)
        if range.contains(point), !range.isPoint { cuts.append(point) }
      }
    }
    var start = range.lowerPoint
    if SmoothActivation(function.activation) != nil {
      // Tails are so flat that enclosures do not show which way they bend.
      let rise = value(start).hull(value(range.upperPoint)).width
      negligible = max(rise / Rational(1 << 20), Rational(1, over: Integer(1) << 60))
    }
    for cut in cuts + [range.upperPoint] {
      enclose(start, cut, depth: 0)
      start = cut
    }
  }

  /// f(a) − λ a at a point.
  private func value(_ point: Interval) -> Interval {
    function.derivative(0, over: point) - slope * point
  }

  private mutating func include(_ enclosure: Interval) {
    band = band.map { $0.hull(enclosure) } ?? enclosure
  }

  private mutating func enclose(_ start: Interval, _ end: Interval, depth: Int) {
    let piece = start.hull(end)
    if piece.isPoint {
      include(value(start))
      return
    }
    let curvature = function.derivative(2, over: piece)
    let isConvex = curvature.lower.sign >= 0
    if isConvex || curvature.upper.sign <= 0 {
      include(value(start))
      include(value(end))
      include(support(start, end, isConvex: isConvex))
      return
    }
    let reach = (end - start).absoluteValue
    let bend = curvature.absoluteValue * reach.squared()
    if bend.upper < 8 * negligible {
      // |f − chord| ≤ sup|f″| · width²/8.
      let deviation = Interval(lower: -bend.upper / 8, upper: bend.upper / 8, precision: start.precision)
      include(value(start) + deviation)
      include(value(end) + deviation)
      return
    }
    // Neither: halve, and in the end take the mean value form, which holds for every f with bounded f′.
    let width = piece.doubles.upper - piece.doubles.lower
    if depth < 12, width > 0x1p-20 {
      let middle = piece.centred.point
      enclose(start, middle, depth: depth + 1)
      enclose(middle, end, depth: depth + 1)
      return
    }
    let middle = piece.centred.point
    include(value(middle) + (function.derivative(1, over: piece) - slope) * (piece - middle))
  }

  /// A bound from the inside: the tangent at a point where f′ is near λ, at its extreme end.
  private func support(_ start: Interval, _ end: Interval, isConvex: Bool) -> Interval {
    let (left, right) = (start.doubles.lower, end.doubles.upper)
    var best: Interval?
    var place = left + (right - left) / 2
    // A place beyond the floats is none.
    for _ in 0..<4 where place.isFinite {
      let point = Interval(point: place, precision: start.precision)
      guard start.upper <= point.lower, point.upper <= end.lower else { break }
      let steepness = function.derivative(1, over: point) - slope
      let height = value(point)
      let ends = (height + steepness * (start - point)).hull(height + steepness * (end - point))
      // Below the tangent nothing lies (or above it): keep the end that bounds.
      let bound = isConvex ? ends.lowerPoint : ends.upperPoint
      best = best.map { isConvex ? Interval.maximum($0, bound) : Interval.minimum($0, bound) } ?? bound
      let (slack, size) = (steepness.ball.middle, function.derivative(2, over: point).ball.middle)
      // The tangent's tilt loses |f′ − λ| · width: good enough when small beside what curvature itself costs.
      if slack.magnitude * 64 <= size.magnitude * (right - left) || size == 0 { break }
      let next = min(max(place - slack / size, left), right)
      if next == place { break }
      place = next
    }
    if let best { return best }
    // The piece is narrower than floats resolve: the mean value form at its start.
    return value(start) + (function.derivative(1, over: start.hull(end)) - slope) * (start.hull(end) - start)
  }
}

extension Interval {
  /// The ends as points.
  var lowerPoint: Interval { Interval(lower: lower, upper: lower, precision: precision) }
  var upperPoint: Interval { Interval(lower: upper, upper: upper, precision: precision) }
}
