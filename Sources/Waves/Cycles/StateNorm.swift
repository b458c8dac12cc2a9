import ExactArithmetic

/// A norm of states, max over groups of √(Σ (x_i / z_i)²), and a rate below 1 at which every tick shrinks it.
///
/// Groups of one state make it a weighted maximum norm, one group of all a weighted Euclidean norm; a group is a
/// component whose weights cancel, so that signs count. In any case |x_i| ≤ z_i ‖x‖.
struct StateNorm: Sendable {
  let weights: [Rational]
  let groups: [[Int]]
  let rate: Rational

  /// ‖x‖ of a state with these magnitudes, rounded up.
  func size(_ magnitudes: [Rational]) -> Rational {
    groups.map { group in
      guard group.count > 1 else { return magnitudes[group[0]] / weights[group[0]] }
      return Self.rootAbove(group.reduce(0) { $0 + (magnitudes[$1] / weights[$1]).power(2) })
    }.max() ?? 0
  }

  /// A rational at least the root of a value, with some 32 bits.
  static func rootAbove(_ value: Rational) -> Rational {
    guard !value.isZero else { return 0 }
    // √(n/d) = √(n d 4ᵏ) / (d 2ᵏ)
    let shift = max(0, 32 - (value.numerator.bitWidth + value.denominator.bitWidth) / 2) + 1
    let square = (value.numerator * value.denominator) << (2 * shift)
    let root = square.squareRoot
    return Rational(root * root == square ? root : root + 1, over: value.denominator << shift)
  }

  /// The least power of two that is at least a positive value.
  static func powerAbove(_ value: Rational) -> Rational {
    var exponent = value.numerator.bitWidth - value.denominator.bitWidth - 1
    func power() -> Rational {
      exponent >= 0 ? Rational(Integer(1) << exponent) : Rational(1, over: Integer(1) << -exponent)
    }
    while power() < value { exponent += 1 }
    return power()
  }

  /// A rate with few digits, not below the given one and below 1.
  static func rounded(_ rate: Rational) -> Rational {
    let scaled = rate * 4096
    let (quotient, remainder) = scaled.numerator.quotientAndRemainder(dividingBy: scaled.denominator)
    let above = Rational(remainder.isZero ? quotient : quotient + 1, over: 4096)
    return above < 1 ? max(above, Rational(1, over: 4096)) : rate
  }
}

/// Why no norm was found.
struct GrowthObstacle: Error {
  /// The states of the component that stands in the way.
  let component: [Int]
  /// ρ(|M|) ≥ 1 is proved: then no weighted maximum norm shrinks.
  let excludesMaximumNorms: Bool
}

extension StateMatrix {
  /// A norm that every tick shrinks, put together from one for each component.
  ///
  /// With ρ_k the rate of component k alone and κ_k what it gets from those before it, all in norm, weights z_k are made
  /// κ_k/(ρ − ρ_k) times larger: then ρ_k + κ_k/(…) ≤ ρ. Any ρ above all ρ_k will do; exact throughout.
  func contraction() throws(GrowthObstacle) -> StateNorm {
    var parts: [(component: [Int], local: StateNorm)] = []
    for component in components() { parts.append((component, try norm(of: component))) }
    let own = parts.map(\.local.rate).max() ?? 0
    var owner = [Int](repeating: 0, count: count)
    for (index, part) in parts.enumerated() { for state in part.component { owner[state] = index } }
    let isConnected = (0..<count).contains { state in row(state).contains { owner[$0.column] != owner[state] } }
    let rate = StateNorm.rounded(isConnected ? own + (1 - own) / 16 : own)
    var weights = [Rational](repeating: 0, count: count)
    var groups: [[Int]] = []
    for (component, local) in parts {
      let received = component.map { state in
        row(state).reduce(Rational.zero) {
          owner[$1.column] == owner[state] ? $0 : $0 + $1.value.magnitude * weights[$1.column]
        }
      }
      let size = local.size(received)
      let scale = size.isZero ? 1 : StateNorm.powerAbove(size / (rate - local.rate))
      for (place, state) in component.enumerated() { weights[state] = local.weights[place] * scale }
      groups += local.groups.map { $0.map { component[$0] } }
    }
    return StateNorm(weights: weights, groups: groups, rate: rate)
  }

  private func norm(of component: [Int]) throws(GrowthObstacle) -> StateNorm {
    let block = block(component)
    let absolute = NonnegativeMatrix(magnitudesOf: block).certificate()
    if case .contracts(let weights, let rate) = absolute {
      return StateNorm(weights: weights, groups: weights.indices.map { [$0] }, rate: rate)
    }
    if let (weights, rate) = EuclideanContraction.found(block) {
      return StateNorm(weights: weights, groups: [Array(weights.indices)], rate: rate)
    }
    let isExcluded =
      switch absolute {
      case .grows, .singular: true
      case .contracts, .unknown: false
      }
    throw GrowthObstacle(component: component, excludesMaximumNorms: isExcluded)
  }
}
