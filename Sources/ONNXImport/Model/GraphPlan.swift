#if ONNX

  /// What of a graph is read, and in which order: the nodes that an output needs, each after those it reads.
  struct GraphPlan {
    let model: ModelFile
    let initializers: [String: Onnx_TensorProto]
    let bindings: [String: ONNXTensor]
    /// The graph's inputs that have no value.
    let inputs: [Onnx_ValueInfoProto]
    /// The graph's outputs, each once.
    let outputs: [String]
    let nodes: [Onnx_NodeProto]
    /// The types that the file states for tensors between the nodes.
    let declared: [String: Onnx_TypeProto]
    private let readNames: Set<String>

    init(_ model: ModelFile, bindingInputs: [String: ONNXTensor]) throws(ONNXError) {
      let graph = model.graph
      self.model = model
      bindings = bindingInputs
      var initializers: [String: Onnx_TensorProto] = [:]
      for tensor in graph.initializer {
        guard initializers.updateValue(tensor, forKey: tensor.name) == nil else {
          throw ONNXError("two initializers have this name; names must differ", tensor: tensor.name)
        }
      }
      for tensor in graph.sparseInitializer {
        throw ONNXError("sparse initializers are not known; save the model with dense ones", tensor: tensor.values.name)
      }
      self.initializers = initializers
      inputs = graph.input.filter { initializers[$0.name] == nil && bindingInputs[$0.name] == nil }
      let names = Set(graph.input.map(\.name))
      guard names.count == graph.input.count else {
        throw ONNXError("two graph inputs have one name; names must differ")
      }
      for name in bindingInputs.keys.sorted() where !names.contains(name) {
        throw ONNXError("there is no graph input of this name to be bound", tensor: name)
      }
      var outputs: [String] = []
      for output in graph.output where !outputs.contains(output.name) { outputs.append(output.name) }
      guard !outputs.isEmpty else { throw ONNXError("the graph states no output; export the model again") }
      self.outputs = outputs
      declared = Dictionary((graph.valueInfo + graph.output).map { ($0.name, $0.type) }) { first, _ in first }
      let search = try DependencySearch(graph.node, known: names.union(initializers.keys), model: model)
      nodes = try search.order(for: outputs).map { graph.node[$0] }
      readNames = Set(nodes.flatMap { $0.input + $0.capturedNames }).union(outputs)
    }

    /// Whether a node or the graph's outputs use this tensor.
    func isRead(_ name: String) -> Bool { !name.isEmpty && readNames.contains(name) }
  }
#endif
