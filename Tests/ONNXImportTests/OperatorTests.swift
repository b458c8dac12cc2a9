#if ONNX
  import ExactArithmetic
  import Foundation
  import Networks
  import Testing

  @testable import ONNXImport

  @Suite("Operators, one by one")
  struct OperatorTests {
    private func network(_ maker: ModelMaker) throws -> Network {
      try Network(ONNXModel.network(contentsOf: maker.data, name: "test"))
    }

    private func refusal(_ maker: ModelMaker) throws -> String {
      let data = try maker.data
      return try #require(throws: ONNXError.self) { try ONNXModel.network(contentsOf: data, name: "bad") }.description
    }

    private func values(_ one: HandMade, _ network: Network) -> [Rational] {
      let node = network.architecture.outputs[0]
      return ForwardEvaluation.enclosures(network, inputs: [Vector(one.values.map { Rational($0) })])[node].map(\.lower)
    }

    @Test(
      "What is affine is one edge, with the values of ONNX",
      arguments: HandMade.affine + HandMade.windows + HandMade.moves)
    func affine(one: HandMade) throws {
      let network = try network(one.maker)
      #expect(network.architecture.edges.map(\.name) == ["x->y"])
      #expect(network.architecture.nodes[1].activation == .identity)
      #expect(values(one, network) == one.results.map { Rational($0) / Rational(one.unit) })
      // Timing sees the same edge, without weights.
      let timing = try ONNXModel.architecture(contentsOf: one.maker.data, name: "timing").architecture
      #expect(
        timing.edges.map(\.name) == ["x->y"] && timing.nodes.map(\.width) == network.architecture.nodes.map(\.width))
    }

    @Test("A unit is one node, with the values of ONNX", arguments: HandMade.units)
    func units(one: HandMade) throws {
      let network = try network(one.maker)
      let nonlinear = network.architecture.nodes.filter { !$0.activation.isAffine }
      #expect(nonlinear.count == 1)
      #expect(values(one, network) == one.results.map { Rational($0) / Rational(one.unit) })
      let timing = try ONNXModel.architecture(contentsOf: one.maker.data, name: "timing").architecture
      #expect(timing.edges.map(\.name) == network.architecture.edges.map(\.name))
      #expect(timing.nodes.map(\.activation) == network.architecture.nodes.map(\.activation))
    }

    @Test("Smooth units, by operator and by spelling")
    func smooth() throws {
      func activation(_ build: (inout ModelMaker) -> Void) throws -> [String] {
        var maker = ModelMaker(opset: 24)
        maker.input("x", [1, 2])
        build(&maker)
        maker.output("y")
        let nodes = try network(maker).architecture.nodes.dropFirst()
        return nodes.map { "\($0.name) \($0.activation)" }
      }
      #expect(try activation { $0.node("Elu", ["x"], "y", floats: ["alpha": 0.5]) } == ["y elu(1/2)"])
      #expect(try activation { $0.node("Elu", ["x"], "y", floats: ["alpha": 0]) } == ["y relu"])
      #expect(try activation { $0.node("Selu", ["x"], "y") } == ["y selu"])
      #expect(
        try activation { $0.node("Selu", ["x"], "y", floats: ["alpha": 2, "gamma": 3]) } == [
          "y/unit elu(2)", "y identity",
        ])
      #expect(try activation { $0.node("Softplus", ["x"], "y") } == ["y softplus"])
      #expect(try activation { $0.node("Gelu", ["x"], "y") } == ["y gelu"])
      #expect(try activation { $0.node("Gelu", ["x"], "y", texts: ["approximate": "tanh"]) } == ["y gelu-tanh"])
      #expect(try activation { $0.node("Mish", ["x"], "y") } == ["y mish"])
      #expect(try activation { $0.node("Swish", ["x"], "y") } == ["y swish"])
      #expect(
        try activation { $0.node("Swish", ["x"], "y", floats: ["alpha": 2]) } == ["y/unit swish", "y identity"])
      #expect(
        try activation {
          $0.node("Sigmoid", ["x"], "s")
          $0.node("Mul", ["x", "s"], "y")
        } == ["y swish"])
      #expect(
        try activation {
          $0.node("Softplus", ["x"], "p")
          $0.node("Tanh", ["p"], "t")
          $0.node("Mul", ["t", "x"], "y")
        } == ["y mish"])
      // Read twice, the sigmoid is a node of its own, and the product is none of a network.
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      maker.node("Sigmoid", ["x"], "s")
      maker.node("Mul", ["x", "s"], "p")
      maker.node("Add", ["p", "s"], "y")
      maker.output("y")
      #expect(try refusal(maker).contains("a product of two tensors"))
    }

    @Test("The weights of a scaled unit are exact")
    func scaledUnits() throws {
      var maker = ModelMaker(opset: 24)
      maker.input("x", [1, 1])
      maker.node("Swish", ["x"], "y", floats: ["alpha": 0.75])
      maker.output("y")
      let network = try network(maker)
      #expect(network.architecture.edges.map { $0.weight?[0, 0] } == [Rational(3, over: 4), Rational(4, over: 3)])
    }

    @Test("Refusals name the operator and a reason that is true")
    func refusals() throws {
      func reason(_ build: (inout ModelMaker) -> Void) throws -> String {
        var maker = ModelMaker(opset: 20)
        maker.input("x", [1, 2])
        build(&maker)
        maker.output("y")
        return try refusal(maker)
      }
      #expect(try reason { $0.node("Erf", ["x"], "y") }.contains("operator Erf, opset 20: it acts on each unit alone"))
      #expect(try reason { $0.node("Softmax", ["x"], "y") }.contains("depends on several units"))
      #expect(try reason { $0.node("Round", ["x"], "y") }.contains("proved enclosures"))
      #expect(try reason { $0.node("Max", ["x", "x"], "y") }.contains("two variables"))
      #expect(try reason { $0.node("Less", ["x", "x"], "y") }.contains("jumps"))
      #expect(try reason { $0.node("Nonesuch", ["x"], "y") }.contains("not among the operators"))
      #expect(
        try reason {
          $0.node("Neg", ["x"], "y")
          $0.graph.node[0].domain = "com.example"
        }.contains("domain com.example"))
      #expect(
        try reason {
          $0.weight("bounds", [2], [0, 1])
          $0.node("Max", ["x", "bounds"], "y")
        }.contains("differ among units"))
      #expect(
        try reason {
          $0.weight("scales", [2], [1, 1.75])
          $0.node(
            "Resize", ["x", "", "scales"], "y",
            texts: ["coordinate_transformation_mode": "align_corners", "mode": "linear"])
        }.contains("has two meanings"))
    }

    @Test("A scale whose product with a length rounds up is refused")
    func roundedLength() throws {
      // 10 times the float next to 0.7 is below 7, and rounds to 7.
      let scale = Float(0.7)
      #expect(10 * scale == 7 && 10 * Double(scale) < 7)
      var maker = ModelMaker()
      maker.input("x", [1, 1, 10])
      maker.weight("scales", [3], [1, 1, scale])
      maker.node("Resize", ["x", "", "scales"], "y")
      maker.output("y")
      #expect(try refusal(maker).contains("give sizes"))
    }

    @Test("An attribute of the wrong type, twice, or of no function")
    func attributes() throws {
      func maker(_ change: (inout Onnx_AttributeProto) -> Void) -> ModelMaker {
        var maker = ModelMaker()
        maker.input("x", [1, 2])
        maker.node("LeakyRelu", ["x"], "y", floats: ["alpha": 0.5])
        maker.output("y")
        change(&maker.graph.node[0].attribute[0])
        return maker
      }
      #expect(
        try refusal(
          maker {
            $0.type = .int
            $0.i = 1
          }
        ).contains("the attribute alpha is of type INT, but FLOAT is defined"))
      #expect(try refusal(maker { $0.type = .undefined }).contains("UNDEFINED"))
      #expect(try refusal(maker { $0.refAttrName = "slope" }).contains("refers to one of a function"))
      var twice = maker { _ in }
      twice.graph.node[0].attribute.append(twice.graph.node[0].attribute[0])
      #expect(try refusal(twice).contains("stands twice"))
      #expect(try network(maker { _ in }).architecture.nodes[1].activation == .leakyRelu(Rational(1, over: 2)))
    }

    @Test("The training forms of BatchNormalization and Dropout", arguments: [6, 9, 15] as [Int64])
    func training(opset: Int64) throws {
      func maker(_ type: String, trained: Bool) -> ModelMaker {
        var maker = ModelMaker(opset: opset)
        maker.input("x", [1, 2])
        for name in ["s", "b", "m"] { maker.weight(name, [2], [1, 2]) }
        maker.weight("v", [2], [1, 1])
        maker.weight("ratio", [], [0.5])
        maker.narrow("mode", type: 9, [], [trained ? 1 : 0])
        let flags: [String: Int64] = opset < 7 && !trained ? ["is_test": 1] : [:]
        if type == "Dropout" {
          maker.node("Dropout", opset < 12 ? ["x"] : ["x", "ratio", "mode"], "y", integers: flags)
        } else {
          let trains = opset >= 14 && trained
          maker.node(
            type, ["x", "s", "b", "m", "v"], opset == 9 && trained ? ["y", "mean", "var", "a", "c"] : ["y"],
            floats: ["epsilon": 0], integers: trains ? ["training_mode": 1] : flags)
        }
        maker.output("y")
        return maker
      }
      for type in ["BatchNormalization", "Dropout"] where !(opset == 9 && type == "Dropout") {
        #expect(try refusal(maker(type, trained: true)).contains("training"))
      }
      #expect(try network(maker("BatchNormalization", trained: false)).architecture.edges.count == 1)
    }
  }
#endif
