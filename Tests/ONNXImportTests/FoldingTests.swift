#if ONNX
  import ExactArithmetic
  import Foundation
  import Networks
  import Testing

  @testable import ONNXImport

  @Suite("Folding of affine runs")
  struct FoldingTests {
    private func network(_ maker: ModelMaker) throws -> Architecture {
      try ONNXModel.network(contentsOf: maker.data, name: "test")
    }

    @Test("A chain: one edge per layer, floats as the dyadic numbers they are")
    func chain() throws {
      let chain = try network(.smallChain())
      #expect(chain.nodes.map(\.name) == ["x", "h", "y"])
      #expect(chain.edges.map(\.name) == ["x->h", "h->y"])
      #expect(chain.nodes[1].activation == .relu)
      #expect(chain.nodes[1].bias == Vector([Rational(1, over: 4), -1]))
      let weight = try #require(chain.edges[0].weight)
      #expect(weight.matrix == Matrix(rows: 2, columns: 2, elements: [1, -2, Rational(1, over: 2), 3]))
      #expect(chain.nodes[2].bias == nil)
    }

    @Test("Affine operators in a row become one product, with alpha, beta, scale and shift")
    func run() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      maker.weight("W", [2, 2], [1, 2, 3, 4])
      maker.weight("c", [1, 2], [1, 1])
      maker.weight("two", [], [2])
      maker.node("Gemm", ["x", "W", "c"], "a", floats: ["alpha": 0.5, "beta": 4], integers: ["transB": 1])
      maker.node("Mul", ["a", "two"], "b")
      maker.node("Sub", ["c", "b"], "d")
      maker.node("MatMul", ["d", "W"], "y")
      maker.output("y")
      let chain = try network(maker)
      #expect(chain.nodes.map(\.name) == ["x", "y"])
      // d = c − (x Wᵀ + 8 c); y = d W.
      let weight = try #require(chain.edges[0].weight)
      #expect(weight.matrix == Matrix(rows: 2, columns: 2, elements: [-10, -14, -14, -20]))
      #expect(chain.nodes[1].bias == Vector([-28, -42]))
    }

    @Test("Parallel affine paths add up; a skip past an activation is an edge of its own")
    func residual() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      maker.weight("W", [2, 2], [1, 2, 3, 4])
      maker.node("MatMul", ["x", "W"], "a")
      maker.node("Add", ["a", "x"], "b")
      maker.node("Relu", ["b"], "h")
      maker.node("Add", ["h", "x"], "r")
      maker.node("Tanh", ["r"], "y")
      maker.output("y")
      let graph = try network(maker)
      #expect(graph.edges.map(\.name) == ["x->h", "x->y", "h->y"])
      #expect(graph.edges[0].weight?.matrix == Matrix(rows: 2, columns: 2, elements: [2, 3, 2, 5]))
      #expect(graph.edges[1].weight == .identity(2))
      #expect(graph.edges[2].weight == .identity(2))
      #expect(graph.nodes[2].activation == .tanh)
    }

    @Test("An affine output feeds nothing: its readers fold through it")
    func outputInside() throws {
      var maker = ModelMaker.smallChain()
      maker.weight("U", [1, 2], [1, 1])
      maker.node("MatMul", ["y", "U"], "z")
      maker.node("Relu", ["z"], "w")
      maker.output("w")
      let graph = try network(maker)
      #expect(graph.edges.map(\.name) == ["x->h", "h->w", "h->y"])
      #expect(graph.outputs.map { graph.nodes[$0].name } == ["w", "y"])
    }

    @Test("A reshaped activation gives the output its name")
    func alias() throws {
      var maker = ModelMaker.smallChain()
      maker.graph.node[2] = maker.graph.node[1]
      maker.graph.node[2].opType = "Flatten"
      maker.graph.node[2].input = ["h"]
      maker.graph.node[2].output = ["y"]
      let read = try ONNXModel.annotatedNetwork(contentsOf: maker.data, name: "alias")
      #expect(read.architecture.nodes.map(\.name) == ["x", "y"])
      #expect(read.architecture.nodes[1].activation == .relu)
      #expect(read.notes == ["the output \"y\" is the node \"h\" and gives it its name"])
    }

    @Test("A slice of a concatenation keeps only the part that it takes")
    func sliceOfConcatenation() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      maker.input("z", [1, 3])
      maker.node("Concat", ["x", "z"], "both", integers: ["axis": 1])
      maker.node("Slice", ["both"], "part", lists: ["starts": [2], "ends": [5], "axes": [1]])
      maker.node("Relu", ["part"], "y")
      maker.output("y")
      let graph = try network(maker)
      #expect(graph.edges.map(\.name) == ["z->y"])
      #expect(graph.edges[0].weight == .identity(3))
      let timing = try ONNXModel.architecture(contentsOf: maker.data, name: "timing")
      #expect(timing.architecture.edges.map(\.name) == ["x->y", "z->y"])
      #expect(timing.notes.count == 1)
    }

    @Test("Convolution stays sparse")
    func convolution() throws {
      var maker = ModelMaker()
      maker.input("x", [nil, 1, 64, 64])
      maker.weight("K", [1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9])
      maker.node("Conv", ["x", "K"], "c", lists: ["pads": [1, 1, 1, 1]])
      maker.node("Relu", ["c"], "y")
      maker.output("y")
      let weight = try #require(try network(maker).edges[0].weight)
      #expect(!weight.isDense)
      #expect(weight.nonzeroCount == (3 * 64 - 2) * (3 * 64 - 2))
      #expect(weight[0, 0] == 5)
      #expect(weight[65, 0] == 1)
    }

    @Test("Batch normalization rounds its factor once, to the nearest double, and says so")
    func normalization() throws {
      var maker = ModelMaker()
      maker.input("x", [1, 2])
      for (name, values) in [("s", [1, 3]), ("b", [0, 1]), ("m", [0, 2]), ("v", [2, 4])] as [(String, [Float])] {
        maker.weight(name, [2], values)
      }
      maker.node("BatchNormalization", ["x", "s", "b", "m", "v"], "y", floats: ["epsilon": 0])
      maker.output("y")
      let read = try ONNXModel.annotatedNetwork(contentsOf: maker.data, name: "norm")
      let weight = try #require(read.architecture.edges[0].weight)
      #expect(weight[0, 0] == Rational(dyadic: 0.5.squareRoot()))
      #expect(weight[1, 1] == Rational(3, over: 2))
      #expect(read.architecture.nodes[1].bias == Vector([0, -2]))
      #expect(read.notes.count == 1)
      #expect(read.notes[0].contains("1 of 2 channels"))
    }
  }
#endif
