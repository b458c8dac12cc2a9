import ExactArithmetic
import Networks

/// The static network at one frame: what backprop computes, with no time in it.
///
/// Exact on exact scalars, enclosing on enclosures. Complexity: one product with each weight and one with its adjoint.
public struct StaticPass<S: NetworkScalar>: Sendable {
  /// a_v per node; for an input, the input itself.
  public let drives: [Vector<S>]
  /// x_v per node.
  public let activities: [Vector<S>]
  /// The delta injected at each output, σ′(a_o) ⊙ (x_o − y_o), by node; `nil` elsewhere.
  public let injected: [Vector<S>?]
  /// δ_v = ∂E/∂a_v per node (for an input: ∂E/∂x).
  public let deltas: [Vector<S>]

  /// - Parameters:
  ///   - inputs: one vector per input, in order.
  ///   - targets: one vector per output, in order.
  @specialized(where S == Estimate)
  public init(_ network: Network, inputs: [Vector<S>], targets: [Vector<S>], in context: S.Context) {
    let architecture = network.architecture
    let (drives, activities) = Self.forward(network, inputs: inputs, in: context)
    var injected = [Vector<S>?](repeating: nil, count: architecture.nodes.count)
    for (position, output) in architecture.outputs.enumerated() {
      injected[output] = S.pass(
        activities[output] - targets[position], through: architecture.nodes[output].activation, at: drives[output],
        in: context)
    }
    var deltas = drives
    for node in network.order.reversed() {
      var arriving: Vector<S>?
      for edge in architecture.outgoing[node] {
        let wave = network.weights[edge].applyTransposed(to: deltas[architecture.edges[edge].target], in: context)
        arriving = arriving.map { $0 + wave } ?? wave
      }
      if let wave = arriving {
        arriving = S.pass(wave, through: architecture.nodes[node].activation, at: drives[node], in: context)
      }
      switch (arriving, injected[node]) {
      case (let wave?, let error?): deltas[node] = wave + error
      case (let wave?, nil): deltas[node] = wave
      case (nil, let error?): deltas[node] = error
      case (nil, nil): deltas[node] = Vector<S>.zeros(architecture.nodes[node].width, in: context)
      }
    }
    self.drives = drives
    self.activities = activities
    self.injected = injected
    self.deltas = deltas
  }

  /// The forward half alone: drives and activities per node.
  @specialized(where S == Estimate)
  public static func forward(
    _ network: Network, inputs: [Vector<S>], in context: S.Context
  ) -> (drives: [Vector<S>], activities: [Vector<S>]) {
    let architecture = network.architecture
    var drives = [Vector<S>](repeating: Vector([]), count: architecture.nodes.count)
    var activities = drives
    for node in network.order {
      if architecture.nodes[node].isInput {
        drives[node] = inputs[node]
        activities[node] = inputs[node]
      } else {
        drives[node] = network.drive(of: node, in: context) { edge in activities[architecture.edges[edge].source] }
        activities[node] = S.apply(architecture.nodes[node].activation, to: drives[node], in: context)
      }
    }
    return (drives, activities)
  }

  /// ∂E/∂W_e = δ_v x_uᵀ, n_v × n_u.
  public func gradient(of edge: Edge) -> Matrix<S> { deltas[edge.target].outer(activities[edge.source]) }
}

extension Network {
  /// Σ_e W_e x_e + bias at a node, with the activity that each incoming edge brings, and other weights where some are given.
  func drive<S: NetworkScalar, Failure: Error>(
    of node: Int, in context: S.Context, replacing others: [Int: LinearMap] = [:],
    activity: (Int) throws(Failure) -> Vector<S>
  ) throws(Failure) -> Vector<S> {
    var sum: Vector<S>?
    for edge in architecture.incoming[node] {
      let wave = (others[edge] ?? weights[edge]).apply(to: try activity(edge), in: context)
      sum = sum.map { $0 + wave } ?? wave
    }
    if let bias = biases[node] {
      let constant = Vector<S>(storage: .constants(bias, in: context))
      sum = sum.map { $0 + constant } ?? constant
    }
    return sum ?? Vector<S>.zeros(architecture.nodes[node].width, in: context)
  }
}
