#if ONNX
  /// Transpose, Concat and Slice: elements change places.
  enum MovingOperators {
    static func transpose(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let rank = try value.knownShape().rank
      return try transpose(value, by: operation.integers("perm") ?? (0..<rank).reversed(), lowering)
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
      return try lowering.move(value, to: shape, keepsOrder: moved == moved.sorted()) {
        let strides = own.strides
        return Shape.walk(shape.dimensions, strides: permutation.map { strides[$0] })
      }
    }

    /// A sum of the parts, each moved to its place among zeros.
    static func concatenate(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let first = try operation.input(0).knownShape()
      let axis = try first.axis(operation.integer("axis") ?? 1)
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
      if let folded = try concatenateIntegers(parts, axis: axis, shape: shape, operation) { return folded }
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

    private static func concatenateIntegers(
      _ parts: [(value: Value, shape: Shape)], axis: Int, shape: Shape, _ operation: Operation
    ) throws(OperatorProblem) -> Value? {
      try Shape.checkSize(parts.allSatisfy(\.value.isConstant) ? shape.count : 0, "the tensor")
      var result: [Int] = []
      var start = 0
      for part in parts {
        guard case .constant(let constant) = part.value, constant.isInteger,
          case .integers(let integers)? = constant.values
        else { return nil }
        if result.isEmpty { result = [Int](repeating: 0, count: shape.count) }
        for (index, place) in places(of: part.shape, in: shape, axis: axis, start: start).enumerated() where place >= 0
        {
          result[index] = integers[place]
        }
        start += part.shape.dimensions[axis]
      }
      return .constant(
        Constant(name: operation.outputName, shape: shape, isInteger: true, values: .integers(result)))
    }
  }
#endif
