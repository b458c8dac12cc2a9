import ExactArithmetic
import Networks

/// Norms and suprema of a network, exact rational: max norm on activities, row sums forward, column sums backward.
struct NetworkNorms {
  /// ‖W_e‖ and ‖W_eᵀ‖ in the max norm, per edge.
  let forward: [Rational]
  let backward: [Rational]
  /// sup |x_v|, sup |δ_v| of the static network, sup |σ′| and the Lipschitz constant of σ′ where there is one, per node.
  private(set) var activity: [Rational]
  private(set) var error: [Rational]
  private(set) var slope: [Rational]
  private(set) var curvature: [Rational?]
  /// The most by which σ′ differs between two arguments, per node.
  private(set) var jump: [Rational]
  private let amplitude: Rational

  /// - Returns: `nil` where an operator has no values.
  init?(_ network: Network, amplitude: Rational) {
    let architecture = network.architecture
    let zeros = [Rational](repeating: 0, count: architecture.nodes.count)
    forward = network.weights.map { Self.greatestSum($0, ofRows: true) }
    backward = network.weights.map { Self.greatestSum($0, ofRows: false) }
    (activity, error, slope, curvature, jump) = (zeros, zeros, zeros, zeros, zeros)
    self.amplitude = amplitude
    for node in network.order {
      let entry = architecture.nodes[node]
      guard !entry.isInput else {
        (activity[node], slope[node]) = (amplitude, 1)
        continue
      }
      var reach = (entry.bias?.elements.map(\.magnitude) ?? []).reduce(Rational(0), Swift.max)
      for index in architecture.incoming[node] { reach += forward[index] * activity[architecture.edges[index].source] }
      guard let steepest = entry.activation.slopeBound(within: reach),
        let greatest = entry.activation.valueBound(within: reach),
        let widest = entry.activation.slopeJumpBound(within: reach)
      else { return nil }
      (activity[node], slope[node]) = (greatest, steepest)
      jump[node] = widest
      curvature[node] = entry.activation.curvatureBound(within: reach)
    }
    for node in network.order.reversed() {
      if architecture.isOutput(node) { error[node] = slope[node] * residual(node) }
      for index in architecture.outgoing[node] {
        error[node] += slope[node] * backward[index] * error[architecture.edges[index].target]
      }
    }
  }

  /// sup |x_o − y_o|.
  func residual(_ output: Int) -> Rational { activity[output] + amplitude }

  private static func greatestSum(_ weight: LinearMap, ofRows: Bool) -> Rational {
    var sums = [Rational](repeating: 0, count: ofRows ? weight.rows : weight.columns)
    weight.forEachNonzero { row, column, value in sums[ofRows ? row : column] += value.magnitude }
    return sums.reduce(Rational(0), Swift.max)
  }
}
