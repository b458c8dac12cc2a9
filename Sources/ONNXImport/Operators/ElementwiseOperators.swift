#if ONNX
  import ExactArithmetic

  /// Add, Sub, Sum, Mul, Div, Identity, Dropout and Cast.
  enum ElementwiseOperators {
    static func add(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try sum(operation, lowering, subtracting: false)
    }

    static func subtract(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try sum(operation, lowering, subtracting: true)
    }

    private static func sum(
      _ operation: Operation, _ lowering: Lowering, subtracting: Bool
    ) throws(OperatorProblem) -> Value {
      let (left, right) = try operands(operation)
      if let folded = try IntegerFolding.fold(left, right, by: subtracting ? .subtract : .add, operation) {
        return folded
      }
      let sum = try lowering.sum(
        left.affine(for: lowering.purpose), right.affine(for: lowering.purpose), subtracting: subtracting)
      return Value(sum, name: operation.outputName)
    }

    static func sumAll(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let first = try operation.input(0)
      if operation.inputs.count == 1 { return first }
      var sum = try first.affine(for: lowering.purpose)
      for index in 1..<operation.inputs.count {
        sum = try lowering.sum(sum, operation.input(index).affine(for: lowering.purpose))
      }
      return Value(sum, name: operation.outputName)
    }

    static func multiply(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let (left, right) = try operands(operation)
      if let folded = try IntegerFolding.fold(left, right, by: .multiply, operation) { return folded }
      switch (left, right) {
      case (_, .constant(let factor)): return try scale(left, by: factor, operation, lowering)
      case (.constant(let factor), _): return try scale(right, by: factor, operation, lowering)
      default: throw .unsupported("both factors depend on the model's inputs; one must be constant")
      }
    }

    static func divide(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let (left, right) = try operands(operation)
      if let folded = try IntegerFolding.fold(left, right, by: .divide, operation) { return folded }
      guard case .constant(var divisor) = right else {
        throw .unsupported("the divisor depends on the model's inputs; it must be constant")
      }
      if lowering.isExact {
        let values = try divisor.rationals()
        guard !values.contains(where: \.isZero) else {
          throw .malformed("the divisor \"\(divisor.name)\" holds a zero")
        }
        divisor.values = .rationals(values.map { .one / $0 })
      }
      return try scale(left, by: divisor, operation, lowering)
    }

    private static func scale(
      _ value: Value, by factor: Constant, _ operation: Operation, _ lowering: Lowering
    ) throws(OperatorProblem) -> Value {
      let tensor = try value.affine(for: lowering.purpose)
      let own = try factor.knownShape()
      let shape = try tensor.knownShape().broadcast(with: own)
      let whole = try lowering.broadcast(tensor, to: shape)
      guard lowering.isExact else { return Value(whole.unweighed(shape), name: operation.outputName) }
      let factors = try factor.finiteValues().gathered(own.indices(broadcastTo: shape)).rationals
      return Value(try lowering.scaled(whole, by: factors), name: operation.outputName)
    }

    /// Both operands. Before opset 7 the second was aligned by an attribute, which ones behind its shape express.
    private static func operands(_ operation: Operation) throws(OperatorProblem) -> (Value, Value) {
      let (left, right) = (try operation.input(0), try operation.input(1))
      guard operation.opset < 7, operation.isSet("broadcast"), let axis = operation.integer("axis") else {
        return (left, right)
      }
      let (whole, part) = (try left.knownShape(), try right.knownShape())
      let behind = try whole.rank - whole.axis(axis) - part.rank
      guard behind >= 0 else { throw .malformed("the shape \(part) does not fit into \(whole) at axis \(axis)") }
      let shape = try Shape(part.dimensions + [Int](repeating: 1, count: behind))
      switch right {
      case .constant(let constant): return (left, .constant(constant.reshaped(shape)))
      case .affine(let tensor): return (left, .affine(tensor.reshaped(shape)))
      }
    }

    static func identity(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try operation.input(0)
    }

    /// Inference: nothing is dropped.
    static func dropout(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      if let mode = try operation.optionalConstant(2, "training mode"), try mode.integers().contains(where: { $0 != 0 })
      {
        throw .unsupported("training mode is on; export the model for inference")
      }
      if operation.opset < 7, operation.has("is_test"), !operation.isSet("is_test") {
        throw .unsupported("the attribute is_test is 0; export the model for inference")
      }
      return try operation.input(0)
    }

    static func cast(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let type = ElementType(rawValue: operation.integer("to") ?? 0)
      switch try operation.input(0) {
      case .affine(let tensor):
        guard type.isFloat else { throw .unsupported("a cast to \(type) rounds; only casts between floats are exact") }
        if type == .float16 || type == .bfloat16 {
          lowering.note("\(operation.node.opType) \"\(operation.outputName)\" to \(type) is read as the identity")
        }
        return .affine(tensor)
      case .constant(var constant):
        guard type.isFloat || type.isInteger else { throw .unsupported("a cast to \(type) is not known") }
        if type.isInteger, !constant.isInteger, constant.values != nil {
          constant.values = .integers(try IntegerFolding.truncated(constant))
        }
        constant.isInteger = type.isInteger
        return .constant(constant)
      }
    }
  }
#endif
