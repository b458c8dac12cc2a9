#if ONNX
  import ExactArithmetic

  /// Gemm and MatMul with a constant on either side.
  enum MatrixOperators {
    /// alpha · A′ · B′ + beta · C, where A′ and B′ may be transposed.
    static func general(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      var (left, right) = (try operation.input(0), try operation.input(1))
      try requireOneConstant(left, right)
      for (value, name) in [(left, "A"), (right, "B")] {
        let shape = try value.knownShape()
        guard shape.rank == 2 else { throw .malformed("\(name) has the shape \(shape), but a matrix is needed") }
      }
      if try operation.isSet("transA") { left = try MovingOperators.transpose(left, by: [1, 0], lowering) }
      if try operation.isSet("transB") { right = try MovingOperators.transpose(right, by: [1, 0], lowering) }
      var product = try multiply(left, right, lowering)
      let alpha = Rational(finite: try operation.number("alpha", default: 1))
      let shape = try product.knownShape()
      if alpha != 1 { product = try ElementwiseOperators.times(alpha, product, lowering) }
      guard let summand = operation.optionalInput(2) else { return Value(product, name: operation.outputName) }
      let beta = Rational(finite: try operation.number("beta", default: 1))
      var added = try lowering.broadcast(summand.affine(for: lowering.purpose), to: shape)
      if beta != 1 { added = try ElementwiseOperators.times(beta, added, lowering) }
      return Value(try lowering.merge([product, added], shape: shape), name: operation.outputName)
    }

    static func product(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let (left, right) = (try operation.input(0), try operation.input(1))
      try requireOneConstant(left, right)
      return Value(try multiply(left, right, lowering), name: operation.outputName)
    }

    private static func requireOneConstant(_ left: Value, _ right: Value) throws(OperatorProblem) {
      guard left.isConstant || right.isConstant else {
        throw .unsupported("a product of two tensors that depend on the model's inputs is not affine")
      }
    }

    private static func multiply(
      _ left: Value, _ right: Value, _ lowering: Lowering
    ) throws(OperatorProblem) -> AffineTensor {
      let form = try MatrixProduct(left.knownShape(), right.knownShape())
      // Two constants: the left one is the weight, the right one an affine tensor without sources.
      switch (left, right) {
      case (_, .constant(let weight)) where !left.isConstant:
        return try lowering.linear(
          left.affine(for: lowering.purpose), to: form.shape,
          use: weight.origin?.after("right factor of \(try left.knownShape())")
        ) {
          () throws(OperatorProblem) in
          try weight.finiteValues()
        } structure: { () throws(OperatorProblem) in
          try form.structure(weightIsRight: true)
        }
      case (.constant(let weight), _):
        return try lowering.linear(
          right.affine(for: lowering.purpose), to: form.shape,
          use: weight.origin?.after("left factor of \(try right.knownShape())")
        ) {
          () throws(OperatorProblem) in
          try weight.finiteValues()
        } structure: { () throws(OperatorProblem) in
          try form.structure(weightIsRight: false)
        }
      default: throw .unsupported("both factors depend on the model's inputs; one must be constant")
      }
    }
  }
#endif
