#if ONNX
  /// The operators that are lowered. Any other is an error for exact work and a node of its own for timing.
  enum OperatorTable {
    typealias Handler = @Sendable (Operation, inout Lowering) throws(OperatorProblem) -> Value

    /// - Returns: `nil` for an operator that is not known.
    static func handler(for node: Onnx_NodeProto) -> Handler? {
      ModelFile.canonical(node.domain).isEmpty ? handlers[node.opType] : nil
    }

    private static let handlers: [String: Handler] = [
      "Add": ElementwiseOperators.add,
      "AveragePool": PoolingOperators.average,
      "BatchNormalization": NormalizationOperators.batch,
      "Cast": ElementwiseOperators.cast,
      "Clip": ActivationOperators.clip,
      "Concat": MovingOperators.concatenate,
      "Constant": ConstantOperators.constant,
      "ConstantOfShape": ConstantOperators.constantOfShape,
      "Conv": ConvolutionOperators.convolve,
      "Div": ElementwiseOperators.divide,
      "Dropout": ElementwiseOperators.dropout,
      "Flatten": ShapeOperators.flatten,
      "Gather": SlicingOperators.gather,
      "Gemm": MatrixOperators.general,
      "GlobalAveragePool": PoolingOperators.globalAverage,
      "HardSigmoid": ActivationOperators.hardSigmoid,
      "Identity": ElementwiseOperators.identity,
      "LeakyRelu": ActivationOperators.leakyRectifier,
      "MatMul": MatrixOperators.product,
      "Mul": ElementwiseOperators.multiply,
      "Relu": ActivationOperators.rectifier,
      "Reshape": ShapeOperators.reshape,
      "Shape": ConstantOperators.shape,
      "Sigmoid": ActivationOperators.sigmoid,
      "Slice": SlicingOperators.slice,
      "Squeeze": ShapeOperators.squeeze,
      "Sub": ElementwiseOperators.subtract,
      "Sum": ElementwiseOperators.sumAll,
      "Tanh": ActivationOperators.tanh,
      "Transpose": MovingOperators.transpose,
      "Unsqueeze": ShapeOperators.unsqueeze,
    ]
  }
#endif
