#if ONNX
  /// Constant, ConstantOfShape and Shape: tensors that depend on no input.
  enum ConstantOperators {
    static func constant(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let name = operation.outputName
      func floats(_ floats: [Float], _ dimensions: [Int]) throws(OperatorProblem) -> Value {
        let values = TensorValues.doubles(floats.map(Double.init))
        return .constant(Constant(name: name, shape: try Shape(dimensions), type: .float, values: values))
      }
      func integers(_ integers: [Int], _ dimensions: [Int]) throws(OperatorProblem) -> Value {
        let values = TensorValues.integers(integers)
        return .constant(Constant(name: name, shape: try Shape(dimensions), type: .int64, values: values))
      }
      if let tensor = try operation.tensor("value") {
        var constant = try decode(tensor, lowering.files, for: lowering.purpose)
        constant.name = name
        return .constant(constant)
      }
      if let one = try operation.float("value_float") { return try floats([one], []) }
      if let many = try operation.floats("value_floats") { return try floats(many, [many.count]) }
      if let one = try operation.integer("value_int") { return try integers([one], []) }
      if let many = try operation.integers("value_ints") { return try integers(many, [many.count]) }
      throw .unsupported("the constant is neither a tensor of numbers nor a list of them")
    }

    static func constantOfShape(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let shape = try Shape(operation.constant(0, "shape").integers())
      var element = Constant(name: "", shape: nil, type: .float, values: .doubles([0]))
      if let value = try operation.tensor("value") { element = try decode(value, lowering.files, for: .values) }
      guard element.values?.count == 1 else { throw .malformed("the attribute value is not a single number") }
      var values: TensorValues?
      if TensorDecoder.readsValues(isInteger: element.isInteger, count: shape.count, for: lowering.purpose) {
        try Shape.checkSize(shape.count, "the tensor")
        values = element.values?.gathered([Int](repeating: 0, count: shape.count))
      }
      return .constant(
        Constant(name: operation.outputName, shape: shape, type: element.type, values: values))
    }

    /// The dimensions of a tensor, which are known while the model is read.
    static func shape(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let dimensions = try operation.input(0).knownShape().dimensions
      func bound(_ name: String, _ standard: Int) throws(OperatorProblem) -> Int {
        let value = try operation.integer(name) ?? standard
        return min(max(value < 0 ? value &+ dimensions.count : value, 0), dimensions.count)
      }
      let (start, end) = (try bound("start", 0), try bound("end", dimensions.count))
      let chosen = start < end ? Array(dimensions[start..<end]) : []
      return .constant(
        Constant(
          name: operation.outputName, shape: try Shape([chosen.count]), type: .int64, values: .integers(chosen)))
    }

    private static func decode(
      _ tensor: Onnx_TensorProto, _ files: ExternalData, for purpose: Purpose
    ) throws(OperatorProblem) -> Constant {
      do throws(ONNXError) {
        return try TensorDecoder(tensor, files: files).constant(for: purpose)
      } catch {
        throw .malformed(error.message)
      }
    }
  }
#endif
