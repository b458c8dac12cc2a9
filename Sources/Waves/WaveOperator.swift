import ExactArithmetic
import Networks

/// A wave's way through the network: composed linear and σ′ maps, the last applied written first.
///
/// `→^κ` (paper, equation (3)) is `forward(along:)`, `←^κ` (equation (4)) is `backward(along:…)`. Application is exact on
/// exact scalars. The linear ones have an adjoint, ⟨Ax, y⟩ = ⟨x, Aᵀy⟩, for every choice of the drives at which slopes are
/// read.
public struct WaveOperator: Sendable, Hashable {
  public let architecture: Architecture
  /// Outermost first, as in a product that acts on a column.
  public let factors: [WaveFactor]
  /// The width that it takes and the width that it gives.
  public let inputWidth: Int
  public let outputWidth: Int

  /// - Throws: `NetworkError` when two neighbouring factors do not fit.
  public init(_ factors: [WaveFactor], on architecture: Architecture, width: Int) throws(NetworkError) {
    var current = width
    for factor in factors.reversed() {
      let shape = factor.shape(in: architecture)
      guard shape.from == current else {
        throw NetworkError(
          "\(factor.printed(in: architecture)) takes \(shape.from) numbers, but \(current) arrive; check the path")
      }
      current = shape.to
    }
    self.architecture = architecture
    self.factors = factors
    inputWidth = width
    outputWidth = current
  }

  /// This operator after another: (self ∘ other)(x) = self(other(x)).
  public func composed(after other: WaveOperator) throws(NetworkError) -> WaveOperator {
    try WaveOperator(factors + other.factors, on: architecture, width: other.inputWidth)
  }

  /// The adjoint of a linear operator.
  ///
  /// - Throws: `NetworkError` when the operator contains σ, which is not linear.
  public func adjoint() throws(NetworkError) -> WaveOperator {
    var reversed: [WaveFactor] = []
    for factor in factors.reversed() {
      guard let adjoint = factor.adjoint else {
        throw NetworkError("\(factor.printed(in: architecture)) is not linear and has no adjoint; use the tangent")
      }
      reversed.append(adjoint)
    }
    return try WaveOperator(reversed, on: architecture, width: outputWidth)
  }

  /// The tangent: every σ replaced by its σ′ at the lag that its node has in a map of lags.
  public func tangent(lag: (Int) -> Int) throws(NetworkError) -> WaveOperator {
    let linear = factors.map { factor in
      if case .activation(let node) = factor { WaveFactor.slope(node: node, lag: lag(node)) } else { factor }
    }
    return try WaveOperator(linear, on: architecture, width: inputWidth)
  }

  /// `σ′(h2)@t−2 · W(h2->y)ᵀ`; the empty product is `1`.
  public var printed: String {
    factors.isEmpty ? "1" : factors.map { $0.printed(in: architecture) }.joined(separator: " · ")
  }

  /// The lags at which slopes are read, outermost first.
  public var slopeLags: [(node: Int, lag: Int)] {
    factors.compactMap { if case .slope(let node, let lag) = $0 { (node, lag) } else { nil } }
  }
}

extension WaveOperator {
  /// →^κ along a path of edges: σ ∘ (W · + bias), one layer a tick.
  ///
  /// - Throws: `NetworkError` when consecutive edges do not meet.
  public static func forward(along path: [Int], of architecture: Architecture) throws(NetworkError) -> WaveOperator {
    var factors: [WaveFactor] = []
    for edge in path.reversed() {
      factors.append(.activation(architecture.edges[edge].target))
      factors.append(.weight(edge))
    }
    let width = path.first.map { architecture.nodes[architecture.edges[$0].source].width } ?? 1
    return try WaveOperator(factors, on: architecture, width: width)
  }

  /// ←^κ along a path of edges, from the path's end back to its start: Π σ′ Wᵀ, with the lag of each slope.
  ///
  /// - Parameter path: edges in forward order; the result maps errors at the last edge's target to the first's source.
  public static func backward(
    along path: [Int], of architecture: Architecture, slopeLag: (_ step: Int, _ node: Int) -> Int
  ) throws(NetworkError) -> WaveOperator {
    var factors: [WaveFactor] = []
    for (step, edge) in path.enumerated() {
      let node = architecture.edges[edge].source
      factors.append(.slope(node: node, lag: slopeLag(step, node)))
      factors.append(.weightTransposed(edge))
    }
    let width = path.last.map { architecture.nodes[architecture.edges[$0].target].width } ?? 1
    return try WaveOperator(factors, on: architecture, width: width)
  }
}
