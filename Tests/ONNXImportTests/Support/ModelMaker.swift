#if ONNX
  import Foundation
  internal import SwiftProtobuf

  @testable import ONNXImport

  extension ONNXOptions {
    init(bindingInputs: [String: ONNXTensor]) {
      self.init()
      self.bindingInputs = bindingInputs
    }
  }

  /// Small models written down in a test.
  struct ModelMaker {
    var graph = Onnx_GraphProto()
    let opset: Int64

    init(opset: Int64 = 17) { self.opset = opset }

    var data: Data {
      get throws {
        var entry = Onnx_OperatorSetIdProto()
        entry.version = opset
        var model = Onnx_ModelProto()
        model.opsetImport = [entry]
        model.irVersion = 8
        model.graph = graph
        return try model.serializedData()
      }
    }

    static func value(_ name: String, _ dimensions: [Int64?], type: Int32 = 1) -> Onnx_ValueInfoProto {
      var value = Onnx_ValueInfoProto()
      value.name = name
      value.type.tensorType.elemType = type
      value.type.tensorType.shape.dim = dimensions.map { size in
        var dimension = Onnx_TensorShapeProto.Dimension()
        if let size { dimension.dimValue = size } else { dimension.dimParam = "N" }
        return dimension
      }
      return value
    }

    mutating func input(_ name: String, _ dimensions: [Int64?], type: Int32 = 1) {
      graph.input.append(Self.value(name, dimensions, type: type))
    }

    mutating func output(_ name: String) { graph.output.append(Self.value(name, [])) }

    mutating func weight(_ name: String, _ dimensions: [Int64], _ values: [Float]) {
      var tensor = Onnx_TensorProto()
      (tensor.name, tensor.dims, tensor.dataType, tensor.floatData) = (name, dimensions, 1, values)
      graph.initializer.append(tensor)
    }

    mutating func integers(_ name: String, _ values: [Int64]) {
      var tensor = Onnx_TensorProto()
      (tensor.name, tensor.dims, tensor.dataType, tensor.int64Data) = (name, [Int64(values.count)], 7, values)
      graph.initializer.append(tensor)
    }

    /// A tensor of a type that keeps its numbers as 32-bit integers: truth values, narrow integers, bits of float16.
    mutating func narrow(_ name: String, type: Int32, _ dimensions: [Int64], _ values: [Int32]) {
      var tensor = Onnx_TensorProto()
      (tensor.name, tensor.dims, tensor.dataType, tensor.int32Data) = (name, dimensions, type, values)
      graph.initializer.append(tensor)
    }

    mutating func node(
      _ type: String, _ inputs: [String], _ output: String, floats: [String: Float] = [:],
      integers: [String: Int64] = [:], lists: [String: [Int64]] = [:], texts: [String: String] = [:]
    ) {
      node(type, inputs, [output], floats: floats, integers: integers, lists: lists, texts: texts)
    }

    mutating func node(
      _ type: String, _ inputs: [String], _ outputs: [String], floats: [String: Float] = [:],
      integers: [String: Int64] = [:], lists: [String: [Int64]] = [:], texts: [String: String] = [:]
    ) {
      var node = Onnx_NodeProto()
      (node.opType, node.input, node.output) = (type, inputs, outputs)
      for (name, value) in texts {
        var made = Onnx_AttributeProto()
        (made.name, made.s, made.type) = (name, Data(value.utf8), .string)
        node.attribute.append(made)
      }
      func attribute(_ name: String) -> Onnx_AttributeProto {
        var attribute = Onnx_AttributeProto()
        attribute.name = name
        return attribute
      }
      for (name, value) in floats {
        var made = attribute(name)
        (made.f, made.type) = (value, .float)
        node.attribute.append(made)
      }
      for (name, value) in integers {
        var made = attribute(name)
        (made.i, made.type) = (value, .int)
        node.attribute.append(made)
      }
      for (name, value) in lists {
        var made = attribute(name)
        (made.ints, made.type) = (value, .ints)
        node.attribute.append(made)
      }
      graph.node.append(node)
    }

    /// x (2) → Gemm W b → Relu h → Gemm V → y (1).
    static func smallChain() -> ModelMaker {
      var maker = ModelMaker()
      maker.input("x", [nil, 2])
      maker.weight("W", [2, 2], [1, 0.5, -2, 3])
      maker.weight("b", [2], [0.25, -1])
      maker.weight("V", [2, 1], [1, -1])
      maker.node("Gemm", ["x", "W", "b"], "a")
      maker.node("Relu", ["a"], "h")
      maker.node("Gemm", ["h", "V"], "y")
      maker.output("y")
      return maker
    }
  }
#endif
