import ExactArithmetic
import Networks

/// The activities of a network on one input, node by node.
enum ForwardEvaluation {
  static func activities<S: NetworkScalar>(
    _ network: Network, inputs: [Vector<Rational>], in context: S.Context
  ) -> [Vector<S>] {
    func lift(_ vector: Vector<Rational>) -> Vector<S> { Vector(vector.elements.map { S.exact($0, in: context) }) }
    let architecture = network.architecture
    var activities = [Vector<S>](repeating: Vector([]), count: architecture.nodes.count)
    for (index, input) in inputs.enumerated() { activities[index] = lift(input) }
    for index in network.order where !architecture.nodes[index].isInput {
      let node = architecture.nodes[index]
      var drive = node.bias.map(lift) ?? Vector<S>.zeros(node.width, in: context)
      for edge in architecture.incoming[index] {
        drive = drive + network.weights[edge].apply(to: activities[architecture.edges[edge].source], in: context)
      }
      activities[index] = S.apply(node.activation, to: drive, in: context)
    }
    return activities
  }

  /// Exact where every activation is rational, otherwise enclosures of 192 bits.
  static func enclosures(
    _ network: Network, inputs: [Vector<Rational>]
  ) -> [[(lower: Rational, upper: Rational)]] {
    if network.isExactlyRational {
      let values: [Vector<Rational>] = activities(network, inputs: inputs, in: ExactContext())
      return values.map { $0.elements.map { ($0, $0) } }
    }
    let values: [Vector<Interval>] = activities(network, inputs: inputs, in: IntervalContext(precision: 192))
    return values.map { $0.elements.map { ($0.lower, $0.upper) } }
  }
}
