#if ONNX
  import ExactArithmetic
  import Networks

  /// Activations: each makes a node.
  enum ActivationOperators {
    static func rectifier(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard case .affine(let tensor) = try operation.input(0) else {
        return try activate(operation, by: .relu, &lowering)
      }
      return try lowering.clamp(tensor, by: .clip(lower: 0, upper: nil), operation)
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

    /// Operators whose σ has no parameters here.
    static func plain(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let activations: [String: Activation] = [
        "Softsign": .softsign, "Softplus": .softplus, "Mish": .mish,
      ]
      guard let activation = activations[operation.node.opType] else { throw .unsupported(OperatorReasons.elementwise) }
      return try activate(operation, by: activation, &lowering)
    }

    static func elu(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try activate(operation, by: exponential(operation.number("alpha", default: 1)), &lowering)
    }

    /// gamma · elu(alpha); with the standard constants one σ, otherwise the factor is folded into what reads it.
    static func selu(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      // The defaults before opset 6 were other decimals of the same constants.
      let (alpha, gamma) = operation.opset < 6 ? (1.6732, 1.0507) : (1.673263192176818848, 1.050701022148132324)
      let stated = (
        try operation.number("alpha", default: Float(alpha)), try operation.number("gamma", default: Float(gamma))
      )
      if Rational(finite: stated.0) == Activation.seluAlpha, Rational(finite: stated.1) == Activation.seluGamma {
        return try activate(operation, by: .selu, &lowering)
      }
      return try activate(
        operation, by: exponential(stated.0), of: 1, times: Rational(finite: stated.1), &lowering)
    }

    private static func exponential(_ alpha: Double) throws(OperatorProblem) -> Activation {
      guard alpha >= 0 else { throw .unsupported("alpha is \(alpha); it is known where it is not negative") }
      return alpha == 0 ? .relu : .elu(Rational(finite: alpha))
    }

    /// factor · σ(scale · a): one unit whose factors are folded into what is before and behind it. The tensor's name is
    /// that of the product, so that the unit itself has another.
    private static func activate(
      _ operation: Operation, by activation: Activation, of scale: Rational, times factor: Rational,
      _ lowering: inout Lowering
    ) throws(OperatorProblem) -> Value {
      guard scale != 1 || factor != 1 else { return try activate(operation, by: activation, &lowering) }
      let inner = try ElementwiseOperators.times(scale, operation.input(0).affine(for: lowering.purpose), lowering)
      let name = factor == 1 ? operation.outputName : "\(operation.outputName)/unit"
      let value = try lowering.activate(Value(inner, name: operation.outputName), by: activation, name: name)
      return Value(
        try ElementwiseOperators.times(factor, value.affine(for: lowering.purpose), lowering),
        name: operation.outputName)
    }

    static func gelu(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      switch try operation.text("approximate") ?? "none" {
      case "none": return try activate(operation, by: .gelu, &lowering)
      case "tanh": return try activate(operation, by: .geluTanh, &lowering)
      case let other: throw .malformed("approximate \"\(other)\" is unknown")
      }
    }

    /// x·logistic(αx) = swish(αx)/α: another α is folded into what is before and behind.
    static func swish(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let alpha = Rational(finite: try operation.number("alpha", default: 1))
      guard alpha.sign > 0 else { throw .unsupported("alpha is \(alpha); it is known where it is positive") }
      return try activate(operation, by: .swish, of: alpha, times: 1 / alpha, &lowering)
    }

    /// x·clip(x/6 + 1/2). Where it is spelled as a product with a HardSigmoid of another alpha, as the 32-bit float next to
    /// 1/6 is, it is hard-swish(6αx)/(6α).
    static func hardSwish(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard operation.has("alpha") else { return try activate(operation, by: .hardSwish, &lowering) }
      let scale = 6 * Rational(finite: try operation.number("alpha", default: 0))
      guard scale.sign > 0 else { throw .unsupported("its factor alpha is not positive") }
      return try activate(operation, by: .hardSwish, of: scale, times: 1 / scale, &lowering)
    }

    /// One slope for all units is a LeakyRelu; otherwise each unit has its own.
    static func parametric(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let slope = try operation.constant(1, "slope")
      let shape = try operation.input(0).knownShape()
      let own = try slope.knownShape()
      _ = try own.strides(broadcastTo: shape)
      guard slope.values != nil else {
        throw .unsupported("its slopes differ among units, and timing does not read them")
      }
      let slopes = try slope.rationals()
      if let first = slopes.first, slopes.allSatisfy({ $0 == first }) {
        return try activate(operation, by: .leakyRelu(first), &lowering)
      }
      try Shape.checkSize(shape.count, "the slopes")
      let places = try own.indices(broadcastTo: shape)
      return try activate(operation, by: .prelu(places.map { slopes[$0] }), &lowering)
    }

    /// The larger or smaller one of a tensor and constants: a relu where that is zero, otherwise clamped.
    static func extreme(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let isMaximum = operation.node.opType == "Max"
      var (variable, constant): (Value?, Value?)
      for index in operation.inputs.indices {
        let value = try operation.input(index)
        if value.isConstant {
          constant =
            try constant.map { (other) throws(OperatorProblem) in
              guard let folded = try ConstantFolding.fold(other, value, by: isMaximum ? .greatest : .least, operation)
              else { return other }
              return folded
            } ?? value
        } else {
          guard variable == nil else {
            throw .unsupported(
              "the \(isMaximum ? "larger" : "smaller") one of two variables is not a function of one drive")
          }
          variable = value
        }
      }
      guard let variable else {
        guard let constant else { throw .malformed("it has no operands") }
        return constant
      }
      guard case .constant(let bound)? = constant else { return variable }
      guard bound.values != nil else {
        throw .unsupported("its bounds differ among units or are computed; one number for all is known")
      }
      let numbers = try bound.rationals()
      guard let number = numbers.first, numbers.allSatisfy({ $0 == number }) else {
        throw .unsupported("its bounds differ among units; one number for all is known")
      }
      let shape = try variable.knownShape().broadcast(with: bound.knownShape())
      let whole = try lowering.broadcast(variable.affine(for: lowering.purpose), to: shape)
      let clamp: Activation = isMaximum ? .clip(lower: number, upper: nil) : .clip(lower: nil, upper: number)
      return try lowering.clamp(whole, by: clamp, operation)
    }

    /// Bounds are attributes before opset 11 and inputs since. Crossed bounds give the upper one, as in ONNX.
    static func clip(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let (lower, upper) = (try bound("min", input: 1, operation), try bound("max", input: 2, operation))
      if let lower, let upper, lower > upper {
        return try activate(operation, by: .clip(lower: upper, upper: upper), &lowering)
      }
      let value = try operation.input(0)
      guard case .affine(let tensor) = value, lower != nil || upper != nil else {
        return try activate(operation, by: .clip(lower: lower, upper: upper), &lowering)
      }
      return try lowering.clamp(tensor, by: .clip(lower: lower, upper: upper), operation)
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
        value = try operation.float(name).map(Double.init)
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
