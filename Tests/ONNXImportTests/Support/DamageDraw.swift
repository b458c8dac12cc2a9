#if ONNX
  import Foundation

  @testable import ONNXImport

  /// Seeded damage to models.
  struct DamageDraw {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let mixed = (state ^ (state >> 31)) &* 0xBF58_476D_1CE4_E5B9
      return mixed ^ (mixed >> 29)
    }

    mutating func below(_ count: Int) -> Int { Int(next() >> 1) % count }

    mutating func damage(_ bytes: inout [UInt8]) {
      guard !bytes.isEmpty else { return }
      let place = below(bytes.count)
      let length = min(below(16) + 1, bytes.count - place)
      switch below(7) {
      case 0: bytes[place] ^= 1 << UInt8(below(8))
      case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][below(5)]
      case 2: bytes.removeSubrange(place...)
      case 3: bytes.removeSubrange(place..<place + length)
      case 4: bytes.insert(contentsOf: (0..<length).map { _ in UInt8(truncatingIfNeeded: next()) }, at: place)
      case 5: bytes.insert(contentsOf: bytes[place..<place + length], at: below(bytes.count))
      default:
        let other = below(bytes.count - length + 1)
        for offset in 0..<length { bytes[other + offset] = bytes[place + offset] }
      }
    }

    /// Small, extreme, or near a power of two, but not of a length that would only take long to write out.
    mutating func number() -> Int64 {
      switch below(4) {
      case 0: Int64(below(9)) - 4
      case 1: [.max, .min, .max - 1, .min + 1, 0, -1][below(6)]
      case 2: (Int64(1) << exponent()) + Int64(below(3)) - 1
      default: -(Int64(1) << exponent()) + Int64(below(3)) - 1
      }
    }

    private mutating func exponent() -> Int64 {
      let exponent = below(47)
      return Int64(exponent < 9 ? exponent : exponent + 16)
    }

    mutating func float() -> Float {
      [0, -1, 0.5, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e-30, 3][below(10)]
    }

    private static let operators = [
      "Add", "Sub", "Mul", "Div", "Sum", "Mean", "Max", "Min", "Neg", "Abs", "Pow", "Gemm", "MatMul", "Einsum", "Conv",
      "ConvTranspose", "AveragePool", "GlobalAveragePool", "BatchNormalization", "Flatten", "Reshape", "Squeeze",
      "Unsqueeze", "Transpose", "Concat", "Split", "Slice", "Gather", "Expand", "Tile", "Pad", "Range", "Where",
      "Resize",
      "Upsample", "ReduceSum", "ReduceMean", "ReduceProd", "ReduceMax", "Cast", "Shape", "Constant", "ConstantOfShape",
      "DequantizeLinear", "Clip", "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Gelu", "Swish", "HardSigmoid",
      "HardSwish", "Sqrt", "Reciprocal", "Floor", "Round", "Sign", "Not", "Equal", "Less", "And", "Identity", "Dropout",
      "Softmax", "LSTM",
    ]

    private static let attributes = [
      "axis", "axes", "alpha", "beta", "group", "pads", "strides", "dilations", "kernel_shape", "output_shape",
      "output_padding", "perm", "keepdims", "to", "mode", "split", "num_outputs", "starts", "ends", "transA", "transB",
      "epsilon", "start", "end", "shape", "auto_pad", "ceil_mode", "count_include_pad", "broadcast", "value", "scales",
      "equation", "allowzero", "block_size",
    ]

    mutating func damage(_ model: inout Onnx_ModelProto) {
      switch below(10) {
      case 0:
        if !model.opsetImport.isEmpty { model.opsetImport[0].version = Int64(below(28)) }
      case 1, 2: damageTensor(&model.graph)
      case 3: damageInput(&model.graph)
      default:
        guard !model.graph.node.isEmpty else { return }
        let count = model.graph.node.count
        if below(12) == 0 {
          model.graph.node.swapAt(below(count), below(count))
        } else if below(12) == 0 {
          model.graph.node.append(model.graph.node[below(count)])
        } else {
          damage(&model.graph.node[below(count)], names: names(model.graph))
        }
      }
    }

    private func names(_ graph: Onnx_GraphProto) -> [String] {
      graph.input.map(\.name) + graph.initializer.map(\.name) + graph.node.flatMap(\.output) + ["", "nowhere"]
    }

    private mutating func damage(_ node: inout Onnx_NodeProto, names: [String]) {
      switch below(7) {
      case 0, 1: node.opType = Self.operators[below(Self.operators.count)]
      case 2:
        if node.input.isEmpty || below(3) == 0 {
          node.input.append(names[below(names.count)])
        } else {
          node.input[below(node.input.count)] = names[below(names.count)]
        }
      case 3:
        if node.input.isEmpty || below(2) == 0 {
          node.output.append("extra")
        } else {
          node.input.removeLast()
        }
      case 4, 5:
        var attribute = Onnx_AttributeProto()
        attribute.name = Self.attributes[below(Self.attributes.count)]
        node.attribute.removeAll { $0.name == attribute.name }
        fill(&attribute)
        node.attribute.append(attribute)
      default:
        guard !node.attribute.isEmpty else { return }
        fill(&node.attribute[below(node.attribute.count)])
      }
    }

    private mutating func fill(_ attribute: inout Onnx_AttributeProto) {
      switch below(5) {
      case 0: (attribute.type, attribute.i) = (.int, number())
      case 1:
        attribute.type = .ints
        attribute.ints = (0..<below(5)).map { _ in number() }
      case 2: (attribute.type, attribute.f) = (.float, float())
      case 3:
        let texts = [
          "", "reflect", "edge", "wrap", "linear", "nearest", "SAME_UPPER", "VALID", "ij,jk->ik", "...i->...", "tanh",
        ]
        (attribute.type, attribute.s) = (.string, Data(texts[below(texts.count)].utf8))
      default:
        attribute.type = .floats
        attribute.floats = (0..<below(5)).map { _ in float() }
      }
    }

    private mutating func damageTensor(_ graph: inout Onnx_GraphProto) {
      guard !graph.initializer.isEmpty else { return }
      let index = below(graph.initializer.count)
      switch below(6) {
      case 0:
        if graph.initializer[index].dims.isEmpty {
          graph.initializer[index].dims = [1]
        } else {
          graph.initializer[index].dims[below(graph.initializer[index].dims.count)] = number()
        }
      case 1: graph.initializer[index].dataType = Int32(below(24))
      case 2:
        let count = graph.initializer[index].int64Data.count
        if count > 0 { graph.initializer[index].int64Data[below(count)] = number() }
      case 3:
        let count = graph.initializer[index].floatData.count
        if count > 0 { graph.initializer[index].floatData[below(count)] = float() }
      case 4:
        // A shape or list of axes of another length.
        let count = below(5)
        graph.initializer[index].dataType = 7
        graph.initializer[index].dims = [Int64(count)]
        graph.initializer[index].floatData = []
        graph.initializer[index].int32Data = []
        graph.initializer[index].int64Data = (0..<count).map { _ in number() }
      default: graph.initializer.remove(at: index)
      }
    }

    private mutating func damageInput(_ graph: inout Onnx_GraphProto) {
      guard !graph.input.isEmpty else { return }
      let index = below(graph.input.count)
      switch below(4) {
      case 0: graph.input[index].type.tensorType.elemType = Int32(below(20))
      case 1: graph.input[index].type.tensorType.shape.dim.append(.init())
      case 2:
        let count = graph.input[index].type.tensorType.shape.dim.count
        if count > 0 { graph.input[index].type.tensorType.shape.dim[below(count)].dimValue = number() }
      default:
        if !graph.input[index].type.tensorType.shape.dim.isEmpty {
          graph.input[index].type.tensorType.shape.dim.removeLast()
        }
      }
    }
  }
#endif
