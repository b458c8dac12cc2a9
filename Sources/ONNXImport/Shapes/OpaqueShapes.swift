#if ONNX
  /// The shapes that operators make which only timing understands, so that what follows them keeps its widths.
  enum OpaqueShapes {
    /// - Returns: `nil` for an operator whose shape rule is not known.
    static func shape(of operation: Operation) -> Shape? {
      guard ModelFile.canonical(operation.node.domain).isEmpty,
        let first = operation.optionalInput(0)?.shape
      else { return nil }
      let name = operation.node.opType
      if keepingShape.contains(name) { return first }
      do throws(OperatorProblem) {
        if pooling.contains(name) {
          let (batch, channels, spatial) = try WindowAttributes.split(first)
          let windows = try WindowAttributes.windows(of: operation, over: spatial)
          return try Shape([batch, channels] + windows.output.dimensions)
        }
        if name == "GlobalMaxPool" {
          return try Shape(first.dimensions.enumerated().map { $0.offset < 2 ? $0.element : 1 })
        }
        guard let second = operation.optionalInput(1)?.shape else { return nil }
        if name == "MatMul" { return try MatrixProduct(first, second).shape }
        if broadcasting.contains(name) { return try first.broadcast(with: second) }
        return nil
      } catch {
        return nil
      }
    }

    private static let pooling: Set<String> = ["MaxPool", "LpPool"]
    private static let broadcasting: Set<String> = ["Mul", "Div", "Pow", "Max", "Min", "Mean", "PRelu"]
    private static let keepingShape: Set<String> = [
      "Abs", "Celu", "Elu", "Erf", "Exp", "Gelu", "GroupNormalization", "HardSwish", "HardSigmoid", "Hardmax",
      "InstanceNormalization", "LRN", "LayerNormalization", "Log", "LogSoftmax", "LpNormalization", "Mish", "Neg",
      "RMSNormalization", "Reciprocal", "Selu", "Softmax", "Softplus", "Softsign", "Sqrt", "Swish", "ThresholdedRelu",
      "Clip", "Cast", "Dropout", "BatchNormalization", "Round", "Floor", "Ceil", "Sign", "Sin", "Cos", "Tan", "Sinh",
      "Cosh", "Asin", "Acos", "Atan",
    ]
  }
#endif
