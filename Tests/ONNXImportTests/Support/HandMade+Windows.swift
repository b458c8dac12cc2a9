#if ONNX
  @testable import ONNXImport

  /// Convolutions, poolings, products and moves: every attribute once, with numbers that tell its meanings apart.
  extension HandMade {
    static let windows: [HandMade] = [
      HandMade(name: "Conv, a stride", input: [1, 1, 5], values: [1, 2, 3, 4, 5], results: [21, 43]) {
        $0.weight("w", [1, 1, 2], [1, 10])
        $0.node("Conv", ["x", "w"], "y", lists: ["strides": [2]])
      },
      HandMade(name: "Conv, padded before", input: [1, 1, 3], values: [1, 2, 3], results: [10, 21, 32]) {
        $0.weight("w", [1, 1, 2], [1, 10])
        $0.node("Conv", ["x", "w"], "y", lists: ["pads": [1, 0]])
      },
      HandMade(name: "Conv, padded behind, a bias", input: [1, 1, 2], values: [1, 2], results: [26, 7]) {
        $0.weight("w", [1, 1, 2], [1, 10])
        $0.weight("b", [1], [5])
        $0.node("Conv", ["x", "w", "b"], "y", lists: ["pads": [0, 1]])
      },
      HandMade(name: "Conv, dilated", input: [1, 1, 4], values: [1, 2, 3, 4], results: [31, 42]) {
        $0.weight("w", [1, 1, 2], [1, 10])
        $0.node("Conv", ["x", "w"], "y", lists: ["dilations": [2]])
      },
      HandMade(name: "Conv, SAME_UPPER", input: [1, 1, 2], values: [1, 2], results: [21, 2]) {
        $0.weight("w", [1, 1, 2], [1, 10])
        $0.node("Conv", ["x", "w"], "y", texts: ["auto_pad": "SAME_UPPER"])
      },
      HandMade(name: "Conv, SAME_LOWER", input: [1, 1, 2], values: [1, 2], results: [10, 21]) {
        $0.weight("w", [1, 1, 2], [1, 10])
        $0.node("Conv", ["x", "w"], "y", texts: ["auto_pad": "SAME_LOWER"])
      },
      HandMade(
        name: "Conv, groups", input: [1, 2, 2], values: [1, 2, 3, 4], results: [1, 2, 10, 20, 300, 400, 3000, 4000]
      ) {
        $0.weight("w", [4, 1, 1], [1, 10, 100, 1000])
        $0.node("Conv", ["x", "w"], "y", integers: ["group": 2])
      },
      HandMade(name: "Conv, channels", input: [1, 2, 1], values: [1, 2], results: [23, 45, 67]) {
        $0.weight("w", [3, 2, 1], [3, 10, 5, 20, 7, 30])
        $0.node("Conv", ["x", "w"], "y")
      },
      HandMade(name: "Conv, an image", input: [1, 1, 2, 3], values: [1, 2, 3, 4, 5, 6], results: [5421, 6532]) {
        $0.weight("w", [1, 1, 2, 2], [1, 10, 100, 1000])
        $0.node("Conv", ["x", "w"], "y")
      },
      HandMade(name: "ConvTranspose, groups", input: [1, 2, 1], values: [1, 2], results: [1, 10, 200, 2000]) {
        $0.weight("w", [2, 2, 1], [1, 10, 100, 1000])
        $0.node("ConvTranspose", ["x", "w"], "y", integers: ["group": 2])
      },
      HandMade(name: "ConvTranspose, channels", input: [1, 2, 1], values: [1, 2], results: [201, 2010]) {
        $0.weight("w", [2, 2, 1], [1, 10, 100, 1000])
        $0.node("ConvTranspose", ["x", "w"], "y")
      },
      HandMade(name: "AveragePool, ceil_mode", input: [1, 1, 3], values: [2, 4, 6], results: [3, 6]) {
        $0.node(
          "AveragePool", ["x"], "y", integers: ["ceil_mode": 1], lists: ["kernel_shape": [2], "strides": [2]])
      },
      HandMade(name: "AveragePool, padded", input: [1, 1, 3], values: [2, 4, 6], results: [2, 3, 5]) {
        $0.node("AveragePool", ["x"], "y", lists: ["kernel_shape": [2], "pads": [1, 0]])
      },
      HandMade(name: "AveragePool, padding counted", input: [1, 1, 3], values: [2, 4, 6], results: [1, 3, 5]) {
        $0.node(
          "AveragePool", ["x"], "y", integers: ["count_include_pad": 1], lists: ["kernel_shape": [2], "pads": [1, 0]])
      },
      HandMade(name: "BatchNormalization", input: [1, 2], values: [4, 5], results: [4, -9]) {
        for (name, values) in [("s", [2, -3]), ("b", [1, 0]), ("m", [1, 2]), ("v", [3, 0])] as [(String, [Float])] {
          $0.weight(name, [2], values)
        }
        $0.node("BatchNormalization", ["x", "s", "b", "m", "v"], "y", floats: ["epsilon": 1])
      },
    ]

    static let moves: [HandMade] = [
      HandMade(name: "Transpose", input: [2, 3], values: [1, 2, 3, 4, 5, 6], results: [1, 4, 2, 5, 3, 6]) {
        $0.node("Transpose", ["x"], "y")
      },
      HandMade(
        name: "Transpose, a cycle", input: [2, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8],
        results: [1, 3, 5, 7, 2, 4, 6, 8]
      ) { $0.node("Transpose", ["x"], "y", lists: ["perm": [2, 0, 1]]) },
      HandMade(name: "Concat along the first axis", input: [1, 2], values: [1, 2], results: [7, 8, 1, 2]) {
        $0.weight("c", [1, 2], [7, 8])
        $0.node("Concat", ["c", "x"], "y", integers: ["axis": 0])
      },
      HandMade(name: "Gather from the first axis", input: [2, 3], values: [1, 2, 3, 4, 5, 6], results: [4, 5, 6]) {
        $0.integers("places", [1])
        $0.node("Gather", ["x", "places"], "y")
      },
      HandMade(name: "Gather from the last axis", input: [2, 2], values: [1, 2, 3, 4], results: [2, 1, 4, 3]) {
        $0.integers("places", [-1, 0])
        $0.node("Gather", ["x", "places"], "y", integers: ["axis": 1])
      },
      HandMade(name: "Slice, backwards", input: [1, 5], values: [1, 2, 3, 4, 5], results: [5, 3, 1]) {
        for (name, value) in [("start", 9), ("end", -9), ("axis", 1), ("step", -2)] as [(String, Int64)] {
          $0.integers(name, [value])
        }
        $0.node("Slice", ["x", "start", "end", "axis", "step"], "y")
      },
      HandMade(name: "Gemm, both transposed", input: [2, 3], values: [1, 2, 3, 4, 5, 6], results: [41, 52, 63]) {
        $0.weight("w", [1, 2], [1, 10])
        $0.node("Gemm", ["x", "w"], "y", integers: ["transA": 1, "transB": 1])
      },
      HandMade(name: "MatMul, the weight on the left", input: [2, 1], values: [5, 6], results: [17, 39]) {
        $0.weight("w", [2, 2], [1, 2, 3, 4])
        $0.node("MatMul", ["w", "x"], "y")
      },
      HandMade(name: "MatMul, a batch", input: [2, 1, 2], values: [1, 2, 3, 4], results: [21, 43]) {
        $0.weight("w", [2, 1], [1, 10])
        $0.node("MatMul", ["x", "w"], "y")
      },
      HandMade(name: "Sub from a constant", input: [1, 2], values: [3, -4], results: [7, 14]) {
        $0.weight("c", [1], [10])
        $0.node("Sub", ["c", "x"], "y")
      },
      HandMade(name: "Div by a constant", input: [1, 2], values: [3, 8], results: [6, 8], unit: 4) {
        $0.weight("c", [2], [2, 4])
        $0.node("Div", ["x", "c"], "y")
      },
    ]
  }
#endif
