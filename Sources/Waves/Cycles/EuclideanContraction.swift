import ExactArithmetic

/// A weighted Euclidean norm that a matrix shrinks: ‖Z⁻¹ M Z‖₂ ≤ ρ, Z diagonal.
///
/// Diagonal weights keep their worth behind a σ: |σ(a) − σ(b)| ≤ s |a − b| unit by unit. Guessed in floats, proved by an
/// enclosed Cholesky decomposition: every pivot of ρ² I − (Z⁻¹MZ)ᵀ(Z⁻¹MZ) is certainly positive.
enum EuclideanContraction {
  /// The greatest size that is tried: the decomposition costs its cube.
  private static let greatestSize = 96

  /// The norm with the least rate among a few guesses of weights; `nil` where none shrinks.
  static func found(_ matrix: StateMatrix) -> (weights: [Rational], rate: Rational)? {
    guard matrix.count > 1, matrix.count <= greatestSize else { return nil }
    let rows = (0..<matrix.count).map { matrix.row($0) }
    var best: (weights: [Rational], rate: Rational)?
    for guess in guesses(rows) {
      guard guess.allSatisfy({ $0.isFinite && $0 > 0x1p-500 && $0 < 0x1p500 }) else { continue }
      let weights = guess.map { (try? Rational(exactly: $0)) ?? 1 }
      let scaled = rows.enumerated().map { row, entries in
        entries.map { (column: $0.column, value: $0.value * weights[$0.column] / weights[row]) }
      }
      let norm = estimate(floats(scaled))
      for rate in [norm * 1.001 + 0.0001, (1 + norm) / 2] where rate < (best.map { double($0.rate) } ?? 1) {
        guard let exact = try? Rational(exactly: rate), isShrinking(scaled, StateNorm.rounded(exact)) else { continue }
        best = (weights, StateNorm.rounded(exact))
      }
    }
    return best
  }

  /// All ones, balanced ones, and √(r/l) with r, l the right and left Perron vectors of |M|, the best weights where nothing cancels.
  private static func guesses(_ rows: [[(column: Int, value: Rational)]]) -> [[Double]] {
    let entries = floats(rows).map { $0.map { (column: $0.column, value: abs($0.value)) } }
    var (right, left) = ([Double](repeating: 1, count: rows.count), [Double](repeating: 1, count: rows.count))
    for _ in 0..<200 {
      var (ahead, back) = (right, left)
      for (row, line) in entries.enumerated() {
        for (column, value) in line {
          ahead[row] += value * right[column]
          back[column] += value * left[row]
        }
      }
      let (most, least) = (ahead.max() ?? 1, back.max() ?? 1)
      (right, left) = (ahead.map { $0 / most }, back.map { $0 / least })
    }
    return [
      [Double](repeating: 1, count: rows.count), balanced(entries), zip(right, left).map { ($0 / $1).squareRoot() },
    ]
  }

  /// Weights under which each row is as long as the column of the same state (Osborne): what delays need, whose entries 1
  /// stand beside small ones.
  private static func balanced(_ entries: [[(column: Int, value: Double)]]) -> [Double] {
    var weights = [Double](repeating: 1, count: entries.count)
    for _ in 0..<50 {
      var (rows, columns) = ([Double](repeating: 0, count: entries.count), [Double](repeating: 0, count: entries.count))
      for (row, line) in entries.enumerated() {
        for (column, value) in line where column != row {
          let scaled = value * weights[column] / weights[row]
          rows[row] += scaled * scaled
          columns[column] += scaled * scaled
        }
      }
      // Half of each step: neighbours move too.
      for state in weights.indices where rows[state] > 0 && columns[state] > 0 {
        weights[state] *= (rows[state] / columns[state]).squareRoot().squareRoot().squareRoot()
      }
    }
    return weights
  }

  /// About the spectral norm.
  private static func estimate(_ rows: [[(column: Int, value: Double)]]) -> Double {
    var vector = rows.indices.map { 1 + Double($0 % 7) / 16 }
    var norm = 0.0
    for _ in 0..<200 {
      let image = rows.map { $0.reduce(0) { $0 + $1.value * vector[$1.column] } }
      var back = [Double](repeating: 0, count: rows.count)
      for (row, line) in rows.enumerated() { for (column, value) in line { back[column] += value * image[row] } }
      let size = back.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard size > 0, size.isFinite else { return size }
      vector = back.map { $0 / size }
      norm = size.squareRoot()
    }
    return norm
  }

  /// Whether ‖M‖₂ ≤ rate < 1 is certain.
  static func isShrinking(_ rows: [[(column: Int, value: Rational)]], _ rate: Rational) -> Bool {
    guard rate < 1 else { return false }
    let count = rows.count
    let zero = Interval(0, precision: 256)
    var table = [[Interval]](repeating: [Interval](repeating: zero, count: count), count: count)
    for index in 0..<count { table[index][index] = Interval(rate * rate, precision: 256) }
    for line in rows {
      for (first, left) in line {
        for (second, right) in line {
          table[first][second] = table[first][second] - Interval(left * right, precision: 256)
        }
      }
    }
    for pivot in 0..<count {
      let head = table[pivot][pivot]
      guard head.lower.sign > 0 else { return false }
      let inverse = Interval(lower: 1 / head.upper, upper: 1 / head.lower, precision: 256)
      for row in (pivot + 1)..<max(count, pivot + 1) where !table[row][pivot].isZero {
        let factor = table[row][pivot] * inverse
        for column in row..<count {
          table[row][column] = table[row][column] - factor * table[pivot][column]
          table[column][row] = table[row][column]
        }
      }
    }
    return true
  }

  private static func floats(_ rows: [[(column: Int, value: Rational)]]) -> [[(column: Int, value: Double)]] {
    rows.map { $0.map { (column: $0.column, value: double($0.value)) } }
  }

  private static func double(_ value: Rational) -> Double { Interval(value, precision: 53).ball.middle }
}
