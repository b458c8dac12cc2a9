#if ONNX
  import Networks

  extension Shape {
    /// The shape that a graph input states. A symbolic first dimension, or −1, is the batch, and 1 unless a size is given.
    ///
    /// - Returns: `nil` where the type is none of a tensor with a shape, and that is allowed.
    /// - Throws: naming other symbolic dimensions without a size.
    init?(
      input: Onnx_ValueInfoProto, sizes: [String: Int], allowsUnknown: Bool
    ) throws(OperatorProblem) {
      guard case .tensorType(let tensor)? = input.type.value else {
        if allowsUnknown { return nil }
        throw .malformed("it is not a tensor")
      }
      guard tensor.hasShape else {
        if allowsUnknown { return nil }
        throw .malformed("its shape is not stated; export the model with the shapes of its inputs")
      }
      var dimensions: [Int] = []
      var open: [String] = []
      for (axis, dimension) in tensor.shape.dim.enumerated() {
        if let value = dimension.size {
          dimensions.append(value)
          continue
        }
        let name = dimension.dimParam.isEmpty ? "\(input.name).\(axis)" : dimension.dimParam
        let given = sizes.first { $0.key.isSpelled(name) }?.value
        if given == nil, axis > 0 { open.append(name) }
        dimensions.append(given ?? 1)
      }
      guard open.isEmpty else {
        throw .malformed(
          "the sizes of its dimensions \(open.joined(separator: ", ")) are not stated; give them by "
            + open.map { "--dim \($0)=SIZE" }.joined(separator: " "))
      }
      try self.init(dimensions)
    }

    /// The stated shape of a tensor between nodes, if there is a usable one: dimensions but the first have sizes.
    init?(declared type: Onnx_TypeProto?) {
      guard case .tensorType(let tensor)? = type?.value, tensor.hasShape else { return nil }
      var dimensions: [Int] = []
      for (axis, dimension) in tensor.shape.dim.enumerated() {
        guard let size = dimension.size ?? (axis == 0 ? 1 : nil) else { return nil }
        dimensions.append(size)
      }
      guard let shape = try? Shape(dimensions), shape.count > 0 else { return nil }
      self = shape
    }
  }

  extension Onnx_TensorShapeProto.Dimension {
    /// `nil` for a symbolic one.
    fileprivate var size: Int? {
      guard case .dimValue(let value)? = value, value != -1 else { return nil }
      return Int(value)
    }
  }
#endif
