/// Storage of affine forms: one generator matrix, a row per form and a column per symbol.
///
/// See ``AffineForm`` for what a row means. Kernels on whole runs are what makes affine arithmetic fast.
public struct AffineRun: ScalarStorage {
  let centres: IntervalRun
  /// Ascending; the columns of `generators`.
  let symbols: [Int]
  /// Row by row, `count` × `symbols.count`.
  let generators: [Double]
  /// Nonnegative.
  let errors: [Double]
  /// x − centre lies in [low, high] ∩ the range of the form.
  let lows: [Double]
  let highs: [Double]
  /// A float overflowed somewhere: nothing is known, and nothing computed from this is.
  public let isUnbounded: Bool
  /// Shared by all copies of this run.
  public let memo = RunMemo()

  /// Rows whose ranges are cut to those of the form itself.
  init(
    centres: [Interval], symbols: [Int], generators: [Double], errors: [Double], lows: [Double]? = nil,
    highs: [Double]? = nil, isUnbounded: Bool = false
  ) {
    self.centres = IntervalRun(centres)
    self.symbols = symbols
    self.generators = generators
    self.errors = errors
    let columns = symbols.count
    var low = [Double](repeating: 0, count: centres.count)
    var high = low
    var total = 0.0
    for row in centres.indices {
      var sum = 0.0
      for column in 0..<columns { sum += generators[row * columns + column].magnitude }
      let reach = sum == 0 && errors[row] == 0 ? 0 : Outward.above(sum + errors[row], terms: columns + 1)
      low[row] = max(-reach, lows?[row] ?? -reach)
      high[row] = min(reach, highs?[row] ?? reach)
      // Crossing ends can only come from an unbounded operand, or from rounding at a single point.
      if low[row] > high[row] { (low[row], high[row]) = (-reach, reach) }
      total += reach
    }
    self.lows = low
    self.highs = high
    self.isUnbounded =
      isUnbounded || !total.isFinite || !(lows ?? []).allSatisfy { !$0.isNaN }
      || !(highs ?? []).allSatisfy { !$0.isNaN }
  }

  /// Numbers that depend on no symbol.
  public init(centres: [Interval]) {
    self.init(
      centres: centres, symbols: [], generators: [], errors: [Double](repeating: 0, count: centres.count))
  }

  /// Entry i is centreᵢ + radiusᵢ · ε_{first + i}, or without a symbol where the radius is zero.
  ///
  /// - Precondition: radii are nonnegative and finite.
  public init(centres: [Interval], radii: [Double], firstSymbol: Int) {
    let moving = radii.indices.filter { radii[$0] != 0 }
    var generators = [Double](repeating: 0, count: radii.count * moving.count)
    for (column, row) in moving.enumerated() { generators[row * moving.count + column] = radii[row] }
    self.init(
      centres: centres, symbols: moving.map { firstSymbol + $0 }, generators: generators,
      errors: [Double](repeating: 0, count: radii.count))
  }

  /// Rows of which nothing is known.
  public static func unbounded(_ count: Int) -> AffineRun {
    AffineRun(
      centres: [Interval](repeating: .zero, count: count), symbols: [], generators: [],
      errors: [Double](repeating: .infinity, count: count))
  }

  public init(_ elements: [AffineForm]) {
    let runs = elements.map(\.run)
    let symbols = runs.reduce([]) { Self.union($0, $1.symbols) }
    self.init(
      centres: runs.map { $0.centres[0] }, symbols: symbols, generators: runs.flatMap { $0.spread(to: symbols) },
      errors: runs.map { $0.errors[0] }, lows: runs.map { $0.lows[0] }, highs: runs.map { $0.highs[0] },
      isUnbounded: runs.contains(where: \.isUnbounded))
  }

  public var count: Int { centres.count }

  public subscript(index: Int) -> AffineForm { AffineForm(gathered([index])) }

  public var elements: [AffineForm] { (0..<count).map { self[$0] } }

  public var isZero: Bool {
    !isUnbounded && centres.isZero && errors.allSatisfy { $0 == 0 } && generators.allSatisfy { $0 == 0 }
  }

  public func gathered(_ indices: [Int]) -> AffineRun {
    let columns = symbols.count
    var chosen: [Double] = []
    chosen.reserveCapacity(indices.count * columns)
    for index in indices { chosen += generators[index * columns..<(index + 1) * columns] }
    return AffineRun(
      centres: centres.gathered(indices).elements, symbols: symbols, generators: chosen,
      errors: indices.map { errors[$0] }, lows: indices.map { lows[$0] }, highs: indices.map { highs[$0] },
      isUnbounded: isUnbounded)
  }
}

extension AffineRun {
  /// The sorted union of sorted lists.
  static func union(_ left: [Int], _ right: [Int]) -> [Int] {
    if left == right || right.isEmpty { return left }
    if left.isEmpty { return right }
    var merged: [Int] = []
    merged.reserveCapacity(left.count + right.count)
    var (i, j) = (0, 0)
    while i < left.count || j < right.count {
      let a = i < left.count ? left[i] : Int.max
      let b = j < right.count ? right[j] : Int.max
      merged.append(min(a, b))
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    return merged
  }

  /// The generators over more symbols, which contain the own ones.
  func spread(to wider: [Int]) -> [Double] {
    if wider == symbols { return generators }
    var places: [Int] = []
    places.reserveCapacity(symbols.count)
    var next = 0
    for symbol in symbols {
      while wider[next] != symbol { next += 1 }
      places.append(next)
    }
    var spread = [Double](repeating: 0, count: count * wider.count)
    for row in 0..<count {
      for (column, place) in places.enumerated() {
        spread[row * wider.count + place] = generators[row * symbols.count + column]
      }
    }
    return spread
  }

  public func centre(_ row: Int) -> Interval { centres[row] }

  /// x − centre of a row lies here.
  public func deviation(_ row: Int) -> (low: Double, high: Double) { (lows[row], highs[row]) }

  /// Every number that a row can be, rounded outward.
  public func range(_ row: Int) -> Interval { centres[row].widened(low: lows[row], high: highs[row]) }

  /// The coefficient of each symbol in a row: near the derivative by that symbol.
  public func coefficients(_ row: Int) -> [(symbol: Int, value: Double)] {
    symbols.enumerated().map { ($0.element, generators[row * symbols.count + $0.offset]) }
  }

  /// The same forms over other symbols: the k-th symbol becomes `rename(k)`.
  ///
  /// - Precondition: `rename` keeps the order.
  public func renamed(_ rename: (Int) -> Int) -> AffineRun {
    AffineRun(
      centres: centres.elements, symbols: symbols.map(rename), generators: generators, errors: errors, lows: lows,
      highs: highs, isUnbounded: isUnbounded)
  }
}
