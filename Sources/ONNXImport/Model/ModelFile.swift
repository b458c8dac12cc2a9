#if ONNX
  internal import Foundation
  import Networks

  /// A decoded model and the operator sets that it imports.
  struct ModelFile {
    let graph: Onnx_GraphProto
    /// The graph's nodes with the model's own functions put in the place of their calls.
    let nodes: [Onnx_NodeProto]
    let irVersion: Int
    private let opsets: [String: Int]

    init(contentsOf data: Data) throws(ONNXError) {
      let model = try ProtobufFile.decode(Onnx_ModelProto.self, from: data, expecting: "an ONNX model")
      guard model.hasGraph, !model.graph.node.isEmpty else {
        throw ONNXError("the file has no graph with nodes; an ONNX model expected")
      }
      graph = model.graph
      irVersion = Int(model.irVersion)
      var opsets: [String: Int] = [:]
      for entry in model.opsetImport { opsets[Self.canonical(entry.domain)] = Int(entry.version) }
      self.opsets = opsets
      nodes = try FunctionInlining(model.functions, opsets: opsets).inlined(model.graph.node)
    }

    /// The version for an operator's domain; files before IR version 3 state none and mean 1.
    func opset(for domain: String) -> Int { opsets[Self.canonical(domain)] ?? 1 }

    /// The standard domain has two spellings.
    static func canonical(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }
  }
#endif
