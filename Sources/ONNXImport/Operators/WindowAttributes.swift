#if ONNX
  /// Reads the attributes that convolutions and poolings share.
  enum WindowAttributes {
    /// - Parameter kernel: the kernel's spatial shape where the weights give it; otherwise `kernel_shape` must.
    static func windows(
      of operation: Operation, over spatial: [Int], kernel given: [Int]? = nil
    ) throws(OperatorProblem) -> Windows {
      let rank = spatial.count
      func list(_ name: String, _ count: Int, _ standard: Int) throws(OperatorProblem) -> [Int] {
        let list = try operation.integers(name) ?? [Int](repeating: standard, count: count)
        guard list.count == count else { throw .malformed("\(name) has \(list.count) numbers; \(count) expected") }
        return list
      }
      guard let kernel = try operation.integers("kernel_shape") ?? given, kernel.count == rank else {
        throw .malformed("kernel_shape does not have \(rank) numbers")
      }
      if let given, given != kernel { throw .malformed("kernel_shape \(kernel) differs from the weights' \(given)") }
      let (strides, dilations) = (try list("strides", rank, 1), try list("dilations", rank, 1))
      let pads = try list("pads", 2 * rank, 0)
      var axes: [WindowAxis] = []
      for axis in 0..<rank {
        let padding: WindowAxis.Padding
        switch try operation.text("auto_pad") ?? "NOTSET" {
        case "", "NOTSET": padding = .explicit(before: pads[axis], after: pads[axis + rank])
        case "SAME_UPPER": padding = .same(longerAfter: true)
        case "SAME_LOWER": padding = .same(longerAfter: false)
        case "VALID": padding = .valid
        case let other: throw .malformed("auto_pad \"\(other)\" is unknown")
        }
        axes.append(
          try WindowAxis(
            length: spatial[axis], kernel: kernel[axis], stride: strides[axis], dilation: dilations[axis],
            padding: padding, roundsUp: try operation.isSet("ceil_mode")))
      }
      return try Windows(input: spatial, axes: axes)
    }

    /// Batch and channels, then the spatial axes.
    static func split(_ shape: Shape) throws(OperatorProblem) -> (batch: Int, channels: Int, spatial: [Int]) {
      guard shape.rank >= 3 else {
        throw .malformed("the shape \(shape) has no spatial axes: batch, channels and at least one expected")
      }
      return (shape.dimensions[0], shape.dimensions[1], Array(shape.dimensions[2...]))
    }
  }
#endif
