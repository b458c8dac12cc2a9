#if ONNX
  /// Transpose, Concat and Slice: elements change places.
  enum MovingOperators {
    static func transpose(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let rank = try value.knownShape().rank
      return try transpose(value, by: try operation.integers("perm") ?? (0..<rank).reversed(), lowering)
    }

    static func transpose(
      _ value: Value, by permutation: [Int], _ lowering: Lowering
    ) throws(OperatorProblem) -> Value {
      let own = try value.knownShape()
      guard permutation.sorted() == Array(0..<own.rank) else {
        throw .malformed("perm \(permutation) is not a permutation of the axes of the shape \(own)")
      }
      let shape = try Shape(permutation.map { own.dimensions[$0] })
      // Axes of length 1 may go anywhere.
      let moved = permutation.filter { own.dimensions[$0] != 1 }
      let result = try lowering.move(value, to: shape, keepsOrder: moved == moved.sorted()) {
        let strides = own.strides
        return Shape.walk(shape.dimensions, strides: permutation.map { strides[$0] })
      }
      guard case .constant(let before) = value, case .constant(var after) = result else { return result }
      after.origin = before.origin?.after("transposed by \(permutation)")
      return .constant(after)
    }

    /// A sum of the parts, each moved to its place among zeros.
    static func concatenate(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let first = try operation.input(0).knownShape()
      let axis = try first.axis(try operation.integer("axis") ?? 1)
      if operation.inputs.count == 1 { return try operation.input(0) }
      var parts: [(value: Value, shape: Shape)] = []
      var length = 0
      for index in operation.inputs.indices {
        let value = try operation.input(index)
        let shape = try value.knownShape()
        guard shape.rank == first.rank,
          (0..<shape.rank).allSatisfy({ $0 == axis || shape.dimensions[$0] == first.dimensions[$0] })
        else { throw .malformed("the shapes \(first) and \(shape) do not concatenate at axis \(axis)") }
        let (sum, overflow) = length.addingReportingOverflow(shape.dimensions[axis])
        guard !overflow else { throw .malformed("the concatenated dimension exceeds 64 bits") }
        length = sum
        parts.append((value, shape))
      }
      var dimensions = first.dimensions
      dimensions[axis] = length
      let shape = try Shape(dimensions)
      if let folded = try concatenateConstants(parts, axis: axis, shape: shape, operation) { return folded }
      var moved: [AffineTensor] = []
      var start = 0
      for part in parts {
        let tensor = try part.value.affine(for: lowering.purpose)
        moved.append(
          try lowering.move(tensor, to: shape) { places(of: part.shape, in: shape, axis: axis, start: start) })
        start += part.shape.dimensions[axis]
      }
      return Value(try lowering.merge(moved, shape: shape), name: operation.outputName)
    }

    /// For each element of `whole`, its place in the part that begins at `start` along the axis, or −1.
    private static func places(of part: Shape, in whole: Shape, axis: Int, start: Int) -> [Int] {
      var indices = [Int](repeating: -1, count: whole.count)
      let offset = start * whole.strides[axis]
      for (place, index) in Shape.walk(part.dimensions, strides: whole.strides, offset: offset).enumerated() {
        indices[index] = place
      }
      return indices
    }

    private static func concatenateConstants(
      _ parts: [(value: Value, shape: Shape)], axis: Int, shape: Shape, _ operation: Operation
    ) throws(OperatorProblem) -> Value? {
      var constants: [(constant: Constant, shape: Shape)] = []
      for part in parts {
        guard case .constant(let constant) = part.value else { return nil }
        constants.append((constant, part.shape))
      }
      guard let type = constants.first?.constant.type, constants.allSatisfy({ $0.constant.type == type }) else {
        throw .malformed("the parts are of different types; cast them to one")
      }
      var result = Constant(name: operation.outputName, shape: shape, type: type, values: nil)
      guard constants.allSatisfy({ $0.constant.values != nil }) else { return .constant(result) }
      try Shape.checkSize(shape.count, "the tensor")
      // Each element's place in the parts written one behind the other.
      var order = [Int](repeating: 0, count: shape.count)
      var (start, offset) = (0, 0)
      for part in constants {
        for (index, place) in places(of: part.shape, in: shape, axis: axis, start: start).enumerated() where place >= 0
        {
          order[index] = offset + place
        }
        start += part.shape.dimensions[axis]
        offset += part.shape.count
      }
      result.values = try TensorValues.joined(constants.compactMap(\.constant.values)).gathered(order)
      return .constant(result)
    }
  }
#endif
