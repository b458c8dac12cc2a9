#if ONNX
  import ExactArithmetic
  import Foundation
  import Networks
  import Testing

  @testable import ONNXImport

  @Suite("Constants, folded type by type")
  struct ConstantTypeTests {
    /// y = x ⊙ c for a constant c that the graph computes, cast to float: what c is.
    private func folded(
      _ count: Int64, opset: Int64 = 20, _ build: (inout ModelMaker) -> Void
    ) throws -> [Rational] {
      var maker = ModelMaker(opset: opset)
      maker.input("x", [count])
      build(&maker)
      maker.node("Cast", ["c"], "f", integers: ["to": 1])
      maker.node("Mul", ["x", "f"], "y")
      maker.output("y")
      let architecture = try ONNXModel.network(contentsOf: maker.data, name: "test")
      let weight = try #require(architecture.edges.first?.weight)
      return (0..<Int(count)).map { weight[$0, $0] }
    }

    private func refusal(_ count: Int64, _ build: (inout ModelMaker) -> Void) throws -> String {
      try #require(throws: ONNXError.self) { _ = try folded(count, build) }.description
    }

    @Test("Casts: floats round to even, to a truth value by being other than zero, to integers by cutting off")
    func casts() throws {
      func cast(_ values: [Float], to type: Int64) throws -> [Rational] {
        try folded(Int64(values.count)) {
          $0.weight("w", [Int64(values.count)], values)
          $0.node("Cast", ["w"], "c", integers: ["to": type])
        }
      }
      #expect(try cast([0.1, 1], to: 10) == [Rational(819, over: 8192), 1])
      #expect(try cast([2049, 2051], to: 10) == [2048, 2052])
      #expect(try cast([257, 259], to: 16) == [256, 260])
      #expect(try cast([0x1p-25, 0x1.8p-25], to: 10) == [0, Rational(1, over: 1 << 24)])
      #expect(try cast([-0.5, 0], to: 9) == [1, 0])
      #expect(try cast([2.9, -2.9], to: 7) == [2, -2])
      #expect(
        try refusal(1) {
          $0.weight("w", [1], [70_000])
          $0.node("Cast", ["w"], "c", integers: ["to": 10])
        }.contains("NaN or an infinity"))
      #expect(
        try refusal(1) {
          $0.weight("w", [1], [300])
          $0.node("Cast", ["w"], "c", integers: ["to": 2])
        }.contains("leaves that cast open"))
      #expect(
        try folded(2) {
          $0.integers("w", [300, -1])
          $0.node("Cast", ["w"], "c", integers: ["to": 2])
        } == [44, 255])
      #expect(
        try folded(2) {
          $0.integers("w", [128, 255])
          $0.node("Cast", ["w"], "c", integers: ["to": 3])
        } == [-128, -1])
      // 2²⁴ + 1 is no 32-bit float.
      #expect(
        try folded(1) {
          $0.integers("w", [(1 << 24) + 1])
          $0.node("Identity", ["w"], "c")
        } == [Rational(1 << 24)])
    }

    @Test("Arithmetic: a float is exact, integers wrap and truncate; what jumps sees the float")
    func arithmetic() throws {
      func both(_ type: String, _ left: Float, _ right: Float) throws -> Rational {
        try folded(1) {
          $0.weight("a", [1], [left])
          $0.weight("b", [1], [right])
          $0.node(type, ["a", "b"], "c")
        }[0]
      }
      let one = Rational(finite: Double(Float(1.1)))
      #expect(try both("Add", 1, 0x1p-24) == 1 + Rational(1, over: 1 << 24))
      #expect(try both("Sub", 1, 0x1p-60) == 1 - Rational(1, over: 1 << 60))
      #expect(try both("Mul", 1.1, 1.1) == one * one)
      #expect(try both("Div", 1, 3) == Rational(1, over: 3))
      #expect(try both("Pow", 1.1, 3) == one * one * one)
      #expect(
        try folded(1) {
          $0.weight("a", [1], [3])
          $0.node("Reciprocal", ["a"], "c")
        } == [Rational(1, over: 3)])
      // 3·(1/3) is 1; 1 − 2⁻³⁰ is the float 1, whose floor is 1.
      #expect(
        try folded(1) {
          $0.weight("a", [1], [1])
          $0.weight("b", [1], [0x1p-30])
          $0.node("Sub", ["a", "b"], "d")
          $0.node("Floor", ["d"], "c")
        } == [1])
      #expect(
        try folded(1) {
          $0.weight("a", [1], [2])
          $0.node("Sqrt", ["a"], "c")
        } == [Rational(finite: Double(Float(2).squareRoot()))])
      #expect(
        try folded(2) {
          $0.integers("a", [-7, 7])
          $0.integers("b", [2, -2])
          $0.node("Div", ["a", "b"], "c")
        } == [-3, -3])
      #expect(
        try folded(2) {
          $0.narrow("a", type: 3, [2], [100, -100])
          $0.narrow("b", type: 3, [2], [100, -100])
          $0.node("Add", ["a", "b"], "c")
        } == [-56, 56])
      // Sums of float16 in the middle between two: to the even one.
      #expect(
        try folded(2) {
          $0.narrow("a", type: 10, [2], [0x6800, 0x6801])
          $0.narrow("b", type: 10, [1], [0x3C00])
          $0.node("Add", ["a", "b"], "c")
        } == [2048, 2052])
      #expect(
        try refusal(1) {
          $0.integers("a", [1])
          $0.integers("b", [0])
          $0.node("Div", ["a", "b"], "c")
        }.contains("divides by zero"))
      #expect(
        try refusal(1) {
          $0.integers("a", [1])
          $0.weight("b", [1], [1])
          $0.node("Add", ["a", "b"], "c")
        }.contains("the ONNX checker rejects that too"))
      #expect(
        try refusal(1) {
          $0.narrow("a", type: 9, [1], [1])
          $0.node("Add", ["a", "a"], "c")
        }.contains("truth values"))
    }

    @Test("A mask: comparison, Not, Where, as masked layers have it")
    func masks() throws {
      #expect(
        try folded(3) {
          $0.weight("w", [3], [0.5, -1, 2])
          $0.weight("zero", [], [0])
          $0.node("Greater", ["w", "zero"], "g")
          $0.node("Not", ["g"], "n")
          $0.node("Where", ["n", "zero", "w"], "c")
        } == [Rational(1, over: 2), 0, 2])
    }

    @Test("What linear operators make of constants has their type", arguments: [1, 10, 11] as [Int64])
    func linear(type: Int64) throws {
      func made(_ name: String) throws -> [Rational] {
        try folded(2) {
          $0.weight("w", [1, 2], [1, 2])
          $0.integers("shape", [2])
          $0.node("Cast", ["w"], "d", integers: ["to": type])
          $0.node(name, ["d"], "m")
          // Of one type, or the division would be refused.
          $0.node("Div", ["m", "d"], "p")
          $0.node("Reshape", ["p", "shape"], "c")
        }
      }
      #expect(try made("ReduceMean") == [Rational(3, over: 2), Rational(3, over: 4)])
      #expect(try made("ReduceSum") == [3, Rational(3, over: 2)])
    }

    @Test("Range, ReduceProd, Sign and dequantised weights")
    func others() throws {
      #expect(
        try folded(3) {
          $0.integers("s", [5])
          $0.integers("e", [0])
          $0.integers("d", [-2])
          for name in ["s", "e", "d"] { $0.node("Squeeze", [name], name + "0") }
          $0.node("Range", ["s0", "e0", "d0"], "c")
        } == [5, 3, 1])
      #expect(
        try folded(1) {
          $0.integers("a", [3, -4])
          $0.node("ReduceProd", ["a"], "c")
        } == [-12])
      #expect(
        try folded(3) {
          $0.weight("a", [3], [-2, 0, 7])
          $0.node("Sign", ["a"], "c")
        } == [-1, 0, 1])
      #expect(
        try folded(2) {
          $0.narrow("q", type: 3, [2], [3, -1])
          $0.weight("scale", [], [0.1])
          $0.narrow("zero", type: 3, [], [1])
          $0.node("DequantizeLinear", ["q", "scale", "zero"], "c")
        } == [Rational(finite: Double(Float(0.1) * 2)), Rational(finite: Double(Float(0.1) * -2))])
    }
  }
#endif
