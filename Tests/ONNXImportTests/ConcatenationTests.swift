#if ONNX
  import Foundation
  import Networks
  import ONNXImport
  import Testing
  import Timing
  import Waves

  /// Concatenation is identity blocks into a node: registers of a fan-out are shared, however it is written down.
  @Suite struct ConcatenationTests {
    /// x → a → b → c (Relu), then a Gemm of all three, by the given concatenations.
    private func model(_ concatenations: [(inputs: [String], output: String)]) throws -> Architecture {
      var maker = ModelMaker()
      maker.input("x", [nil, 2])
      for (index, (source, target)) in [("x", "a"), ("a", "b"), ("b", "c")].enumerated() {
        maker.weight("W\(index)", [2, 2], [1, 0.5, -2, 3])
        maker.node("Gemm", [source, "W\(index)"], "drive.\(target)")
        maker.node("Relu", ["drive.\(target)"], target)
      }
      for (inputs, output) in concatenations { maker.node("Concat", inputs, output, integers: ["axis": 1]) }
      maker.weight("V", [6, 1], [1, -1, 2, -2, 3, -3])
      maker.node("Gemm", [concatenations.last?.output ?? "", "V"], "y")
      maker.output("y")
      return try ONNXModel.architecture(contentsOf: try maker.data, name: "concat").architecture
    }

    private func plan(_ architecture: Architecture) throws -> RegisterPlan? {
      let latencies = Schedule.diffusionLatencies(architecture, error: .closed)
      let result = try RegisterSynthesis.solve(architecture, latencies, RegisterRequest(allEdgesOf: architecture))
      if case .plan(let plan) = result { return plan } else { return nil }
    }

    @Test func chainedAndWholeCostTheSame() throws {
      let whole = try plan(model([(["a", "b", "c"], "all")]))
      let left = try plan(model([(["a", "b"], "two"), (["two", "c"], "all")]))
      let right = try plan(model([(["b", "c"], "two"), (["a", "two"], "all")]))
      #expect(whole?.registers == left?.registers && whole?.registers == right?.registers)
      // Chains of x 7, a 6, b 4 and c 2 ticks, width 2: the skips tap those that the chain needs anyway. δ(y) waits for
      // b and a, 1 and 2 ticks on one chain.
      #expect(whole?.activityTicks == [7, 6, 4, 2, 0])
      #expect(whole?.errorTicks == [0, 0, 0, 0, 2])
      #expect(whole?.registers == 40)
    }
  }
#endif
