#if ONNX
  import ExactArithmetic
  import Foundation
  import Networks
  internal import SwiftProtobuf
  import Testing

  @testable import ONNXImport

  @Suite("Tensors and what binds them")
  struct TensorTests {
    private func tensor(_ type: Int32, _ dimensions: [Int64], _ fill: (inout Onnx_TensorProto) -> Void) throws -> Data {
      var tensor = Onnx_TensorProto()
      (tensor.name, tensor.dataType, tensor.dims) = ("t", type, dimensions)
      fill(&tensor)
      return try tensor.serializedData()
    }

    @Test(
      "Raw bytes of every element type",
      arguments: [
        (1, [0, 0, 0xC0, 0x3F, 0, 0, 0, 0x80], ["3/2", "0"]), (10, [0, 0x3E, 1, 0x80], ["3/2", "-1/16777216"]),
        (16, [0xC0, 0x3F, 0, 0xC0], ["3/2", "-2"]), (11, [0, 0, 0, 0, 0, 0, 0xF8, 0xBF], ["-3/2"]),
        (2, [255], ["255"]), (3, [255], ["-1"]), (4, [255, 255], ["65535"]), (5, [255, 255], ["-1"]),
        (6, [254, 255, 255, 255], ["-2"]), (7, [1, 0, 0, 0, 0, 0, 0, 0x80], ["-9223372036854775807"]), (9, [1], ["1"]),
        (12, [255, 255, 255, 255], ["4294967295"]), (13, [7, 0, 0, 0, 0, 0, 0, 0], ["7"]),
      ] as [(Int32, [UInt8], [String])])
    func raw(type: Int32, bytes: [UInt8], values: [String]) throws {
      let data = try tensor(type, [Int64(values.count)]) { $0.rawData = Data(bytes) }
      #expect(try ONNXTensor(contentsOf: data).values().map(\.description) == values)
    }

    @Test("Typed data of every element type")
    func typed() throws {
      func values(_ type: Int32, _ fill: (inout Onnx_TensorProto) -> Void) throws -> [Rational] {
        try ONNXTensor(contentsOf: tensor(type, [1], fill)).values()
      }
      #expect(try values(1) { $0.floatData = [0.5] } == [Rational(1, over: 2)])
      #expect(try values(11) { $0.doubleData = [0.1] } == [Rational(dyadic: 0.1)])
      #expect(try values(10) { $0.int32Data = [0x3C01] } == [Rational(1025, over: 1024)])
      #expect(try values(16) { $0.int32Data = [0x3F81] } == [Rational(129, over: 128)])
      #expect(try values(7) { $0.int64Data = [-5] } == [-5])
      #expect(try values(6) { $0.int32Data = [-6] } == [-6])
      #expect(try values(13) { $0.uint64Data = [7] } == [7])
      #expect(throws: ONNXError.self) { try values(13) { $0.uint64Data = [.max] } }
      #expect(throws: ONNXError.self) { try values(1) { $0.floatData = [.nan] } }
      #expect(throws: ONNXError.self) { try values(8) { $0.stringData = [Data()] } }
    }

    @Test("A bound input is a constant; an unknown name is an error")
    func binding() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      maker.input("w", [2])
      maker.node("Mul", ["x", "w"], "y")
      maker.output("y")
      let bound = try ONNXTensor(contentsOf: tensor(1, [2]) { $0.floatData = [2, 3] })
      let read = try ONNXModel.annotatedNetwork(
        contentsOf: maker.data, name: "bound", options: ONNXOptions(bindingInputs: ["w": bound]))
      #expect(read.architecture.nodes.map(\.name) == ["x", "y"])
      #expect(read.architecture.edges[0].weight?[1, 1] == 3)
      #expect(throws: ONNXError.self) { try ONNXModel.network(contentsOf: maker.data, name: "free") }
      #expect(throws: ONNXError.self) {
        try ONNXModel.annotatedNetwork(
          contentsOf: maker.data, name: "bound", options: ONNXOptions(bindingInputs: ["v": bound]))
      }
    }

    @Test("An average is exactly one nth")
    func average() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 1, 3])
      maker.node("GlobalAveragePool", ["x"], "p")
      maker.node("Flatten", ["p"], "y")
      maker.output("y")
      let network = try ONNXModel.network(contentsOf: maker.data, name: "mean")
      #expect(
        network.edges[0].weight?.matrix
          == Matrix(rows: 1, columns: 3, elements: .init(repeating: Rational(1, over: 3), count: 3)))
    }

    @Test("Shapes that the graph computes from shapes")
    func computedShape() throws {
      var maker = ModelMaker()
      maker.input("x", [nil, 2, 3])
      maker.integers("zero", [0])
      maker.integers("rest", [-1])
      maker.node("Shape", ["x"], "s")
      maker.node("Gather", ["s", "zero"], "n")
      maker.node("Concat", ["n", "rest"], "target", integers: ["axis": 0])
      maker.node("Reshape", ["x", "target"], "flat")
      maker.weight("W", [6, 1], [1, 2, 3, 4, 5, 6])
      maker.node("MatMul", ["flat", "W"], "y")
      maker.output("y")
      #expect(try ONNXModel.network(contentsOf: maker.data, name: "shapes").edges[0].weight?[0, 5] == 6)
      #expect(try ONNXModel.architecture(contentsOf: maker.data, name: "shapes").architecture.edges.count == 1)
    }

    @Test("Timing passes an operator whose shape nobody knows")
    func unknownShape() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      maker.weight("W", [2, 2], [1, 0, 0, 1])
      maker.node("Mystery", ["x"], "m")
      maker.node("MatMul", ["m", "W"], "a")
      maker.node("Relu", ["a"], "h")
      maker.node("Add", ["h", "x"], "y")
      maker.output("y")
      maker.graph.node[0].domain = "com.example"
      let read = try ONNXModel.architecture(contentsOf: maker.data, name: "unknown")
      #expect(read.architecture.edges.map(\.name) == ["x->m", "m->h", "x->y", "h->y"])
      #expect(read.notes.contains { $0.contains("com.example.Mystery") })
      #expect(read.notes.contains { $0.contains("the width of \"h\" is unknown") })
    }
  }
#endif
