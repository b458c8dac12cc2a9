#if ONNX
  /// The operators that are lowered. Any other is an error for exact work and a node of its own for timing.
  enum OperatorTable {
    typealias Handler = @Sendable (Operation, inout Lowering) throws(OperatorProblem) -> Value
    /// As many values as the node has outputs.
    typealias SeveralHandler = @Sendable (Operation, inout Lowering) throws(OperatorProblem) -> [Value]

    /// Whether a node's operator is lowered, in some uses at least.
    static func knows(_ node: Onnx_NodeProto) -> Bool {
      switch ModelFile.canonical(node.domain) {
      case "": handlers[node.opType] != nil || node.opType == "Split"
      case "ai.onnx.ml": learningHandlers[node.opType] != nil
      default: false
      }
    }

    /// What the operator makes of its inputs.
    ///
    /// - Throws: why it is not lowered, or what contradicts itself.
    static func lower(
      _ operation: Operation, _ lowering: inout Lowering, in model: ModelFile
    ) throws(OperatorProblem) -> [Value] {
      let node = operation.node
      let domain = ModelFile.canonical(node.domain)
      if domain.isEmpty, node.opType == "Split" { return try SlicingOperators.split(operation, &lowering) }
      guard
        let handler = domain.isEmpty
          ? handlers[node.opType] : domain == "ai.onnx.ml" ? learningHandlers[node.opType] : nil
      else { throw .unsupported(OperatorReasons.reason(for: node, in: model)) }
      return [try handler(operation, &lowering)]
    }

    /// Of the domain `ai.onnx.ml`. ZipMap gives each number the name of its class.
    private static let learningHandlers: [String: Handler] = [
      "Scaler": ElementwiseOperators.scaler,
      "ZipMap": ElementwiseOperators.identity,
    ]

    private static let handlers: [String: Handler] = [
      "Abs": ConstantFunctions.absolute,
      "Add": ElementwiseOperators.add,
      "And": ConstantFunctions.compare,
      "AveragePool": PoolingOperators.average,
      "BatchNormalization": NormalizationOperators.batch,
      "Cast": ElementwiseOperators.cast,
      "Ceil": ConstantFunctions.elementwise,
      "Clip": ActivationOperators.clip,
      "Concat": MovingOperators.concatenate,
      "Constant": ConstantOperators.constant,
      "ConstantOfShape": ConstantOperators.constantOfShape,
      "Conv": ConvolutionOperators.convolve,
      "ConvTranspose": TransposedConvolution.convolve,
      "DequantizeLinear": ConstantFunctions.dequantize,
      "Div": ElementwiseOperators.divide,
      "Dropout": ElementwiseOperators.dropout,
      "Einsum": EinsumOperator.einsum,
      "Elu": ActivationOperators.elu,
      "Equal": ConstantFunctions.compare,
      "Expand": RepeatingOperators.expand,
      "Flatten": ShapeOperators.flatten,
      "Floor": ConstantFunctions.elementwise,
      "Gather": SlicingOperators.gather,
      "Gelu": ActivationOperators.gelu,
      "Gemm": MatrixOperators.general,
      "GlobalAveragePool": PoolingOperators.globalAverage,
      "Greater": ConstantFunctions.compare,
      "GreaterOrEqual": ConstantFunctions.compare,
      "HardSigmoid": ActivationOperators.hardSigmoid,
      "HardSwish": ActivationOperators.hardSwish,
      "Identity": ElementwiseOperators.identity,
      "LeakyRelu": ActivationOperators.leakyRectifier,
      "Less": ConstantFunctions.compare,
      "LessOrEqual": ConstantFunctions.compare,
      "MatMul": MatrixOperators.product,
      "Max": ActivationOperators.extreme,
      "Mean": ElementwiseOperators.mean,
      "Min": ActivationOperators.extreme,
      "Mish": ActivationOperators.plain,
      "Mul": ElementwiseOperators.multiply,
      "Neg": ElementwiseOperators.negate,
      "Not": ConstantFunctions.elementwise,
      "Or": ConstantFunctions.compare,
      "PRelu": ActivationOperators.parametric,
      "Pad": RepeatingOperators.pad,
      "Pow": ConstantFunctions.power,
      "Range": RepeatingOperators.range,
      "Reciprocal": ConstantFunctions.elementwise,
      "ReduceMax": ReductionOperators.constants,
      "ReduceMean": ReductionOperators.mean,
      "ReduceMin": ReductionOperators.constants,
      "ReduceProd": ReductionOperators.constants,
      "ReduceSum": ReductionOperators.sum,
      "Relu": ActivationOperators.rectifier,
      "Reshape": ShapeOperators.reshape,
      "Resize": ResizingOperators.resize,
      "Round": ConstantFunctions.elementwise,
      "Selu": ActivationOperators.selu,
      "Shape": ConstantOperators.shape,
      "Sigmoid": ActivationOperators.sigmoid,
      "Sign": ConstantFunctions.elementwise,
      "Slice": SlicingOperators.slice,
      "Softplus": ActivationOperators.plain,
      "Softsign": ActivationOperators.plain,
      "Sqrt": ConstantFunctions.elementwise,
      "Squeeze": ShapeOperators.squeeze,
      "Sub": ElementwiseOperators.subtract,
      "Sum": ElementwiseOperators.sumAll,
      "Swish": ActivationOperators.swish,
      "Tanh": ActivationOperators.tanh,
      "Tile": RepeatingOperators.tile,
      "Transpose": MovingOperators.transpose,
      "Unsqueeze": ShapeOperators.unsqueeze,
      "Upsample": ResizingOperators.upsample,
      "Where": RepeatingOperators.choose,
      "Xor": ConstantFunctions.compare,
    ]
  }
#endif
