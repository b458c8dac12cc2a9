#if ONNX
  import ExactArithmetic
  import Networks

  /// Relu, LeakyRelu, Tanh, Sigmoid, HardSigmoid and Clip: each makes a node.
  enum ActivationOperators {
    static func rectifier(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try activate(operation, by: .relu, &lowering)
    }

    static func tanh(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try activate(operation, by: .tanh, &lowering)
    }

    static func sigmoid(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try activate(operation, by: .logistic, &lowering)
    }

    static func leakyRectifier(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let slope = try operation.number("alpha", default: 0.01)
      return try activate(operation, by: .leakyRelu(Rational(finite: slope)), &lowering)
    }

    static func hardSigmoid(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let alpha = try operation.number("alpha", default: 0.2)
      let beta = try operation.number("beta", default: 0.5)
      guard alpha > 0 else { throw .unsupported("alpha is \(alpha); only an increasing HardSigmoid is known") }
      return try activate(
        operation, by: .hardSigmoid(alpha: Rational(finite: alpha), beta: Rational(finite: beta)), &lowering)
    }

    /// Bounds are attributes before opset 11 and inputs since. Crossed bounds give the upper one, as in ONNX.
    static func clip(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let (lower, upper) = (try bound("min", input: 1, operation), try bound("max", input: 2, operation))
      if let lower, let upper, lower > upper {
        return try activate(operation, by: .clip(lower: upper, upper: upper), &lowering)
      }
      return try activate(operation, by: .clip(lower: lower, upper: upper), &lowering)
    }

    /// `nil` for a bound that is left out, infinite, or the largest 32-bit float, which is how ONNX says "none".
    private static func bound(
      _ name: String, input: Int, _ operation: Operation
    ) throws(OperatorProblem) -> Rational? {
      var value: Double?
      if let constant = try operation.optionalConstant(input, name) {
        guard constant.shape?.count ?? 1 == 1 else { throw .malformed("the bound \(name) is not a single number") }
        switch constant.values {
        case .doubles(let doubles)?: value = doubles[0]
        case .integers, .rationals: return try constant.rationals()[0]
        case nil: throw .unsupported("the bound \(name) is computed; fold constants before the export")
        }
      } else {
        value = operation.attribute(name).map { Double($0.f) }
      }
      guard let value, abs(value) < Double(Float.greatestFiniteMagnitude) else {
        if value?.isNaN ?? false { throw .malformed("the bound \(name) is not a number") }
        return nil
      }
      return Rational(finite: value)
    }

    private static func activate(
      _ operation: Operation, by activation: Activation, _ lowering: inout Lowering
    ) throws(OperatorProblem) -> Value {
      try lowering.activate(operation.input(0), by: activation, name: operation.outputName)
    }
  }
#endif
