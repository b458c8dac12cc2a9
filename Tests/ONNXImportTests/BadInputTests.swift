#if ONNX
  import Foundation
  import Networks
  import Testing

  @testable import ONNXImport

  @Suite("Files that cannot be read")
  struct BadInputTests {
    /// Both readings throw; what exact work says is returned.
    private func error(_ data: Data, timingReads: Bool = false) throws -> ONNXError {
      if timingReads {
        _ = try ONNXModel.architecture(contentsOf: data, name: "bad")
      } else {
        #expect(throws: ONNXError.self) { try ONNXModel.architecture(contentsOf: data, name: "bad") }
      }
      return try #require(throws: ONNXError.self) { try ONNXModel.network(contentsOf: data, name: "bad") }
    }

    @Test("Empty, text, noise")
    func notProtobuf() throws {
      #expect(try error(Data()).message.contains("empty"))
      #expect(try error(Data("{\"format\": 1}".utf8)).message.contains("ONNX model"))
      #expect(try error(Data(repeating: 0xFF, count: 100)).message.contains("damaged"))
      #expect(try error(Data([0x08, 0x07])).message.contains("no graph"))
    }

    @Test("Every truncation and every flipped byte gives an error or a model, never a crash")
    func damage() throws {
      let data = try ModelMaker.smallChain().data
      for length in data.indices {
        for purpose in [ONNXModel.network, { try ONNXModel.architecture(contentsOf: $0, name: $1).architecture }] {
          _ = try? purpose(data.prefix(length), "cut")
          for bit in 0..<8 {
            var flipped = data
            flipped[length] ^= 1 << bit
            _ = try? purpose(flipped, "flipped")
          }
        }
      }
      #expect(throws: ONNXError.self) { try ONNXModel.network(contentsOf: data.prefix(data.count / 2), name: "cut") }
    }

    @Test("A missing initializer is named with its reader")
    func missingInitializer() throws {
      var maker = ModelMaker.smallChain()
      maker.graph.initializer.removeFirst()
      let error = try error(maker.data)
      #expect(error.tensor == "W")
      #expect(error.operatorName == "Gemm")
      #expect(error.opset == 17)
      #expect(error.description.contains("node \"a\", operator Gemm, opset 17, tensor \"W\""))
    }

    @Test("NaN and infinity in weights", arguments: [Float.nan, .infinity, -.infinity])
    func nonfinite(value: Float) throws {
      var maker = ModelMaker.smallChain()
      maker.graph.initializer[0].floatData[2] = value
      let error = try error(maker.data, timingReads: true)
      #expect(error.message.contains("\"W\" holds a NaN or an infinity at element 2"))
    }

    @Test("Data in another file, too few numbers, broken raw bytes")
    func brokenTensors() throws {
      var external = ModelMaker.smallChain()
      external.graph.initializer[0].dataLocation = .external
      #expect(try error(external.data, timingReads: true).message.contains("another file"))
      var short = ModelMaker.smallChain()
      short.graph.initializer[0].floatData.removeLast()
      #expect(try error(short.data).message.contains("needs 4 elements, but it holds 3"))
      var raw = ModelMaker.smallChain()
      raw.graph.initializer[0].floatData = []
      raw.graph.initializer[0].rawData = Data(count: 15)
      #expect(try error(raw.data).message.contains("15 bytes"))
      var text = ModelMaker.smallChain()
      text.graph.initializer[0].dataType = 8
      #expect(try error(text.data).message.contains("string"))
    }

    @Test("Dimensions whose product overflows, or that are negative", arguments: [[1 << 40, 1 << 40], [-2, 3]])
    func dimensions(dimensions: [Int64]) throws {
      var maker = ModelMaker.smallChain()
      maker.graph.initializer[0].dims = dimensions
      #expect(try error(maker.data).tensor == "W")
      var input = ModelMaker.smallChain()
      input.graph.input = [ModelMaker.value("x", dimensions)]
      #expect(try error(input.data).tensor == "x")
    }

    @Test("Too large for exact work, but not for timing")
    func tooLarge() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 3, 4096, 4096])
      maker.weight("K", [32, 3, 1, 1], [Float](repeating: 1, count: 96))
      maker.node("Conv", ["x", "K"], "c")
      maker.node("Relu", ["c"], "y")
      maker.output("y")
      #expect(try error(maker.data, timingReads: true).message.contains("only timing"))
      var shape = ModelMaker()
      shape.input("x", [2])
      shape.integers("s", [1 << 31, 1 << 31])
      shape.node("ConstantOfShape", ["s"], "ones")
      shape.node("Add", ["x", "ones"], "y")
      shape.output("y")
      #expect(try error(shape.data).operatorName == "Add" || error(shape.data).operatorName == "ConstantOfShape")
    }

    @Test("A shape without elements is not walked along its longest axis")
    func emptyShapes() throws {
      for dimensions in [[1 << 35, 0], [0, 1 << 35], [1 << 20, 1 << 20, 0]] as [[Int64]] {
        var maker = ModelMaker.smallChain()
        maker.weight("empty", dimensions, [])
        maker.node("Add", ["y", "empty"], "z")
        maker.graph.output = []
        maker.output("z")
        #expect(try error(maker.data).message.contains("no elements, but axes"))
      }
    }

    @Test("Shapes that do not fit")
    func shapes() throws {
      var maker = ModelMaker.smallChain()
      maker.graph.initializer[2].dims = [1, 2]
      let error = try error(maker.data)
      #expect(error.node == "y")
      #expect(error.message.contains("do not multiply"))
    }

    @Test("Cycles, doubled names, no nodes, no outputs")
    func graphs() throws {
      var cycle = ModelMaker.smallChain()
      cycle.graph.node[0].input[0] = "y"
      #expect(try error(cycle.data).message.contains("y -> a -> h -> y"))
      var doubled = ModelMaker.smallChain()
      doubled.graph.node[1].output = ["a"]
      #expect(try error(doubled.data).tensor == "a")
      var empty = ModelMaker.smallChain()
      empty.graph.node = []
      #expect(try error(empty.data).message.contains("no graph with nodes"))
      var silent = ModelMaker.smallChain()
      silent.graph.output = []
      #expect(try error(silent.data).message.contains("no output"))
      var absent = ModelMaker.smallChain()
      absent.output("nothing")
      #expect(try error(absent.data).tensor == "nothing")
    }

    @Test("An unknown operator is named for exact work and a node for timing")
    func unknownOperator() throws {
      var maker = ModelMaker.smallChain()
      maker.graph.node[1].opType = "Softmax"
      let error = try error(maker.data, timingReads: true)
      #expect(error.description.hasPrefix("node \"h\", operator Softmax, opset 17: "))
      let timing = try ONNXModel.architecture(contentsOf: maker.data, name: "timing")
      #expect(timing.architecture.nodes.map(\.name) == ["x", "h", "y"])
      #expect(timing.architecture.nodes[1].activation == .opaque("Softmax"))
      #expect(timing.notes.count == 1)
      #expect(timing.notes[0].contains("Softmax"))
    }

    @Test("A chain too long for recursion")
    func longChain() throws {
      var maker = ModelMaker()
      maker.input("x", [1])
      for index in 0..<20_000 { maker.node("Identity", [index == 0 ? "x" : "t\(index - 1)"], "t\(index)") }
      maker.node("Relu", ["t19999"], "y")
      maker.output("y")
      #expect(try ONNXModel.network(contentsOf: maker.data, name: "long").edges.count == 1)
    }
  }
#endif
