#if ONNX
  import ExactArithmetic
  import Foundation
  import Networks
  import ONNXImport
  import Testing

  @Suite("Models made by others", .enabled(if: ModelFolder.isPresent, "no folder of models beside the package"))
  struct ModelFolderTests {
    /// Exact work refuses these; the reason names the operator.
    static let refused: [String: String] = [
      "light_densenet121": "MaxPool", "light_inception_v1": "MaxPool", "light_resnet50": "MaxPool",
      "light_squeezenet": "MaxPool", "wonnx_opt-mnist": "MaxPool",
    ]

    static var exact: [String] { ModelFolder.names.filter { refused[$0] == nil } }

    @Test("The folder holds what these tests know")
    func contents() {
      #expect(ModelFolder.names.count == 24)
      #expect(Set(Self.refused.keys).isSubset(of: Set(ModelFolder.names)))
    }

    @Test("Refused with the operator's name", arguments: Self.refused.keys.sorted())
    func refusal(name: String) throws {
      let data = try ModelFolder.model(name)
      let error = try #require(throws: ONNXError.self) {
        try ONNXModel.network(contentsOf: data, name: name)
      }
      #expect(error.operatorName == Self.refused[name] || error.operatorName == "LRN")
      #expect(error.node != nil)
      #expect(error.opset != nil)
    }

    @Test("Timing reads every model", arguments: ModelFolder.names)
    func timing(name: String) throws {
      let read = try ONNXModel.architecture(contentsOf: ModelFolder.model(name), name: name)
      #expect(!read.architecture.hasWeights)
      _ = try read.architecture.topologicalOrder()
      let opaque = read.architecture.nodes.filter(\.activation.isOpaque)
      #expect(opaque.isEmpty == (Self.refused[name] == nil))
      #expect(opaque.allSatisfy { node in read.notes.contains { $0.contains(node.name) } })
      #expect(!read.notes.contains { $0.contains("width") })
    }

    @Test("Timing and exact work see one graph", arguments: Self.exact)
    func agreement(name: String) throws {
      let data = try ModelFolder.model(name)
      let timing = try ONNXModel.architecture(contentsOf: data, name: name).architecture
      let exact = try ONNXModel.network(contentsOf: data, name: name)
      #expect(exact.hasWeights)
      #expect(timing.nodes.map(\.name) == exact.nodes.map(\.name))
      #expect(timing.nodes.map(\.width) == exact.nodes.map(\.width))
      #expect(timing.nodes.map(\.activation) == exact.nodes.map(\.activation))
      #expect(timing.edges.map(\.name) == exact.edges.map(\.name))
      #expect(timing.outputs == exact.outputs)
    }

    @Test("Exact outputs agree with 64-bit floats within their rounding", arguments: Self.exact)
    func outputs(name: String) throws {
      let data = try ModelFolder.model(name)
      let network = try Network(ONNXModel.network(contentsOf: data, name: name))
      let magnitudes = try MagnitudeModel(data, bindings: [:])
      var (largestError, largestOutput): (Rational, Rational) = (0, 0)
      for sample in try ModelFolder.samples(name) {
        let inputs = network.architecture.nodes.filter(\.isInput).map { node in
          Vector((sample.inputs.first { $0.name == node.name }?.data ?? []).map { Rational(dyadic: Double(Float($0))) })
        }
        let values = ForwardEvaluation.enclosures(network, inputs: inputs)
        let bound = ForwardErrorBound(network, magnitudes: magnitudes, values: values, format: .double)
        #expect(sample.outputs.map(\.name).sorted() == network.architecture.outputs.map { network.name($0) }.sorted())
        for output in sample.outputs {
          let node = try #require(network.architecture.nodeIndex(named: output.name))
          #expect(output.doubles.count == values[node].count)
          for (place, double) in output.doubles.enumerated() {
            let (value, error) = (Rational(dyadic: double), bound.errors[node][place])
            let difference = max(value - values[node][place].lower, values[node][place].upper - value)
            #expect(difference <= error, "\(output.name)[\(place)]: off by more than \(error)")
            (largestError, largestOutput) = (max(largestError, error), max(largestOutput, value.magnitude))
          }
        }
      }
      // The bound says something: it is below a thousandth of what it bounds.
      #expect(largestError * 1000 < largestOutput)
    }
  }

  extension Network {
    fileprivate func name(_ node: Int) -> String { architecture.nodes[node].name }
  }
#endif
