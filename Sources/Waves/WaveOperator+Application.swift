import ExactArithmetic
import Networks

extension WaveOperator {
  /// Applies the operator to a vector of any scalar.
  ///
  /// - Parameters:
  ///   - network: supplies the weights and biases; its architecture is this operator's.
  ///   - drives: the pre-activation of a node at a lag, as a vector of the node's width: where σ′ is read.
  /// - Throws: `NetworkError` when the vector has the wrong width.
  public func apply<S: NetworkScalar>(
    to vector: Vector<S>, of network: Network, in context: S.Context, drives: (_ node: Int, _ lag: Int) -> Vector<S>
  ) throws(NetworkError) -> Vector<S> {
    guard vector.count == inputWidth else {
      throw NetworkError("the operator takes \(inputWidth) numbers; \(vector.count) were given")
    }
    var current = vector
    for factor in factors.reversed() {
      switch factor {
      case .weight(let edge):
        current = network.weights[edge].apply(to: current, in: context)
      case .weightTransposed(let edge):
        current = network.weights[edge].applyTransposed(to: current, in: context)
      case .slope(let node, let lag):
        current = S.pass(
          current, through: architecture.nodes[node].activation, at: drives(node, lag), in: context)
      case .activation(let node):
        let entry = architecture.nodes[node]
        if let bias = entry.bias { current = current + Vector(bias.elements.map { S.exact($0, in: context) }) }
        current = S.apply(entry.activation, to: current, in: context)
      }
    }
    return current
  }
}
