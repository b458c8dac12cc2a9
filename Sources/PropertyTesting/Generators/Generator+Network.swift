import ExactArithmetic
import Networks

extension Generator where Value == Architecture {
  /// Architectures on the given graphs, without weights or biases: all that timing needs.
  public static func architecture(
    _ graphs: Generator<GraphPlan>, width: ClosedRange<Int> = 1...1,
    activations: Generator<Activation> = .activation()
  ) -> Generator {
    Generator { (source) throws(DiscardedCase) in
      let plan = try source.draw(graphs)
      var draft = NetworkDraft(plan)
      for node in 0..<plan.nodeCount {
        try source.together { (source) throws(DiscardedCase) in
          try draft.drawNode(node, from: &source, width: width, activations: activations)
        }
      }
      return draft.architecture
    }
  }
}

extension Generator where Value == Network {
  /// Networks on the given graphs.
  ///
  /// With the default generators no weight matrix has a zero row or column, and no bias is zero where there is one.
  ///
  /// - Parameters:
  ///   - width: Of every node, inputs and outputs among them; nodes across an identity link share theirs.
  ///   - outputActivations: For the outputs; `activations` when left out.
  ///   - weights: Entries of the weights.
  ///   - sparse: Whether weights may have zeros; see ``matrix(rows:columns:of:sparse:)``.
  ///   - biases: Entries of the biases, which every second node has; none where nil.
  public static func network(
    _ graphs: Generator<GraphPlan>, width: ClosedRange<Int> = 1...3,
    activations: Generator<Activation> = .activation(ActivationClass.exact),
    outputActivations: Generator<Activation>? = nil, weights: Generator<Rational> = .rational(height: 6),
    sparse: Bool = false, biases: Generator<Rational>? = .rational(height: 6)
  ) -> Generator {
    Generator { (source) throws(DiscardedCase) in
      let plan = try source.draw(graphs)
      let outputs = Set(plan.outputs)
      var draft = NetworkDraft(plan)
      for node in 0..<plan.nodeCount {
        let activations = outputs.contains(node) ? outputActivations ?? activations : activations
        try source.together { (source) throws(DiscardedCase) in
          try draft.drawNode(node, from: &source, width: width, activations: activations)
          try draft.drawWeights(into: node, from: &source, of: weights, sparse: sparse)
          if let biases { try draft.drawBias(of: node, from: &source, of: biases) }
        }
      }
      do {
        return try Network(draft.architecture)
      } catch {
        preconditionFailure("a generated network is refused: \(error)")
      }
    }
  }
}
