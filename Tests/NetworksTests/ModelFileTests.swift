import ExactArithmetic
import Foundation
import Networks
import Testing

@Suite struct ModelFileTests {
  private func model(_ text: String) throws -> Architecture {
    try Architecture(json: Data(text.utf8), fallbackName: "model")
  }

  @Test func numbersAreExactStringsOrTheDoublesTheyDenote() throws {
    let architecture = try model(
      #"{"layers":[4,1],"weights":[[["0.1", 0.1, "-7/3", "1e-3"]]]}"#)
    let weight = try #require(architecture.edges[0].weight)
    #expect(weight[0, 0] == Rational(1, over: 10))
    #expect(weight[0, 1] == Rational(3_602_879_701_896_397, over: 36_028_797_018_963_968))
    #expect(weight[0, 2] == Rational(-7, over: 3))
    #expect(weight[0, 3] == Rational(1, over: 1000))
  }

  @Test func shorthandMakesAChain() throws {
    let architecture = try model(
      #"{"layers":[2,3,1],"activations":["relu","identity"],"biases":[["1","0","-1"],["1/2"]],"name":"c"}"#)
    #expect(architecture.name == "c")
    #expect(architecture.nodes.map(\.name) == ["layer0", "layer1", "layer2"])
    #expect(architecture.nodes[1].activation == .relu)
    #expect(architecture.nodes[2].bias?.elements == [Rational(1, over: 2)])
    #expect(architecture.edges.map(\.name) == ["layer0->layer1", "layer1->layer2"])
    #expect(!architecture.hasWeights)
    #expect(architecture.chain == [0, 1, 2])
  }

  @Test func everyNamedActivationIsRead() throws {
    for (name, activation) in Activation.named {
      let text = #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"y","width":1,"activation":""# + name
      let rest = #""}],"edges":[{"from":"u","to":"y"}],"outputs":["y"]}"#
      #expect(try model(text + rest).nodes[1].activation == activation)
    }
  }

  /// Sums over widths and weights are integers: what could leave them is refused where it enters.
  @Test func widthsBeyondCountingAreRefused() throws {
    func chain(_ widths: [Int]) throws -> Architecture {
      try model(#"{"layers":[\#(widths.map(String.init).joined(separator: ","))]}"#)
    }
    #expect(try chain([20_000, 20_000, 20_000]).edges.count == 2)
    #expect(try chain([1_000_000_000, 1]).nodes[0].width == Architecture.maximumWidth)
    for widths in [[1_000_000_001, 1], [1_000_000_000_000_000_000, 1], [1, Int.max]] {
      #expect { try chain(widths) } throws: { "\($0)".contains("a width is from 1 to 1000000000") }
    }
    let widest = [Int](repeating: 1_000_000_000, count: 3)
    #expect { try chain(widest) } throws: {
      "\($0)".contains("edge layer1->layer2") && "\($0)".contains("smaller widths")
    }
  }

  @Test func activationsWithParametersAreRead() throws {
    func read(_ activation: String) throws -> Activation {
      let text = #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"y","width":2,"activation":"#
      let rest = #"}],"edges":[{"from":"u","to":"y"}],"outputs":["y"]}"#
      let model = try model(text + activation + rest)
      #expect(try Architecture(json: model.json(), fallbackName: "m") == model)
      return model.nodes[1].activation
    }
    #expect(try read(#"{"elu":"1/3"}"#) == .elu(Rational(1, over: 3)))
    #expect(try read(#"{"elu":"1"}"#) == .elu(1))
    #expect(try read(#"{"prelu":["1/4","-2"]}"#) == .prelu([Rational(1, over: 4), -2]))
    for (wrong, place) in [
      (#"{"elu":"0"}"#, "alpha of elu must be positive"), (#"{"elu":"-1"}"#, "alpha of elu must be positive"),
      (#"{"prelu":[]}"#, "a slope for each unit"), (#"{"prelu":["1"]}"#, "1 slopes of prelu"),
    ] {
      let error = #expect(throws: (any Error).self) { try read(wrong) }
      #expect(error.map { "\($0)".contains(place) } == true, "\(String(describing: error))")
    }
  }

  @Test func parallelEdgesAreNumberedAndDelaysRead() throws {
    let architecture = try model(
      #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"y","width":1,"activation":{"polynomial":["1","0","2"]}}],"#
        + #""edges":[{"from":"u","to":"y"},{"from":"u","to":"y","delay":3,"backwardDelay":2}],"outputs":["y"]}"#)
    #expect(architecture.edges.map(\.name) == ["u->y", "u->y#2"])
    #expect(architecture.edges[1].delay == 3)
    #expect(architecture.edges[1].backwardDelay == 2)
    #expect(architecture.nodes[1].activation == .polynomial([1, 0, 2]))
  }

  @Test func aCycleIsNamed() throws {
    let architecture = try model(
      #"{"inputs":[{"name":"u","width":1}],"nodes":[{"name":"a","width":1,"activation":"relu"},"#
        + #"{"name":"b","width":1,"activation":"relu"},{"name":"c","width":1,"activation":"relu"}],"edges":["#
        + #"{"from":"u","to":"a"},{"from":"a","to":"b"},{"from":"b","to":"c"},{"from":"b","to":"a"}],"outputs":["c"]}"#)
    let error = #expect(throws: NetworkError.self) { try architecture.topologicalOrder() }
    #expect(error?.message.contains("b -> a -> b") == true || error?.message.contains("a -> b -> a") == true)
  }

  @Test func csvColumnsAreNamedByUnit() throws {
    let architecture = try model(#"{"layers":[2,1]}"#)
    let stream = try FrameStream(
      csv: Data("layer1.0,layer0.1,layer0.0\n1,2,3\r\n0.5,-1/3,1e1\n".utf8), for: architecture, named: "s.csv")
    #expect(stream.inputs[0].map(\.elements) == [[3, 2], [10, Rational(-1, over: 3)]])
    #expect(stream.targets[0].map(\.elements) == [[1], [Rational(1, over: 2)]])
  }
}
