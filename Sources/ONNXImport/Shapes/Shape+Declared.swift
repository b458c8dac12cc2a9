#if ONNX
  extension Shape {
    /// The shape that a type states; a symbolic dimension, or −1, is 1.
    ///
    /// - Parameter allowsUnknown: whether a type without shape, or other than a tensor, is `nil` rather than an error.
    init?(declaredBy type: Onnx_TypeProto, allowsUnknown: Bool) throws(OperatorProblem) {
      guard case .tensorType(let tensor)? = type.value else {
        if allowsUnknown { return nil }
        throw .malformed("it is not a tensor")
      }
      guard tensor.hasShape else {
        if allowsUnknown { return nil }
        throw .malformed("its shape is not stated; export the model with the shapes of its inputs")
      }
      var dimensions: [Int] = []
      for dimension in tensor.shape.dim {
        guard case .dimValue(let value)? = dimension.value, value != -1 else {
          dimensions.append(1)
          continue
        }
        dimensions.append(Int(value))
      }
      try self.init(dimensions)
    }

    /// The stated shape of a tensor between nodes, if there is a usable one.
    init?(declared type: Onnx_TypeProto?) {
      guard let type, let shape = try? Shape(declaredBy: type, allowsUnknown: true), shape.count > 0 else { return nil }
      self = shape
    }
  }
#endif
