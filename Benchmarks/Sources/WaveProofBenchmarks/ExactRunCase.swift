@_spi(Measurement) import ExactArithmetic

/// One measured case: forward, backward and all gradients of one frame of a chain.
struct ExactRunCase {
  enum Numbers: String { case dyadic, rational }
  enum Activation: String { case identity, relu }

  let width: Int
  let depth: Int
  let numbers: Numbers
  let activation: Activation

  /// The same draws as in peers.py, in the same order: weights layer by layer, input, target.
  func draw() -> (weights: [LinearMap], input: Vector<Rational>, target: Vector<Rational>) {
    var state: UInt64 = 2026
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    func number() -> Rational {
      let bits = next()
      switch numbers {
      case .dyadic:
        // A float: 53 bits of mantissa, exponents within a factor of 8.
        let mantissa = Int(bits >> 11) | 1 << 52
        let signed = Integer(bits & 1 == 0 ? mantissa : -mantissa)
        return Rational(signed << (3 - Int(bits >> 1 & 3)), over: Integer.one << 56)
      case .rational:
        return Rational(Integer(Int(bits % 19) - 9), over: Integer(Int(bits >> 32) % 9 + 1))
      }
    }
    func vector() -> Vector<Rational> { Vector((0..<width).map { _ in number() }) }
    let weights = (0..<depth).map { _ in
      LinearMap(Matrix(rows: width, columns: width, elements: (0..<width * width).map { _ in number() }))
    }
    return (weights, vector(), vector())
  }
}

/// Forward, backward, and G_l = δ_l x_{l−1}ᵀ for every layer.
struct ExactRun {
  let activation: ExactRunCase.Activation
  let weights: [LinearMap]
  let context = ExactContext()

  func gradients(input: Vector<Rational>, target: Vector<Rational>) -> [Matrix<Rational>] {
    var states = [input]
    for weight in weights {
      let preactivation = weight.apply(to: states.last!, in: context)
      states.append(activation == .relu ? preactivation.clampingNegativesToZero() : preactivation)
    }
    // Where relu(a) > 0, a > 0: the state serves as the gate.
    var delta = states.last! - target
    if activation == .relu { delta = delta.masked(wherePositive: states.last!) }
    var gradients = [delta.outer(states[weights.count - 1])]
    for layer in stride(from: weights.count - 1, to: 0, by: -1) {
      delta = weights[layer].applyTransposed(to: delta, in: context)
      if activation == .relu { delta = delta.masked(wherePositive: states[layer]) }
      gradients.append(delta.outer(states[layer - 1]))
    }
    return gradients.reversed()
  }

  /// Products of limbs that any method over a common scale needs.
  func limbProducts(input: Vector<Rational>, target: Vector<Rational>) -> Int {
    var total = 0
    func sizes(_ vector: Vector<Rational>) -> [Int] { vector.storage.limbCounts }
    func count(_ weight: LinearMap, _ vector: Vector<Rational>, transposed: Bool) {
      let (map, entries) = (weight.limbCounts, sizes(vector))
      for row in 0..<weight.rows {
        for column in 0..<weight.columns {
          total += map[row * weight.columns + column] * entries[transposed ? row : column]
        }
      }
    }
    var states = [input]
    for weight in weights {
      count(weight, states.last!, transposed: false)
      let preactivation = weight.apply(to: states.last!, in: context)
      states.append(activation == .relu ? preactivation.clampingNegativesToZero() : preactivation)
    }
    var delta = states.last! - target
    if activation == .relu { delta = delta.masked(wherePositive: states.last!) }
    for layer in stride(from: weights.count - 1, through: 0, by: -1) {
      total += sizes(delta).reduce(0, +) * sizes(states[layer]).reduce(0, +)
      if layer == 0 { break }
      count(weights[layer], delta, transposed: true)
      delta = weights[layer].applyTransposed(to: delta, in: context)
      if activation == .relu { delta = delta.masked(wherePositive: states[layer]) }
    }
    return total
  }
}
