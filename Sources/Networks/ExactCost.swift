import ExactArithmetic

/// How large exact numbers grow in a network: whether a run on rationals is affordable.
///
/// An estimate of bits per activity, used only to choose between exact numbers and enclosures; both are sound.
public struct ExactCost: Sendable {
  let bits: Double
  public let isAffordable: Bool
  /// Why exact numbers are left out that would be quick enough; `nil` otherwise.
  public let excess: MemoryExcess?

  /// - Parameter cap: the most bytes that one pass over the network may hold.
  public init(_ network: Network, memory cap: MemoryCap = .standard) {
    let architecture = network.architecture
    var bits = [Double](repeating: 16, count: architecture.nodes.count)
    for node in network.order where !architecture.nodes[node].isInput {
      let fanIn = architecture.incoming[node].reduce(0) { $0 + architecture.nodes[architecture.edges[$1].source].width }
      let arriving =
        architecture.incoming[node].map { bits[architecture.edges[$0].source] + Self.bits(of: network.weights[$0]) }
        .max()
        ?? 0
      let bias = architecture.nodes[node].bias.map { $0.elements.reduce(0) { max($0, Self.bits(of: $1)) } } ?? 0
      bits[node] =
        Self.growth(architecture.nodes[node].activation, fanIn: Double(max(fanIn, 1))) * (max(arriving, bias) + 8)
    }
    let longest = bits.max() ?? 0
    self.bits = longest
    let isQuick = network.isExactlyRational && longest <= 200_000
    let units = architecture.nodes.reduce(0) { $0 + $1.width }
    excess = isQuick ? cap.excess(.exactNumbers, asked: 3 * Self.bytes(bits: longest, units: units)) : nil
    isAffordable = isQuick && excess == nil
  }

  /// What exact numbers of so many units hold at most.
  package func bytes(units: Int) -> Double { Self.bytes(bits: bits, units: units) }

  private static func bytes(bits: Double, units: Int) -> Double { Double(units) * (bits / 8 + 12) }

  private static func bits(of number: Rational) -> Double {
    Double(number.numerator.bitWidth + number.denominator.bitWidth)
  }

  private static func bits(of map: LinearMap) -> Double {
    var largest = 0.0
    map.forEachNonzero { _, _, value in largest = max(largest, bits(of: value)) }
    return largest
  }

  /// Polynomials multiply bits by their degree; a denominator of its own per unit multiplies them by the fan-in.
  private static func growth(_ activation: Activation, fanIn: Double) -> Double {
    switch activation {
    case .square, .quadratic, .hardSwish: 2
    case .cubic: 3
    case .polynomial(let coefficients): Double(max(coefficients.count - 1, 1))
    case .rational: 2 * fanIn
    case .softsign: fanIn
    default: 1
    }
  }
}
