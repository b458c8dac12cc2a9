#if ONNX
  import ExactArithmetic

  /// BatchNormalization with its running statistics: a factor and a summand per channel.
  enum NormalizationOperators {
    static func batch(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let isTrained =
        switch operation.opset {
        case ..<7: !(try operation.isSet("is_test"))
        case ..<14: operation.node.output.dropFirst().contains { !$0.isEmpty }
        default: try operation.isSet("training_mode")
        }
      guard !isTrained else {
        throw .malformed(
          "it is in the form for training"
            + (operation.opset < 7 ? " (is_test is 0, which it is where it is absent before opset 7)" : "")
            + ": it normalizes by the statistics of its input; export the model for inference")
      }
      guard try operation.integer("spatial") ?? 1 == 1 else { throw .unsupported("spatial = 0 is not known") }
      let value = try operation.input(0)
      let statistics = [
        try operation.constant(1, "scale"), try operation.constant(2, "bias"), try operation.constant(3, "mean"),
        try operation.constant(4, "variance"),
      ]
      let shape = try value.knownShape()
      guard shape.rank >= 2 else { throw .malformed("the shape \(shape) has no channels: batch and channels expected") }
      for statistic in statistics where try statistic.knownShape().count != shape.dimensions[1] {
        throw .malformed("\"\(statistic.name)\" has not \(shape.dimensions[1]) numbers, one per channel")
      }
      let tensor = try value.affine(for: lowering.purpose)
      let factorUse = statistics[0].origin
      guard lowering.isExact else {
        return Value(try lowering.scaled(tensor, by: [], factor: factorUse), name: operation.outputName)
      }
      let epsilon = Rational(finite: try operation.number("epsilon", default: 1e-5))
      let (scale, bias) = (try statistics[0].rationals(), try statistics[1].rationals())
      let (mean, variance) = (try statistics[2].rationals(), try statistics[3].rationals())
      var factors: [Rational] = []
      var roundedCount = 0
      for channel in scale.indices {
        let root = try InverseRoot(scale: scale[channel], radicand: variance[channel] + epsilon)
        factors.append(root.factor)
        if !root.isExact { roundedCount += 1 }
      }
      if roundedCount > 0 {
        lowering.note(
          "BatchNormalization \"\(operation.outputName)\": the factor scale/√(variance + ε) of \(roundedCount) of "
            + "\(factors.count) channels is irrational or long and was rounded to the nearest double; the network is "
            + "exact with these factors")
      }
      let perChannel = try Shape([1, factors.count] + [Int](repeating: 1, count: shape.rank - 2))
      let channels = try perChannel.indices(broadcastTo: shape)
      let summands = scale.indices.map { bias[$0] - mean[$0] * factors[$0] }
      let scaled = try lowering.scaled(tensor, by: channels.map { factors[$0] }, factor: factorUse)
      let added = AffineTensor(shape: shape, terms: [], bias: channels.map { summands[$0] }, isShifted: true)
      return Value(try lowering.merge([scaled, added], shape: shape), name: operation.outputName)
    }
  }
#endif
