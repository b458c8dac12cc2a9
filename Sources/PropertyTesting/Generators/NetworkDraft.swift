import ExactArithmetic
import Networks

/// A graph on its way to a network: what has been drawn for it so far.
struct NetworkDraft {
  private let plan: GraphPlan
  private var widths: [Int] = []
  private var activations: [Activation] = []
  private var biases: [Vector<Rational>?]
  private var weights: [LinearMap?]

  /// A draft of which nothing but the graph is drawn; its nodes are drawn in order.
  init(_ plan: GraphPlan) {
    self.plan = plan
    biases = Array(repeating: nil, count: plan.nodeCount)
    weights = Array(repeating: nil, count: plan.links.count)
  }

  /// Draws the width and the activation of the next node; across an identity link the width is that of its source.
  mutating func drawNode(
    _ node: Int, from source: inout Source, width: ClosedRange<Int>, activations: Generator<Activation>
  ) throws(DiscardedCase) {
    let drawn = try source.draw(Generator<Int>.integer(in: width))
    let twin = plan.links.first { $0.isIdentity && $0.target == node }
    widths.append(twin.map { widths[$0.source] } ?? drawn)
    let activation = node < plan.inputCount ? .identity : try source.draw(activations)
    self.activations.append(try perUnit(activation, width: widths[node], from: &source))
  }

  /// Further slopes for a layer of units that have one each.
  private func perUnit(
    _ activation: Activation, width: Int, from source: inout Source
  ) throws(DiscardedCase) -> Activation {
    guard case .prelu(let slopes) = activation, slopes.count < width else { return activation }
    let missing = width - slopes.count
    return .prelu(slopes + (try source.draw(.array(of: .rational(height: 4), count: missing...missing))))
  }

  /// Draws a weight for every link into `node` that is not the identity.
  mutating func drawWeights(
    into node: Int, from source: inout Source, of entries: Generator<Rational>, sparse: Bool
  ) throws(DiscardedCase) {
    for (index, link) in plan.links.enumerated() where link.target == node {
      let (rows, columns) = (widths[node], widths[link.source])
      weights[index] =
        if link.isIdentity && rows == columns {
          .identity(rows)
        } else {
          try source.draw(.linearMap(rows: rows...rows, columns: columns...columns, of: entries, sparse: sparse))
        }
    }
  }

  /// Draws a bias for `node`, which it has about every second time, and an input never.
  mutating func drawBias(
    of node: Int, from source: inout Source, of entries: Generator<Rational>
  ) throws(DiscardedCase) {
    guard node >= plan.inputCount, try source.draw(.boolean) else { return }
    biases[node] = try source.draw(.vector(count: widths[node]...widths[node], of: entries))
  }

  /// The network as far as it is drawn.
  var architecture: Architecture {
    let names = plan.names
    do {
      return try Architecture(
        name: "generated",
        inputs: (0..<plan.inputCount).map { (name: names[$0], width: widths[$0]) },
        nodes: (plan.inputCount..<plan.nodeCount).map { node in
          Node(name: names[node], width: widths[node], activation: activations[node], bias: biases[node])
        },
        connections: zip(plan.links, weights).map { link, weight in
          Connection(
            from: names[link.source], to: names[link.target], weight: weight, delay: link.delay,
            backwardDelay: link.backwardDelay)
        },
        outputs: plan.outputs.map { names[$0] })
    } catch {
      preconditionFailure("a generated architecture is refused: \(error)")
    }
  }
}
