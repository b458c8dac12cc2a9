/// What is known of a function f over the range of one affine form: f(x) − slope · x lies in `band` there.
public struct LinearBand: Sendable {
  public let slope: Double
  public let band: Interval
  /// f(x) itself over that range, where something better than the band is known.
  public let range: Interval?

  public init(slope: Double, band: Interval, range: Interval? = nil) {
    self.slope = slope
    self.band = band
    self.range = range
  }
}

extension AffineRun {
  /// f(x), entry by entry, from a band for each.
  ///
  /// What the band leaves open becomes a fresh symbol where the context has symbols left, an error otherwise.
  /// - Precondition: one band per row, valid over the row's ``range(_:)``.
  public func following(_ bands: [LinearBand], in context: AffineContext) -> AffineRun {
    precondition(bands.count == count, "\(bands.count) bands for \(count) entries")
    let columns = symbols.count
    var centres: [Interval] = []
    var generators: [Double] = []
    var (errors, rests, lows, highs) = ([Double](), [Double](), [Double](), [Double]())
    for (row, line) in bands.enumerated() {
      let (middle, half) = line.band.centred
      let moved = self.centres[row].scaled(by: line.slope) + middle
      var magnitudes = 0.0
      var isConstant = line.slope == 0 || self.errors[row] == 0
      for index in row * columns..<(row + 1) * columns {
        let product = line.slope * self.generators[index]
        if product != 0 || (line.slope != 0 && self.generators[index] != 0) { isConstant = false }
        generators.append(product)
        magnitudes += product.magnitude
      }
      let lost = Outward.error(magnitudes: magnitudes, terms: columns, underflows: columns)
      let rounding =
        isConstant ? 0 : Outward.above(line.slope.magnitude * self.errors[row] + lost, terms: columns + 2)
      // A centre that is not a point belongs to x, not to the band: λ · centre encloses it once more.
      centres.append(moved)
      errors.append(rounding)
      rests.append(half)
      if let range = line.range {
        let (own, known) = (moved.doubles, range.doubles)
        lows.append((known.lower - own.upper).nextDown)
        highs.append((known.upper - own.lower).nextUp)
      } else {
        lows.append(-.infinity)
        highs.append(.infinity)
      }
    }
    let total = zip(errors, rests).map { $0 == 0 && $1 == 0 ? 0 : Outward.above($0 + $1, terms: 2) }
    return AffineRun(
      centres: centres, symbols: symbols, generators: generators, errors: total, lows: lows, highs: highs,
      isUnbounded: isUnbounded
    ).remembering(rests, errors: errors, in: context)
  }

  /// The same rows, with what `rests` says of each error as a generator of a symbol of its own, so that it is known again
  /// wherever it goes; `errors` is what else there is. Unchanged where the context has no symbols left.
  func remembering(_ rests: [Double], errors: [Double], in context: AffineContext) -> AffineRun {
    let open = rests.indices.filter { rests[$0] != 0 && rests[$0].isFinite }
    guard !open.isEmpty, let fresh = context.symbols.take(open.count) else { return self }
    let columns = symbols.count
    let wider = symbols + Array(fresh)
    var spread = [Double](repeating: 0, count: count * wider.count)
    for row in 0..<count {
      for column in 0..<columns { spread[row * wider.count + column] = generators[row * columns + column] }
    }
    var remaining = self.errors
    for (offset, row) in open.enumerated() {
      spread[row * wider.count + columns + offset] = rests[row]
      remaining[row] = errors[row]
    }
    return AffineRun(
      centres: centres.elements, symbols: wider, generators: spread, errors: remaining, lows: lows, highs: highs,
      isUnbounded: isUnbounded)
  }
}
