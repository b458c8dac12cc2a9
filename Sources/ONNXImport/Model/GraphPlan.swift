#if ONNX
  import Networks

  /// What of a graph is read, and in which order: the nodes that an output needs, each after those it reads.
  struct GraphPlan {
    let model: ModelFile
    let options: ONNXOptions
    let initializers: [Name: Onnx_TensorProto]
    let bindings: [Name: ONNXTensor]
    /// The graph's inputs that have no value and that something reads.
    let inputs: [Onnx_ValueInfoProto]
    /// The network's outputs, each once.
    let outputs: [String]
    let nodes: [Onnx_NodeProto]
    /// The types that the file states for tensors between the nodes.
    let declared: [Name: Onnx_TypeProto]
    /// Tensors that one node reads, and no output is.
    let readOnce: Set<Name>
    /// What was left out, one sentence each.
    let notes: [String]
    private let readNames: Set<Name>

    init(_ model: ModelFile, options: ONNXOptions) throws(ONNXError) {
      let graph = model.graph
      self.model = model
      self.options = options
      var bindings: [Name: ONNXTensor] = [:]
      for (name, tensor) in options.bindingInputs { bindings[Name(name)] = tensor }
      self.bindings = bindings
      var initializers: [Name: Onnx_TensorProto] = [:]
      for tensor in graph.initializer {
        guard initializers.updateValue(tensor, forKey: Name(tensor.name)) == nil else {
          throw ONNXError("two initializers have this name; names must differ", tensor: tensor.name)
        }
      }
      for tensor in graph.sparseInitializer {
        throw ONNXError("sparse initializers are not known; save the model with dense ones", tensor: tensor.values.name)
      }
      self.initializers = initializers
      let names = Set(graph.input.map { Name($0.name) })
      guard names.count == graph.input.count else {
        throw ONNXError("two graph inputs have one name; names must differ")
      }
      for name in bindings.keys.sorted() where !names.contains(name) {
        throw ONNXError("there is no graph input of this name to be bound", tensor: name.text)
      }
      var declared: [Name: Onnx_TypeProto] = [:]
      for value in graph.valueInfo + graph.output where declared[Name(value.name)] == nil {
        declared[Name(value.name)] = value.type
      }
      self.declared = declared
      var notes: [String] = []
      outputs = try Self.outputs(of: graph, options.outputs, &notes)
      let outputNames = Set(outputs.map { Name($0) })
      let known = names.union(initializers.keys)
      let spelled = Spellings(model.nodes, outputs: outputNames).rewritten(model.nodes)
      let search = try DependencySearch(spelled, known: known, model: model)
      nodes = try search.order(for: outputs).map { spelled[$0] }
      var counts: [Name: Int] = [:]
      for name in nodes.flatMap({ $0.input + $0.capturedNames }) { counts[Name(name), default: 0] += 1 }
      readNames = Set(counts.keys).union(outputNames)
      readOnce = Set(counts.filter { $0.value == 1 && !outputNames.contains($0.key) }.map(\.key))
      var inputs: [Onnx_ValueInfoProto] = []
      for input in graph.input where initializers[Name(input.name)] == nil && bindings[Name(input.name)] == nil {
        if readNames.contains(Name(input.name)) {
          inputs.append(input)
        } else {
          notes.append("the input \"\(input.name)\" reaches no output and is left out")
        }
      }
      self.inputs = inputs
      self.notes = notes
    }

    /// The outputs that were asked for, or those of the graph that hold real numbers.
    private static func outputs(
      of graph: Onnx_GraphProto, _ chosen: [String], _ notes: inout [String]
    ) throws(ONNXError) -> [String] {
      var outputs: [String] = []
      if !chosen.isEmpty {
        for name in chosen where !outputs.contains(where: { $0.isSpelled(name) }) { outputs.append(name) }
        return outputs
      }
      for output in graph.output where !outputs.contains(where: { $0.isSpelled(output.name) }) {
        let type = ElementType(rawValue: Int(output.type.tensorType.elemType))
        if case .tensorType? = output.type.value, type.isInteger || type == .string {
          notes.append("the output \"\(output.name)\" holds elements of type \(type) and is left out")
        } else {
          outputs.append(output.name)
        }
      }
      guard !outputs.isEmpty else {
        throw ONNXError(
          graph.output.isEmpty
            ? "the graph states no output; export the model again"
            : "no output holds real numbers: \(notes.joined(separator: "; ")); choose a tensor by --output NAME")
      }
      return outputs
    }

    /// Whether a node or the graph's outputs use this tensor.
    func isRead(_ name: String) -> Bool { !name.isEmpty && readNames.contains(Name(name)) }
  }
#endif
