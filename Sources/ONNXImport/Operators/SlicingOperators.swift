#if ONNX
  /// Slice, Split and Gather by constants.
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
      return cut(result, operation.outputName, operation.node.opType, &lowering)
    }

    /// What is left of a tensor after elements were chosen: exact work forgets the sources that are cut away.
    private static func cut(
      _ value: Value, _ name: String, _ operatorName: String, _ lowering: inout Lowering
    ) -> Value {
      guard case .affine(var tensor) = value, tensor.terms.count > 1 else { return value }
      guard lowering.isExact else {
        lowering.note(
          "\(operatorName) \"\(name)\" is taken to depend on all that it is cut from; with weights the reader would see "
            + "which")
        return value
      }
      tensor.terms.removeAll { $0.map.selectsNothing }
      return Value(tensor, name: name)
    }

    /// Consecutive parts along an axis; their lengths are an attribute before opset 13, and equal where none are given.
    static func split(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> [Value] {
      let value = try operation.input(0)
      let own = try value.knownShape()
      let axis = try own.axis(try operation.integer("axis") ?? 0)
      let (length, count) = (own.dimensions[axis], operation.node.output.count)
      guard count > 0 else { throw .malformed("it has no outputs") }
      var parts = try operation.integers(input: 1, orAttribute: "split") ?? []
      if parts.isEmpty {
        if let stated = try operation.integer("num_outputs"), stated != count {
          throw .malformed("num_outputs is \(stated), but it has \(count) outputs")
        }
        guard operation.opset >= 18 || length % count == 0 else {
          throw .malformed("\(length) elements do not split into \(count) equal parts")
        }
        // The last part is the shorter one.
        let part = length / count + (length % count == 0 ? 0 : 1)
        parts = (0..<count).map { min(part, max(length - $0 * part, 0)) }
      }
      // Each is at most the length, so that only very many of them could add up to more than 64 bits.
      guard parts.count == count, count < 1 << 14, parts.allSatisfy({ (0...length).contains($0) }),
        parts.reduce(0, +) == length
      else {
        throw .malformed("the parts \(parts) are not \(count) that make \(length) elements")
      }
      var (results, start): ([Value], Int) = ([], 0)
      for (part, name) in zip(parts, operation.node.output) {
        var dimensions = own.dimensions
        dimensions[axis] = part
        let shape = try Shape(dimensions)
        let offset = start * own.strides[axis]
        let moved = try lowering.move(value, to: shape, keepsOrder: shape == own) {
          shape.count == 0 ? [] : Shape.walk(dimensions, strides: own.strides, offset: offset)
        }
        results.append(cut(moved, name, "Split", &lowering))
        start += part
      }
      return results
    }

    /// Elements chosen by constant indices.
    static func gather(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let indices = try operation.constant(1, "indices")
      let (own, chosen) = (try value.knownShape(), try indices.knownShape())
      let axis = try own.axis(try operation.integer("axis") ?? 0)
      let length = own.dimensions[axis]
      var places: [Int] = []
      for index in try indices.integers() {
        let place = index < 0 ? index + length : index
        guard place >= 0, place < length else { throw .malformed("the index \(index) is outside the shape \(own)") }
        places.append(place)
      }
      let (before, after) = (try Shape(Array(own.dimensions[..<axis])), try Shape(Array(own.dimensions[(axis + 1)...])))
      let shape = try Shape(before.dimensions + chosen.dimensions + after.dimensions)
      let result = try lowering.move(value, to: shape, keepsOrder: false) {
        var result: [Int] = []
        for outer in 0..<before.count {
          for place in places {
            for inner in 0..<after.count { result.append((outer * length + place) * after.count + inner) }
          }
        }
        return result
      }
      return cut(result, operation.outputName, "Gather", &lowering)
    }
  }
#endif
