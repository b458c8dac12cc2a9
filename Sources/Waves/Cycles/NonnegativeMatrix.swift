import ExactArithmetic

/// A square matrix of rationals ≥ 0, by rows of (column, value).
struct NonnegativeMatrix: Sendable {
  let rows: [[(column: Int, value: Rational)]]

  /// |M|, entry by entry.
  init(magnitudesOf matrix: StateMatrix) {
    rows = (0..<matrix.count).map { row in
      matrix.row(row).map { (column: $0.column, value: $0.value.magnitude) }
    }
  }

  /// M v, one row.
  func product(_ row: Int, _ vector: [Rational]) -> Rational {
    rows[row].reduce(0) { $0 + $1.value * vector[$1.column] }
  }

  /// max (M z)_i / z_i: the rate at which M contracts the maximum norm weighted by 1/z.
  func rate(_ weights: [Rational]) -> Rational {
    rows.indices.map { product($0, weights) / weights[$0] }.max() ?? 0
  }
}

/// What is known of the greatest growth of a matrix ≥ 0, certified exactly.
enum GrowthCertificate: Sendable {
  /// z > 0 with M z ≤ rate · z, rate < 1.
  case contracts(weights: [Rational], rate: Rational)
  /// v ≥ 0, not 0, with M v ≥ v: by Collatz and Wielandt no z exists.
  case grows(vector: [Rational])
  /// (I − M) z = 1 has no solution that is positive: no z exists either.
  case singular
  /// Neither was found within the budget.
  case unknown
}

extension NonnegativeMatrix {
  /// The greatest size for which the linear system is solved exactly when no certificate was guessed.
  private static let exactSize = 48

  /// Guesses by rounded iteration, and decides by exact comparison of what was guessed.
  func certificate() -> GrowthCertificate {
    // One state needs no guess: its own weight is the rate.
    guard rows.count > 1 else {
      let rate = rate([1])
      return rate < 1 ? .contracts(weights: [1], rate: rate) : .grows(vector: [1])
    }
    let floats = rows.map { $0.map { ($0.column, Self.double($0.value)) } }
    // Entries beyond the floats leave nothing to guess from.
    guard floats.allSatisfy({ $0.allSatisfy(\.1.isFinite) }) else { return decided() }
    let growth = Self.growth(floats)
    var best: (weights: [Rational], rate: Rational)?
    for scale in [growth * 1.02 + 0.001, (1 + growth) / 2, 0.999] where scale < 1 {
      let guess = Self.resolvent(floats, scale)
      guard guess.allSatisfy(\.isFinite) else { continue }
      let weights = guess.map { Rational(Integer(Int(min($0, 1e12) * 1024)), over: 1024) }
      let rate = rate(weights)
      if rate < 1, best.map({ rate < $0.rate }) ?? true { best = (weights, rate) }
    }
    if let best { return .contracts(weights: best.weights, rate: StateNorm.rounded(best.rate)) }
    if let vector = growing(floats) { return .grows(vector: vector) }
    return decided()
  }

  /// By the solution of the linear system, exactly, up to some size.
  private func decided() -> GrowthCertificate {
    guard rows.count <= Self.exactSize else { return .unknown }
    guard let weights = solution(), weights.allSatisfy({ $0.sign > 0 }) else { return .singular }
    return .contracts(weights: weights, rate: rate(weights))
  }

  private static func double(_ value: Rational) -> Double {
    Interval(value, precision: 53).ball.middle
  }

  /// About the spectral radius: growth of (I + M)ᵏ 1, less 1.
  private static func growth(_ rows: [[(Int, Double)]]) -> Double {
    var vector = [Double](repeating: 1, count: rows.count)
    var factor = 0.0
    for _ in 0..<400 {
      let next = rows.indices.map { row in rows[row].reduce(vector[row]) { $0 + $1.1 * vector[$1.0] } }
      factor = next.max() ?? 1
      vector = next.map { $0 / factor }
    }
    return factor - 1
  }

  /// Σ (M/scale)ᵏ 1.
  private static func resolvent(_ rows: [[(Int, Double)]], _ scale: Double) -> [Double] {
    var vector = [Double](repeating: 1, count: rows.count)
    for _ in 0..<2000 {
      vector = rows.indices.map { row in rows[row].reduce(1) { $0 + $1.1 * vector[$1.0] / scale } }
    }
    return vector
  }

  /// v with M v ≥ v, from the iteration of I + M, small entries cut to 0.
  private func growing(_ floats: [[(Int, Double)]]) -> [Rational]? {
    var vector = [Double](repeating: 1, count: rows.count)
    for _ in 0..<400 {
      let next = rows.indices.map { row in floats[row].reduce(vector[row]) { $0 + $1.1 * vector[$1.0] } }
      let factor = next.max() ?? 1
      vector = next.map { $0 / factor }
    }
    // Products of floats may have left them.
    guard vector.allSatisfy(\.isFinite) else { return nil }
    for bits in [4, 10, 20, 30] {
      let scale = 1 << bits
      let guess = vector.map { Rational(Integer(Int(($0 * Double(scale)).rounded())), over: Integer(scale)) }
      if guess.contains(where: { !$0.isZero }), guess.indices.allSatisfy({ product($0, guess) >= guess[$0] }) {
        return guess
      }
    }
    return nil
  }

  /// The solution of (I − M) z = 1 by elimination, exact; `nil` where it is singular.
  private func solution() -> [Rational]? {
    let count = rows.count
    var table = rows.indices.map { row -> [Rational] in
      var line = (0..<count).map { row == $0 ? Rational.one : 0 } + [Rational.one]
      for (column, value) in rows[row] { line[column] = line[column] - value }
      return line
    }
    for column in 0..<count {
      guard let pivot = (column..<count).first(where: { !table[$0][column].isZero }) else { return nil }
      table.swapAt(column, pivot)
      let inverse = 1 / table[column][column]
      table[column] = table[column].map { $0 * inverse }
      for row in 0..<count where row != column && !table[row][column].isZero {
        let factor = table[row][column]
        table[row] = zip(table[row], table[column]).map { $0 - factor * $1 }
      }
    }
    return table.map { $0[count] }
  }
}
