#if ONNX
  /// Slice, and Gather on constants.
  enum SlicingOperators {
    /// Bounds are attributes before opset 10 and inputs since. Exact work forgets the sources that are cut away.
    static func slice(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      guard let starts = try operation.integers(input: 1, orAttribute: "starts"),
        let ends = try operation.integers(input: 2, orAttribute: "ends")
      else { throw .malformed("starts and ends are missing") }
      let axes = try operation.integers(input: 3, orAttribute: "axes")
      let steps = try operation.integers(input: 4, orAttribute: "steps")
      let own = try value.knownShape()
      guard starts.count == ends.count, starts.count <= own.rank, axes.map(\.count) ?? starts.count == starts.count,
        steps.map(\.count) ?? starts.count == starts.count
      else { throw .malformed("starts, ends, axes and steps do not describe a slice of the shape \(own)") }
      var dimensions = own.dimensions
      var strides = own.strides
      var offset = 0
      var used: Set<Int> = []
      for index in starts.indices {
        let axis = try own.axis(axes?[index] ?? index)
        guard used.insert(axis).inserted else { throw .malformed("the axis \(axis) is sliced twice") }
        let range = try SliceRange(
          start: starts[index], end: ends[index], step: steps?[index] ?? 1, length: own.dimensions[axis])
        offset += range.first * strides[axis]
        dimensions[axis] = range.count
        // One element needs no stride, and the step may be as large as an Int.
        strides[axis] = range.count > 1 ? strides[axis] * range.step : 0
      }
      let shape = try Shape(dimensions)
      let isWhole = shape == own && offset == 0
      let (walked, begin) = (strides, offset)
      let result = try lowering.move(value, to: shape, keepsOrder: isWhole) {
        shape.count == 0 ? [] : Shape.walk(shape.dimensions, strides: walked, offset: begin)
      }
      guard case .affine(var tensor) = result, tensor.terms.count > 1 else { return result }
      guard lowering.isExact else {
        lowering.note(
          "Slice \"\(operation.outputName)\" is taken to depend on all that it is cut from; with weights the reader "
            + "would see which")
        return result
      }
      tensor.terms.removeAll { $0.map.selectsNothing }
      return Value(tensor, name: operation.outputName)
    }

    /// Chosen elements of a constant, as graphs that compute their shapes contain it.
    static func gather(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard case .constant(let constant) = try operation.input(0) else {
        throw .unsupported("only a constant can be gathered from")
      }
      let indices = try operation.constant(1, "indices")
      let (own, chosen) = (try constant.knownShape(), try indices.knownShape())
      let axis = try own.axis(operation.integer("axis") ?? 0)
      let length = own.dimensions[axis]
      var places: [Int] = []
      for index in try indices.integers() {
        let place = index < 0 ? index + length : index
        guard place >= 0, place < length else { throw .malformed("the index \(index) is outside the shape \(own)") }
        places.append(place)
      }
      let (before, after) = (try Shape(Array(own.dimensions[..<axis])), try Shape(Array(own.dimensions[(axis + 1)...])))
      let shape = try Shape(before.dimensions + chosen.dimensions + after.dimensions)
      return try lowering.move(.constant(constant), to: shape, keepsOrder: false) {
        var result: [Int] = []
        for outer in 0..<before.count {
          for place in places {
            for inner in 0..<after.count { result.append((outer * length + place) * after.count + inner) }
          }
        }
        return result
      }
    }
  }
#endif
