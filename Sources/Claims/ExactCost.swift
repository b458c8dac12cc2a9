import Networks

/// How large exact numbers grow in a network: whether a run on rationals is affordable.
///
/// An estimate of bits per activity, used only to choose between exact numbers and enclosures; both are sound.
public struct ExactCost {
  let bits: Double
  public let isAffordable: Bool

  public init(_ network: Network) {
    let architecture = network.architecture
    var bits = [Double](repeating: 16, count: architecture.nodes.count)
    for node in network.order where !architecture.nodes[node].isInput {
      let fanIn = architecture.incoming[node].reduce(0) { $0 + architecture.nodes[architecture.edges[$1].source].width }
      let arriving = architecture.incoming[node].map { bits[architecture.edges[$0].source] }.max() ?? 0
      bits[node] = Self.growth(architecture.nodes[node].activation, fanIn: Double(max(fanIn, 1))) * (arriving + 60)
    }
    self.bits = bits.max() ?? 0
    isAffordable = network.isExactlyRational && self.bits <= 200_000
  }

  /// Polynomials multiply bits by their degree; a denominator of its own per unit multiplies them by the fan-in.
  private static func growth(_ activation: Activation, fanIn: Double) -> Double {
    switch activation {
    case .square, .quadratic: 2
    case .cubic: 3
    case .polynomial(let coefficients): Double(max(coefficients.count - 1, 1))
    case .rational: 2 * fanIn
    case .softsign: fanIn
    default: 1
    }
  }
}
