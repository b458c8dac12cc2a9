#if ONNX
  /// Flatten, Reshape, Squeeze and Unsqueeze: the same vector under another shape.
  enum ShapeOperators {
    static func flatten(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let own = try value.knownShape()
      let axis = try own.axis(try operation.integer("axis") ?? 1, allowsEnd: true)
      let (before, after) = (try Shape(Array(own.dimensions[..<axis])), try Shape(Array(own.dimensions[axis...])))
      return try lowering.reshape(value, to: Shape([before.count, after.count]))
    }

    static func reshape(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      guard var dimensions = try operation.integers(input: 1, orAttribute: "shape") else {
        throw .malformed("the target shape is missing")
      }
      let own = try value.knownShape()
      var free: Int?
      for (axis, dimension) in dimensions.enumerated() {
        if dimension == 0, !(try operation.isSet("allowzero")) {
          guard axis < own.rank else { throw .malformed("dimension \(axis) of \(dimensions) copies none of \(own)") }
          dimensions[axis] = own.dimensions[axis]
        } else if dimension == -1 {
          guard free == nil else { throw .malformed("the target shape \(dimensions) has more than one -1") }
          free = axis
          dimensions[axis] = 1
        }
      }
      if let free {
        let rest = try Shape(dimensions).count
        guard rest > 0, own.count % rest == 0 else {
          throw .malformed("\(own.count) elements of shape \(own) do not fill the target shape \(dimensions)")
        }
        dimensions[free] = own.count / rest
      }
      return try lowering.reshape(value, to: Shape(dimensions))
    }

    /// Axes are an attribute before opset 13 and an input since; without axes every dimension of 1 goes.
    static func squeeze(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let axes = try operation.integers(input: 1, orAttribute: "axes")
      let own = try value.knownShape()
      var removed: Set<Int> = []
      if let axes {
        for axis in axes {
          let place = try own.axis(axis)
          guard own.dimensions[place] == 1 else {
            throw .malformed("the axis \(axis) of the shape \(own) is not of length 1")
          }
          removed.insert(place)
        }
      } else {
        removed = Set(own.dimensions.indices.filter { own.dimensions[$0] == 1 })
      }
      let kept = own.dimensions.indices.filter { !removed.contains($0) }
      return try lowering.reshape(value, to: Shape(kept.map { own.dimensions[$0] }))
    }

    static func unsqueeze(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      guard let axes = try operation.integers(input: 1, orAttribute: "axes") else {
        throw .malformed("the axes are missing")
      }
      let own = try value.knownShape()
      let rank = own.rank + axes.count
      let places = Set(axes.map { $0 < 0 ? $0 + rank : $0 })
      guard places.count == axes.count, places.allSatisfy({ (0..<rank).contains($0) }) else {
        throw .malformed("the axes \(axes) cannot be inserted into the shape \(own)")
      }
      var rest = own.dimensions[...]
      let dimensions = (0..<rank).map { places.contains($0) ? 1 : rest.removeFirst() }
      return try lowering.reshape(value, to: Shape(dimensions))
    }
  }
#endif
