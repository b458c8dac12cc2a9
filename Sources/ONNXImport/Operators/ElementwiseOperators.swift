#if ONNX
  import ExactArithmetic

  /// Add, Sub, Sum, Mean, Mul, Div, Neg, Scaler, Identity, Dropout and Cast.
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
      if let folded = try ConstantFolding.fold(left, right, by: subtracting ? .subtract : .add, operation) {
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
      if let folded = try ConstantFolding.fold(left, right, by: .multiply, operation) { return folded }
      switch (left, right) {
      case (_, .constant(let factor)): return try scale(left, by: factor, operation, lowering)
      case (.constant(let factor), _): return try scale(right, by: factor, operation, lowering)
      default:
        if operation.node.input[0].isSpelled(operation.node.input[1]) {
          return try lowering.activate(left, by: .square, name: operation.outputName)
        }
        throw .unsupported("a product of two tensors that depend on the model's inputs is not affine")
      }
    }

    static func divide(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let (left, right) = try operands(operation)
      if let folded = try ConstantFolding.fold(left, right, by: .divide, operation) { return folded }
      guard case .constant(var divisor) = right else {
        throw .unsupported("a quotient by a tensor that depends on the model's inputs is not affine")
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

    static func negate(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      switch try operation.input(0) {
      case .constant(let constant):
        return try ConstantFolding.map(constant, operation, integers: { 0 &- $0 }, doubles: { -$0 })
      case .affine(let tensor):
        return Value(try times(-1, tensor, lowering), name: operation.outputName)
      }
    }

    /// The mean of the operands, each broadcast to their common shape.
    static func mean(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let sum = try sumAll(operation, &lowering).affine(for: lowering.purpose)
      let share = Rational(1, over: Integer(operation.inputs.count))
      return Value(try times(share, sum, lowering), name: operation.outputName)
    }

    /// A tensor times one number.
    static func times(
      _ factor: Rational, _ tensor: AffineTensor, _ lowering: Lowering
    ) throws(OperatorProblem) -> AffineTensor {
      let shape = try tensor.knownShape()
      return try lowering.scaled(tensor, by: [Rational](repeating: factor, count: shape.count))
    }

    /// (x − offset)·scale of `ai.onnx.ml`, with one number for all features or one for each of the last axis.
    static func scaler(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let tensor = try operation.input(0).affine(for: lowering.purpose)
      let shape = try tensor.knownShape()
      func numbers(_ name: String, _ standard: Float) throws(OperatorProblem) -> Constant {
        let floats = try operation.floats(name) ?? [standard]
        guard floats.count == 1 || floats.count == shape.dimensions.last else {
          throw .malformed("\(name) has \(floats.count) numbers for the shape \(shape)")
        }
        return Constant(
          name: name, shape: try Shape([floats.count]), type: .float, values: .doubles(floats.map(Double.init)))
      }
      let offset = try Value.constant(numbers("offset", 0)).affine(for: lowering.purpose)
      let shifted = Value(try lowering.sum(tensor, offset, subtracting: true), name: operation.outputName)
      return try scale(shifted, by: numbers("scale", 1), operation, lowering)
    }

    private static func scale(
      _ value: Value, by factor: Constant, _ operation: Operation, _ lowering: Lowering
    ) throws(OperatorProblem) -> Value {
      let tensor = try value.affine(for: lowering.purpose)
      let own = try factor.knownShape()
      let shape = try tensor.knownShape().broadcast(with: own)
      let whole = try lowering.broadcast(tensor, to: shape)
      let scaled = try lowering.scaled(
        whole, by: try factor.finiteValues().gathered(own.indices(broadcastTo: shape)).rationals, factor: factor.origin)
      return Value(scaled, name: operation.outputName)
    }

    /// Both operands. Before opset 7 the second was aligned by an attribute, which ones behind its shape express.
    private static func operands(_ operation: Operation) throws(OperatorProblem) -> (Value, Value) {
      let (left, right) = (try operation.input(0), try operation.input(1))
      guard operation.opset < 7, try operation.isSet("broadcast"), let axis = try operation.integer("axis") else {
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
        throw .malformed("training mode is on; export the model for inference")
      }
      if operation.opset < 7, !(try operation.isSet("is_test")) {
        throw .malformed(
          "is_test is 0, which it is where it is absent before opset 7: this is the form for training; export the model "
            + "for inference")
      }
      return try operation.input(0)
    }

    static func cast(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let type = ElementType(rawValue: try operation.integer("to") ?? 0)
      switch try operation.input(0) {
      case .affine(let tensor):
        guard type.isFloat else { throw .unsupported("a cast to \(type) rounds; only casts between floats are exact") }
        if type == .float16 || type == .bfloat16 {
          lowering.note("\(operation.node.opType) \"\(operation.outputName)\" to \(type) is read as the identity")
        }
        return .affine(tensor)
      case .constant(let constant): return .constant(try ConstantFolding.cast(constant, to: type))
      }
    }
  }
#endif
