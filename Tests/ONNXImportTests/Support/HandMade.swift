#if ONNX
  import Foundation

  @testable import ONNXImport

  /// Models of one operator or one spelling each, with an input and the values that ONNX gives for it, by hand.
  struct HandMade: Sendable, CustomStringConvertible {
    let name: String
    let input: [Int64]
    let values: [Int]
    /// The outputs times `unit`, so that they are whole.
    let results: [Int]
    var unit = 1
    var opset: Int64 = 17
    let build: @Sendable (inout ModelMaker) -> Void

    var description: String { name }

    var maker: ModelMaker {
      var maker = ModelMaker(opset: opset)
      maker.input("x", input)
      build(&maker)
      maker.output("y")
      return maker
    }

    /// Affine operators: the whole model is one edge.
    static let affine: [HandMade] = [
      HandMade(name: "Neg", input: [1, 2], values: [3, -4], results: [-3, 4]) { $0.node("Neg", ["x"], "y") },
      HandMade(name: "Mean", input: [1, 2], values: [3, -4], results: [4, -3], unit: 2) {
        $0.weight("c", [1], [1])
        $0.node("Mean", ["x", "c"], "y")
      },
      HandMade(name: "ReduceSum", input: [2, 2], values: [1, 2, 3, 4], results: [3, 7]) {
        $0.integers("axes", [1])
        $0.node("ReduceSum", ["x", "axes"], "y", integers: ["keepdims": 0])
      },
      HandMade(name: "ReduceMean", input: [2, 2], values: [1, 2, 3, 4], results: [4, 6], unit: 2) {
        $0.node("ReduceMean", ["x"], "y", lists: ["axes": [0]])
      },
      HandMade(name: "Pad", input: [1, 2], values: [5, 7], results: [9, 5, 7, 9, 9]) {
        $0.integers("pads", [0, 1, 0, 2])
        $0.weight("nine", [], [9])
        $0.node("Pad", ["x", "pads", "nine"], "y")
      },
      HandMade(name: "Pad, reflected", input: [1, 3], values: [1, 2, 3], results: [3, 2, 1, 2, 3, 2]) {
        $0.integers("pads", [0, 2, 0, 1])
        $0.node("Pad", ["x", "pads"], "y", texts: ["mode": "reflect"])
      },
      HandMade(name: "Pad, edges repeated and cut", input: [1, 3], values: [1, 2, 3], results: [1, 1, 2]) {
        $0.integers("pads", [0, 1, 0, -1])
        $0.node("Pad", ["x", "pads"], "y", texts: ["mode": "edge"])
      },
      HandMade(name: "Split", input: [1, 5], values: [1, 2, 3, 4, 5], results: [4, 5, 1, 2, 3]) {
        $0.integers("parts", [3, 2])
        $0.node("Split", ["x", "parts"], ["a", "b"], integers: ["axis": 1])
        $0.node("Concat", ["b", "a"], "y", integers: ["axis": 1])
      },
      HandMade(name: "Split, the last part shorter", input: [1, 5], values: [1, 2, 3, 4, 5], results: [5], opset: 18) {
        $0.node("Split", ["x"], ["a", "b", "y"], integers: ["axis": 1, "num_outputs": 3])
      },
      HandMade(name: "Gather", input: [1, 3], values: [1, 2, 3], results: [3, 1, 3]) {
        $0.integers("places", [2, -3, -1])
        $0.node("Gather", ["x", "places"], "y", integers: ["axis": 1])
      },
      HandMade(name: "Expand", input: [2, 1], values: [1, 2], results: [1, 1, 1, 2, 2, 2]) {
        $0.integers("shape", [2, 3])
        $0.node("Expand", ["x", "shape"], "y")
      },
      HandMade(name: "Tile", input: [1, 2], values: [1, 2], results: [1, 2, 1, 2]) {
        $0.integers("repeats", [1, 2])
        $0.node("Tile", ["x", "repeats"], "y")
      },
      HandMade(name: "Where", input: [1, 3], values: [1, 2, 3], results: [1, 8, 3]) {
        $0.narrow("mask", type: 9, [3], [1, 0, 1])
        $0.weight("c", [1], [8])
        $0.node("Where", ["mask", "x", "c"], "y")
      },
      HandMade(name: "Einsum", input: [2, 2], values: [1, 2, 3, 4], results: [5, 11]) {
        $0.weight("w", [2], [1, 2])
        $0.node("Einsum", ["x", "w"], "y", texts: ["equation": "ij, j -> i"])
      },
      HandMade(name: "ConvTranspose", input: [1, 1, 2], values: [1, 2], results: [1, 12, 20]) {
        $0.weight("w", [1, 1, 2], [1, 10])
        $0.node("ConvTranspose", ["x", "w"], "y")
      },
      HandMade(name: "ConvTranspose with a stride", input: [1, 1, 2], values: [1, 2], results: [15, 7]) {
        $0.weight("w", [1, 1, 2], [1, 10])
        $0.weight("b", [1], [5])
        $0.node("ConvTranspose", ["x", "w", "b"], "y", lists: ["strides": [2], "pads": [1, 1]])
      },
      HandMade(name: "Resize, nearest", input: [1, 1, 2], values: [1, 2], results: [1, 1, 2, 2]) {
        $0.weight("scales", [3], [1, 1, 2])
        $0.node("Resize", ["x", "", "scales"], "y")
      },
      HandMade(name: "Resize, linear", input: [1, 1, 2], values: [1, 2], results: [4, 5, 7, 8], unit: 4) {
        $0.integers("sizes", [1, 1, 4])
        $0.node("Resize", ["x", "", "", "sizes"], "y", texts: ["mode": "linear"])
      },
      HandMade(name: "Upsample", input: [1, 1, 2], values: [1, 2], results: [1, 1, 1, 2, 2, 2], opset: 9) {
        $0.weight("scales", [3], [1, 1, 3])
        $0.node("Upsample", ["x", "scales"], "y")
      },
      HandMade(name: "Pow, exponent 1", input: [1, 2], values: [-3, 2], results: [-3, 2]) {
        $0.weight("one", [], [1])
        $0.node("Pow", ["x", "one"], "y")
      },
      HandMade(name: "Scaler", input: [1, 2], values: [4, 5], results: [6, 9]) {
        $0.node("Scaler", ["x"], "y")
        var (offset, scale) = (Onnx_AttributeProto(), Onnx_AttributeProto())
        (offset.name, offset.type, offset.floats) = ("offset", .floats, [1, 2])
        (scale.name, scale.type, scale.floats) = ("scale", .floats, [2, 3])
        $0.graph.node[0].domain = "ai.onnx.ml"
        $0.graph.node[0].attribute = [offset, scale]
      },
    ]

    /// A unit of one kind, whose values are rational.
    static let units: [HandMade] = [
      HandMade(name: "Max with 0", input: [1, 2], values: [3, -4], results: [3, 0]) {
        $0.weight("zero", [], [0])
        $0.node("Max", ["x", "zero"], "y")
      },
      HandMade(name: "Max and Min", input: [1, 3], values: [-3, 2, 9], results: [-1, 2, 6]) {
        $0.weight("low", [1], [-1])
        $0.weight("high", [], [6])
        $0.node("Max", ["low", "x"], "h")
        $0.node("Min", ["h", "high"], "y")
      },
      HandMade(name: "Min and Max, crossed", input: [1, 3], values: [-3, 2, 9], results: [6, 6, 6]) {
        $0.weight("low", [], [-1])
        $0.weight("high", [], [6])
        $0.node("Min", ["x", "low"], "h")
        $0.node("Max", ["h", "high"], "y")
      },
      HandMade(name: "PRelu", input: [1, 2, 2], values: [-4, 4, -4, -8], results: [-8, 4, 2, 4]) {
        $0.weight("slopes", [2, 1], [2, -0.5])
        $0.node("PRelu", ["x", "slopes"], "y")
      },
      HandMade(name: "Softsign", input: [1, 2], values: [3, -1], results: [3, -2], unit: 4) {
        $0.node("Softsign", ["x"], "y")
      },
      HandMade(name: "Abs", input: [1, 2], values: [3, -4], results: [3, 4]) { $0.node("Abs", ["x"], "y") },
      HandMade(name: "x·x", input: [1, 2], values: [3, -4], results: [9, 16]) { $0.node("Mul", ["x", "x"], "y") },
      HandMade(name: "Pow", input: [1, 2], values: [3, -2], results: [243, -32]) {
        $0.integers("five", [5])
        $0.node("Pow", ["x", "five"], "y")
      },
      HandMade(name: "HardSwish", input: [1, 4], values: [-4, -1, 1, 5], results: [0, -1, 2, 15], unit: 3) {
        $0.node("HardSwish", ["x"], "y")
      },
      HandMade(
        name: "x·HardSigmoid(x) with alpha 1/4", input: [1, 4], values: [-3, -1, 1, 5], results: [0, -1, 3, 20], unit: 4
      ) {
        $0.node("HardSigmoid", ["x"], "s", floats: ["alpha": 0.25])
        $0.node("Mul", ["s", "x"], "y")
      },
    ]
  }
#endif
