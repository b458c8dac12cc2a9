#if ONNX
  import ExactArithmetic
  import Networks

  extension Lowering {
    /// A relu or clip, which Max with a constant and Min with a constant are.
    ///
    /// A Max or Min directly behind another clamp, or another clamp behind it, is the same function of one drive: where
    /// nothing else reads what is between them, they are one node.
    mutating func clamp(
      _ tensor: AffineTensor, by clamp: Activation, _ operation: Operation
    ) throws(OperatorProblem) -> Value {
      guard let node = tensor.aliasedNode, let before = operation.node.input.first(where: isReadOnce),
        nodes[node].name.isSpelled(before), let inner = nodes[node].activation.bounds, let outer = clamp.bounds,
        isExtreme(operation.node.opType) || extremes.contains(Name(before))
      else {
        if isExtreme(operation.node.opType) { extremes.insert(Name(operation.outputName)) }
        return try activate(.affine(tensor), by: Activation(bounds: clamp.bounds), name: operation.outputName)
      }
      func clamped(_ value: Rational?, _ standard: Rational?) -> Rational? {
        guard let value else { return standard }
        let raised = outer.lower.map { max($0, value) } ?? value
        return outer.upper.map { min($0, raised) } ?? raised
      }
      let bounds = (lower: clamped(inner.lower, outer.lower), upper: clamped(inner.upper, outer.upper))
      replace(node, by: Activation(bounds: bounds), name: operation.outputName)
      extremes.insert(Name(operation.outputName))
      return .affine(tensor)
    }

    private func isReadOnce(_ name: String) -> Bool { readOnce.contains(Name(name)) }

    private func isExtreme(_ operatorName: String) -> Bool { operatorName == "Max" || operatorName == "Min" }
  }

  extension Activation {
    /// What a relu or clip clamps to.
    fileprivate var bounds: (lower: Rational?, upper: Rational?)? {
      switch self {
      case .relu: (0, nil)
      case .clip(let lower, let upper): (lower, upper)
      default: nil
      }
    }

    fileprivate init(bounds: (lower: Rational?, upper: Rational?)?) {
      if let bounds, bounds.lower == 0, bounds.upper == nil {
        self = .relu
      } else {
        self = .clip(lower: bounds?.lower, upper: bounds?.upper)
      }
    }
  }
#endif
