import ExactArithmetic

extension Generator where Value == [Vector<Rational>] {
  /// `ticks` frames of `width` entries that follow `motion`; no entry is ever 0.
  ///
  /// - Parameter values: First values and, in magnitude, the steps; must be non-zero.
  /// - Precondition: At least one tick, and two for a motion that moves; a period is at least 1.
  public static func frames(
    _ motion: Motion, width: Int, ticks: Int, values: Generator<Rational> = .rational(height: 6)
  ) -> Generator {
    precondition(ticks >= 1, "a stream has a frame")
    return Generator { (source) throws(DiscardedCase) in
      let steps = FrameSteps(motion: motion, ticks: ticks, values: values)
      var entries: [[Rational]] = []
      for _ in 0..<width {
        entries.append(try source.together { (source) throws(DiscardedCase) in try steps.entry(from: &source) })
      }
      return (0..<ticks).map { tick in Vector(entries.map { $0[tick] }) }
    }
  }
}

/// Draws the course of one entry of a stream.
private struct FrameSteps {
  let motion: Motion
  let ticks: Int
  let values: Generator<Rational>

  /// The values of one entry, tick by tick.
  func entry(from source: inout Source) throws(DiscardedCase) -> [Rational] {
    var course = [try source.draw(values)]
    let direction = try direction(from: &source)
    for tick in 1..<max(1, ticks) {
      let last = course[tick - 1]
      switch motion {
      case .constant: course.append(last)
      case .hold(let period): course.append(tick % period == 0 ? moved(last, try source.draw(values)) : last)
      case .periodic(let period):
        course.append(
          tick < period ? moved(last, direction * (try source.draw(values)).magnitude) : course[tick - period])
      case .slow(let rate):
        // At most half the rate: where 0 is stepped over, the step doubles.
        let eighths = try source.draw(Generator<Int>.integer(in: 1...4))
        let negative = try source.draw(.boolean)
        course.append(moved(last, rate * Rational(Integer(negative ? -eighths : eighths), over: 8)))
      case .abrupt(let jump):
        course.append(tick == jump ? moved(last, direction * (1 + (try source.draw(values)).magnitude)) : last)
      }
    }
    return course
  }

  private func direction(from source: inout Source) throws(DiscardedCase) -> Rational {
    switch motion {
    case .periodic, .abrupt: try source.draw(.boolean) ? -1 : 1
    case .constant, .hold, .slow: 1
    }
  }

  private func moved(_ value: Rational, _ step: Rational) -> Rational {
    let next = value + step
    return next.isZero ? next + step : next
  }
}
