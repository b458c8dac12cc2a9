#if ONNX
  import ExactArithmetic
  import Foundation
  import Networks
  import Testing

  @testable import ONNXImport

  /// Functions, files beside the model, symbolic dimensions, chosen outputs, shared parameters, names.
  @Suite("Forms of models")
  struct ModelFormTests {
    private func message(_ data: Data, _ options: ONNXOptions = ONNXOptions()) throws -> String {
      try #require(throws: ONNXError.self) {
        try ONNXModel.annotatedNetwork(contentsOf: data, name: "bad", options: options)
      }.description
    }

    /// y = Leaky(Leaky(x)), Leaky a function of the model with the slope as an attribute.
    private func calling(_ change: (inout Onnx_ModelProto) -> Void = { _ in }) throws -> Data {
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      maker.node("Leaky", ["x"], "h", floats: ["slope": 0.25])
      maker.node("Leaky", ["h"], "y")
      for index in 0...1 { maker.graph.node[index].domain = "my.own" }
      maker.output("y")
      var model = try Onnx_ModelProto(serializedBytes: maker.data)
      var body = ModelMaker()
      body.node("LeakyRelu", ["a"], "b", floats: ["alpha": 0])
      body.node("Identity", ["b"], "c")
      body.graph.node[0].attribute[0].refAttrName = "slope"
      body.graph.node[0].attribute[0].f = 0
      var standard = Onnx_AttributeProto()
      (standard.name, standard.type, standard.f) = ("slope", .float, 0.5)
      var function = Onnx_FunctionProto()
      (function.name, function.domain, function.input, function.output) = ("Leaky", "my.own", ["a"], ["c"])
      (function.node, function.attributeProto) = (body.graph.node, [standard])
      model.functions = [function]
      change(&model)
      return try model.serializedData()
    }

    @Test("The model's own functions are written out, with their attributes and defaults")
    func functions() throws {
      let network = try ONNXModel.network(contentsOf: calling(), name: "f")
      #expect(network.edges.map(\.name) == ["x->h/b", "h/b->y"])
      #expect(
        network.nodes.map(\.activation) == [
          .identity, .leakyRelu(Rational(1, over: 4)), .leakyRelu(Rational(1, over: 2)),
        ])
      let endless = try calling { $0.functions[0].node[1] = $0.graph.node[1] }
      #expect(try message(endless).contains("too deeply or too often"))
      let doubled = try calling { $0.functions.append($0.functions[0]) }
      #expect(try message(doubled).contains("two functions"))
      let wide = try calling { $0.graph.node[0].input = ["x", "x"] }
      #expect(try message(wide).contains("more inputs or outputs"))
    }

    /// A folder that is gone at the end.
    private func inFolder(_ body: (URL) throws -> Void) throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("onnx-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try body(folder)
    }

    private func external(_ entries: [String: String]) throws -> Data {
      var maker = ModelMaker.smallChain()
      maker.graph.initializer[0].floatData = []
      maker.graph.initializer[0].dataLocation = .external
      maker.graph.initializer[0].externalData = entries.map { key, value in
        var entry = Onnx_StringStringEntryProto()
        (entry.key, entry.value) = (key, value)
        return entry
      }
      return try maker.data
    }

    @Test("Weights in a file beside the model are read, from nowhere else, and only where they are needed")
    func files() throws {
      try inFolder { folder in
        let inside = folder.appendingPathComponent("model")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        let bytes = [Float(9), 1, 0.5, -2, 3].flatMap { value in
          (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
        }
        try Data(bytes).write(to: inside.appendingPathComponent("w.bin"))
        try Data(bytes).write(to: folder.appendingPathComponent("outside.bin"))
        try FileManager.default.createSymbolicLink(
          at: inside.appendingPathComponent("link.bin"),
          withDestinationURL: folder.appendingPathComponent("outside.bin"))
        let options = ONNXOptions(folder: inside)
        let read = try ONNXModel.annotatedNetwork(
          contentsOf: external(["location": "w.bin", "offset": "4", "length": "16"]), name: "e", options: options)
        let whole = try ONNXModel.network(contentsOf: ModelMaker.smallChain().data, name: "e")
        #expect(read.architecture == whole)
        #expect(try message(external(["location": "../outside.bin"]), options).contains("outside the model's folder"))
        let absolute = folder.appendingPathComponent("outside.bin").path
        #expect(try message(external(["location": absolute]), options).contains("outside the model's folder"))
        #expect(try message(external(["location": "link.bin"]), options).contains("a link out of"))
        #expect(try message(external(["location": "none.bin"]), options).contains("no file that can be read"))
        #expect(try message(external(["location": "w.bin"]), options).contains("has 20 bytes"))
        #expect(
          try message(external(["location": "w.bin", "offset": "8", "length": "16"]), options).contains("ends beyond"))
        #expect(try message(external(["location": "w.bin", "offset": "21"]), options).contains("begins at byte 21"))
        #expect(try message(external(["location": "w.bin", "offset": "-4"]), options).contains("no count of bytes"))
        #expect(try message(external(["location": "w.bin"])).contains("not from stdin"))
        let timing = try ONNXModel.architecture(contentsOf: external(["location": "none.bin"]), name: "t")
        #expect(timing.architecture.edges.count == 2)
      }
    }

    @Test("A symbolic dimension but the batch needs a size")
    func dimensions() throws {
      var maker = ModelMaker()
      maker.input("x", [nil, 2, nil])
      maker.graph.input[0].type.tensorType.shape.dim[0].dimParam = "N"
      maker.graph.input[0].type.tensorType.shape.dim[2].dimParam = "H"
      maker.node("Relu", ["x"], "y")
      maker.output("y")
      let data = try maker.data
      #expect(try message(data).contains("dimensions H are not stated; give them by --dim H=SIZE"))
      #expect(throws: ONNXError.self) { try ONNXModel.architecture(contentsOf: data, name: "t") }
      var options = ONNXOptions()
      options.dimensions = ["H": 3]
      func width() throws -> Int {
        try ONNXModel.annotatedNetwork(contentsOf: data, name: "d", options: options).architecture.nodes[0].width
      }
      #expect(try width() == 6)
      options.dimensions = ["H": 3, "N": 4]
      #expect(try width() == 24)
      options.dimensions = ["x.2": 3]
      #expect(try message(data, options).contains("H"))
    }

    @Test("Outputs that are no real numbers or depend on no input are left out with a note; others are chosen")
    func outputs() throws {
      var maker = ModelMaker.smallChain()
      maker.input("unread", [1])
      maker.node("Cast", ["y"], "label", integers: ["to": 7])
      maker.graph.output.append(ModelMaker.value("label", [1], type: 7))
      maker.graph.output.append(ModelMaker.value("V", [2, 1]))
      maker.graph.output.append(ModelMaker.value("x", [1, 2]))
      let read = try ONNXModel.annotatedNetwork(contentsOf: maker.data, name: "o")
      #expect(read.architecture.outputs.map { read.architecture.nodes[$0].name } == ["y"])
      #expect(read.architecture.inputCount == 1)
      for (name, reason) in [
        ("label", "int64"), ("V", "does not depend"), ("\"x\"", "an input itself"), ("unread", "no output"),
      ] {
        #expect(read.notes.contains { $0.contains(name) && $0.contains(reason) }, "\(name): \(read.notes)")
      }
      var options = ONNXOptions()
      options.outputs = ["h"]
      let chosen = try ONNXModel.annotatedNetwork(contentsOf: maker.data, name: "o", options: options).architecture
      #expect(chosen.nodes.map(\.name) == ["x", "h"])
      options.outputs = ["V"]
      #expect(try message(maker.data, options).contains("does not depend on any input"))
      options.outputs = ["nowhere"]
      #expect(try message(maker.data, options).contains("nowhere"))
    }

    @Test("One initializer that is the weight of several edges is one parameter; a folded one is listed")
    func sharing() throws {
      func read(_ build: (inout ModelMaker) -> Void) throws -> ONNXArchitecture {
        var maker = ModelMaker()
        maker.input("x", [1, 2])
        maker.weight("W", [2, 2], [1, 2, 3, 4])
        build(&maker)
        maker.output("y")
        let exact = try ONNXModel.annotatedNetwork(contentsOf: maker.data, name: "s")
        let timing = try ONNXModel.architecture(contentsOf: maker.data, name: "s")
        #expect(timing.architecture.edges.map(\.shared) == exact.architecture.edges.map(\.shared))
        #expect(timing.foldedParameters == exact.foldedParameters)
        return exact
      }
      let tied = try read {
        $0.node("MatMul", ["x", "W"], "a")
        $0.node("Relu", ["a"], "h")
        $0.node("MatMul", ["h", "W"], "y")
      }
      #expect(tied.architecture.edges.map(\.shared) == ["W", "W"] && tied.foldedParameters.isEmpty)
      let transposed = try read {
        $0.node("MatMul", ["x", "W"], "a")
        $0.node("Relu", ["a"], "h")
        $0.node("Gemm", ["h", "W"], "y", integers: ["transB": 1])
      }
      #expect(transposed.architecture.edges.map(\.shared) == [nil, nil])
      #expect(transposed.foldedParameters.map(\.edges) == [[0, 1]])
      #expect(transposed.notes.contains { $0.contains("\"W\"") && $0.contains("not decided") })
      let scaled = try read {
        $0.weight("two", [], [2])
        $0.node("MatMul", ["x", "W"], "a")
        $0.node("Relu", ["a"], "h")
        $0.node("MatMul", ["h", "W"], "b")
        $0.node("Mul", ["b", "two"], "y")
      }
      #expect(scaled.architecture.edges.map(\.shared) == [nil, nil] && scaled.foldedParameters.map(\.name) == ["W"])
      // Read alike at both, but scaled: what is updated is half of what the edges hold.
      let alike = try read {
        $0.weight("two", [], [2])
        $0.node("MatMul", ["x", "W"], "a")
        $0.node("Mul", ["a", "two"], "b")
        $0.node("Relu", ["b"], "h")
        $0.node("MatMul", ["h", "W"], "c")
        $0.node("Mul", ["c", "two"], "y")
      }
      #expect(alike.architecture.edges.map(\.shared) == [nil, nil])
      #expect(alike.foldedParameters.map(\.name) == ["W", "two"])
      let once = try read {
        $0.node("MatMul", ["x", "W"], "a")
        $0.node("Relu", ["a"], "y")
      }
      #expect(once.architecture.edges.map(\.shared) == [nil] && once.foldedParameters.isEmpty)
    }

    @Test("Names are their Unicode scalars; an omitted output has none")
    func names() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      maker.node("Relu", ["x"], "caf\u{E9}")
      maker.node("Relu", ["caf\u{E9}"], "cafe\u{301}")
      maker.node("Dropout", ["cafe\u{301}"], ["y", ""])
      maker.output("y")
      #expect(try ONNXModel.network(contentsOf: maker.data, name: "u").nodes.count == 3)
      var recurrent = ModelMaker()
      recurrent.input("x", [1, 1, 2])
      recurrent.node("LSTM", ["x"], ["", "h"])
      recurrent.node("Relu", ["h"], "y")
      recurrent.output("y")
      let timing = try ONNXModel.architecture(contentsOf: recurrent.data, name: "r").architecture
      #expect(timing.edges.map(\.name) == ["x->h", "h->y"])
    }
  }
#endif
