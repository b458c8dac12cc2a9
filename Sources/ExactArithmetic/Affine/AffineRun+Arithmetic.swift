/// Sums, products and linear maps. Each adds to the errors what rounding its generators can have lost.
extension AffineRun {
  public static func sum(_ left: AffineRun, _ right: AffineRun) -> AffineRun {
    combined(left, right, IntervalRun.sum(left.centres, right.centres), sign: 1)
  }

  public static func difference(_ left: AffineRun, _ right: AffineRun) -> AffineRun {
    combined(left, right, IntervalRun.difference(left.centres, right.centres), sign: -1)
  }

  private static func combined(
    _ left: AffineRun, _ right: AffineRun, _ centres: IntervalRun, sign: Double
  ) -> AffineRun {
    precondition(left.count == right.count, "runs of \(left.count) and \(right.count) entries do not combine")
    let symbols = union(left.symbols, right.symbols)
    let (p, q) = (left.spread(to: symbols), right.spread(to: symbols))
    var generators = p
    var errors = left.errors
    var (lows, highs) = (left.lows, left.highs)
    for row in 0..<left.count {
      var magnitudes = 0.0
      for index in row * symbols.count..<(row + 1) * symbols.count where q[index] != 0 {
        generators[index] = p[index] + sign * q[index]
        // A sum with zero is exact.
        if p[index] != 0 { magnitudes += generators[index].magnitude }
      }
      let rounding = magnitudes == 0 ? 0 : Outward.error(magnitudes: magnitudes, terms: symbols.count, underflows: 0)
      errors[row] = added(left.errors[row], right.errors[row], rounding)
      let (low, high) =
        sign > 0 ? (right.lows[row], right.highs[row]) : (-right.highs[row], -right.lows[row])
      lows[row] = (left.lows[row] + low).nextDown
      highs[row] = (left.highs[row] + high).nextUp
    }
    return AffineRun(
      centres: centres.elements, symbols: symbols, generators: generators, errors: errors, lows: lows, highs: highs,
      isUnbounded: left.isUnbounded || right.isUnbounded)
  }

  /// At least the sum of three nonnegative numbers; exactly zero if all are.
  private static func added(_ first: Double, _ second: Double, _ third: Double) -> Double {
    let sum = first + second + third
    return sum == 0 ? 0 : Outward.above(sum, terms: 3)
  }

  public func negated() -> AffineRun {
    AffineRun(
      centres: centres.negated().elements, symbols: symbols, generators: generators.map { -$0 }, errors: errors,
      lows: highs.map { -$0 }, highs: lows.map { -$0 }, isUnbounded: isUnbounded)
  }

  public static func apply(
    _ map: LinearMap, transposed: Bool, to vector: AffineRun, in context: AffineContext
  ) -> AffineRun {
    let rounded = map.rounded.map(of: map, transposed: transposed)
    let centres = IntervalRun.apply(map, transposed: transposed, to: vector.centres, in: context.interval)
    let columns = vector.symbols.count
    // Per input: Σ|g|, and the largest |x − centre|.
    var sums = [Double](repeating: 0, count: vector.count)
    for row in 0..<vector.count {
      var sum = 0.0
      for index in row * columns..<(row + 1) * columns { sum += vector.generators[index].magnitude }
      sums[row] = sum == 0 ? 0 : Outward.above(sum, terms: columns)
    }
    let moves = sums.indices.map { sums[$0] != 0 || vector.errors[$0] != 0 }
    var generators = [Double](repeating: 0, count: rounded.rows * columns)
    var (errors, lows, highs) = (
      [Double](repeating: 0, count: rounded.rows), [Double](repeating: 0, count: rounded.rows),
      [Double](repeating: 0, count: rounded.rows)
    )
    for row in 0..<rounded.rows {
      let range = rounded.starts[row]..<rounded.starts[row + 1]
      guard range.contains(where: { moves[Int(rounded.places[$0])] }) else { continue }
      var (error, magnitudes, low, high, reach) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for index in range {
        let (weight, input) = (rounded.values[index], Int(rounded.places[index]))
        let size = weight.magnitude
        error += size * vector.errors[input]
        magnitudes += size * sums[input]
        let (below, above) = (vector.lows[input], vector.highs[input])
        low += weight >= 0 ? weight * below : weight * above
        high += weight >= 0 ? weight * above : weight * below
        reach += size * max(-below, above)
        if !rounded.errors.isEmpty {
          let lost = rounded.errors[index]
          error += lost * (sums[input] + vector.errors[input])
          reach += lost * max(-below, above) * 0x1p54
        }
      }
      Self.accumulate(rounded, range, vector.generators, columns, into: &generators, row)
      let terms = 2 * range.count + columns
      let rounding = Outward.error(magnitudes: magnitudes, terms: terms, underflows: range.count * columns)
      errors[row] = Outward.above(error + rounding, terms: terms)
      let slack = Outward.error(magnitudes: reach, terms: terms, underflows: range.count)
      lows[row] = (low - slack).nextDown
      highs[row] = (high + slack).nextUp
    }
    return AffineRun(
      centres: centres.elements, symbols: vector.symbols, generators: generators, errors: errors, lows: lows,
      highs: highs, isUnbounded: vector.isUnbounded)
  }

  /// Row `row` of map × generators.
  private static func accumulate(
    _ map: RoundedMap, _ range: Range<Int>, _ source: [Double], _ columns: Int, into target: inout [Double],
    _ row: Int
  ) {
    guard columns > 0 else { return }
    unsafe target.withUnsafeMutableBufferPointer { target in
      unsafe source.withUnsafeBufferPointer { source in
        let output = unsafe target.baseAddress! + row * columns
        for index in range {
          let weight = map.values[index]
          let input = unsafe source.baseAddress! + Int(map.places[index]) * columns
          for column in 0..<columns { unsafe output[column] += weight * input[column] }
        }
      }
    }
  }
}
