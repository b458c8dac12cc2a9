#if ONNX
  /// Constant, ConstantOfShape and Shape: tensors that depend on no input.
  enum ConstantOperators {
    static func constant(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let name = operation.outputName
      func floats(_ floats: [Float], _ dimensions: [Int]) throws(OperatorProblem) -> Value {
        let values = TensorValues.doubles(floats.map(Double.init))
        return .constant(Constant(name: name, shape: try Shape(dimensions), isInteger: false, values: values))
      }
      func integers(_ integers: [Int64], _ dimensions: [Int]) throws(OperatorProblem) -> Value {
        let values = TensorValues.integers(integers.map { Int($0) })
        return .constant(Constant(name: name, shape: try Shape(dimensions), isInteger: true, values: values))
      }
      if let tensor = operation.attribute("value"), tensor.hasT {
        var constant = try decode(tensor.t, for: lowering.purpose)
        constant.name = name
        return .constant(constant)
      }
      if let one = operation.attribute("value_float") { return try floats([one.f], []) }
      if let many = operation.attribute("value_floats") { return try floats(many.floats, [many.floats.count]) }
      if let one = operation.attribute("value_int") { return try integers([one.i], []) }
      if let many = operation.attribute("value_ints") { return try integers(many.ints, [many.ints.count]) }
      throw .unsupported("the constant is neither a tensor of numbers nor a list of them")
    }

    static func constantOfShape(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let shape = try Shape(operation.constant(0, "shape").integers())
      var element = Constant(name: "", shape: nil, isInteger: false, values: .doubles([0]))
      if let value = operation.attribute("value") { element = try decode(value.t, for: .values) }
      guard element.values?.count == 1 else { throw .malformed("the attribute value is not a single number") }
      var values: TensorValues?
      if TensorDecoder.readsValues(isInteger: element.isInteger, count: shape.count, for: lowering.purpose) {
        try Shape.checkSize(shape.count, "the tensor")
        values = element.values?.gathered([Int](repeating: 0, count: shape.count))
      }
      return .constant(
        Constant(name: operation.outputName, shape: shape, isInteger: element.isInteger, values: values))
    }

    /// The dimensions of a tensor, which are known while the model is read.
    static func shape(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let dimensions = try operation.input(0).knownShape().dimensions
      func bound(_ name: String, _ standard: Int) -> Int {
        let value = operation.integer(name) ?? standard
        return min(max(value < 0 ? value + dimensions.count : value, 0), dimensions.count)
      }
      let (start, end) = (bound("start", 0), bound("end", dimensions.count))
      let chosen = start < end ? Array(dimensions[start..<end]) : []
      return .constant(
        Constant(
          name: operation.outputName, shape: try Shape([chosen.count]), isInteger: true, values: .integers(chosen)))
    }

    private static func decode(
      _ tensor: Onnx_TensorProto, for purpose: Purpose
    ) throws(OperatorProblem) -> Constant {
      do throws(ONNXError) {
        return try TensorDecoder(tensor).constant(for: purpose)
      } catch {
        throw .malformed(error.message)
      }
    }
  }
#endif
