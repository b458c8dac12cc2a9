#if ONNX
  /// Why an operator is not read, and what would help.
  enum OperatorReasons {
    static let elementwise = "it acts on each unit alone, but its σ is not among those with proved enclosures"

    private static let inference = "export the model for inference"

    static func reason(for node: Onnx_NodeProto, in model: ModelFile) -> String {
      let domain = ModelFile.canonical(node.domain)
      guard domain.isEmpty else {
        let known = "it is of the domain \(domain), and no function of the model defines it"
        return domain == "ai.onnx.ml"
          ? known + "; of that domain Scaler and ZipMap are read"
          : known + "; export the model with its functions inside"
      }
      switch node.opType {
      case "Softmax", "LogSoftmax", "Hardmax", "LpNormalization", "LayerNormalization", "InstanceNormalization",
        "GroupNormalization", "RMSNormalization", "MeanVarianceNormalization", "LRN":
        return "each of its outputs depends on several units of one layer and not affinely"
      case "MaxPool", "GlobalMaxPool", "LpPool", "GlobalLpPool", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1",
        "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare", "TopK":
        return "it combines several units in a way that is not affine; an average in its place would be"
      case "LSTM", "GRU", "RNN", "Loop", "Scan", "If":
        return "it holds a computation of its own, with cycles or branches; unroll or inline it before the export"
      case "ArgMax", "ArgMin", "NonZero", "Unique", "OneHot", "Compress":
        return "it gives places and not values: nothing is learned through it"
      case "Exp", "Log", "Erf", "Sin", "Cos", "Tan", "Sinh", "Cosh", "Asin", "Acos", "Atan", "Asinh", "Acosh", "Atanh",
        "Celu", "ThresholdedRelu", "Shrink":
        let hint = node.opType == "Erf" ? "; a gelu is read as the operator Gelu of opset 20" : ""
        return elementwise + hint
      case "QuantizeLinear", "DynamicQuantizeLinear", "QLinearConv", "QLinearMatMul", "ConvInteger", "MatMulInteger":
        return
          "it rounds variables to integers, so that its derivative is zero or none; use the model before quantisation"
      case "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial":
        return "it draws at random; \(inference)"
      default: return "it is not among the operators that are read"
      }
    }
  }
#endif
