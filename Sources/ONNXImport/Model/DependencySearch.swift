#if ONNX
  import Networks

  /// Finds the nodes that given tensors depend on, in an order in which they can be read.
  struct DependencySearch {
    private let nodes: [Onnx_NodeProto]
    private let known: Set<Name>
    private let model: ModelFile
    private let producers: [Name: Int]

    /// - Parameter known: tensors that no node makes: inputs and initializers.
    init(_ nodes: [Onnx_NodeProto], known: Set<Name>, model: ModelFile) throws(ONNXError) {
      self.nodes = nodes
      self.known = known
      self.model = model
      var producers: [Name: Int] = [:]
      for (index, node) in nodes.enumerated() {
        for output in node.output where !output.isEmpty {
          guard !known.contains(Name(output)), producers.updateValue(index, forKey: Name(output)) == nil else {
            throw ONNXError(
              "node \"\(node.label)\" makes a tensor that exists already; names must differ", tensor: output)
          }
        }
      }
      self.producers = producers
    }

    /// Depth first without recursion: a chain may be longer than the stack is deep.
    func order(for outputs: [String]) throws(ONNXError) -> [Int] {
      enum State { case open, done }
      var states: [Int: State] = [:]
      var order: [Int] = []
      for output in outputs {
        guard let root = producers[Name(output)] else {
          guard known.contains(Name(output)) else {
            throw ONNXError("this is to be an output, but no node makes it", tensor: output)
          }
          continue
        }
        var stack: [(node: Int, pending: [Int])] = []
        if states[root] == nil {
          states[root] = .open
          stack.append((root, try dependencies(of: root)))
        }
        while let top = stack.last {
          guard let next = top.pending.last else {
            states[top.node] = .done
            order.append(top.node)
            stack.removeLast()
            continue
          }
          stack[stack.count - 1].pending.removeLast()
          switch states[next] {
          case .done?: continue
          case .open?:
            let names = (stack.drop { $0.node != next }.map { nodes[$0.node].label } + [nodes[next].label]).reversed()
            throw ONNXError("the graph has a cycle: \(names.joined(separator: " -> ")); an ONNX graph is a DAG")
          case nil:
            states[next] = .open
            stack.append((next, try dependencies(of: next)))
          }
        }
      }
      return order
    }

    /// The nodes that make what a node reads, the first read last.
    private func dependencies(of index: Int) throws(ONNXError) -> [Int] {
      let node = nodes[index]
      var result: [Int] = []
      for name in node.input where !name.isEmpty && !known.contains(Name(name)) {
        guard let producer = producers[Name(name)] else {
          throw ONNXError(
            "it reads a tensor that is no input, no initializer and no node's output; export the model with its "
              + "weights inside",
            node: node.label, operatorName: node.qualifiedOperator, opset: model.opset(for: node.domain), tensor: name)
        }
        result.append(producer)
      }
      result += node.capturedNames.compactMap { producers[Name($0)] }
      return result.reversed()
    }
  }

  extension Onnx_NodeProto {
    /// The node's name, or that of its first output.
    var label: String { name.isEmpty ? output.first { !$0.isEmpty } ?? "" : name }

    /// The operator, with its domain where that is not the standard one.
    var qualifiedOperator: String {
      let domain = ModelFile.canonical(domain)
      return domain.isEmpty ? opType : "\(domain).\(opType)"
    }

    /// Tensors that the bodies of If, Loop and Scan read from around them, among other names.
    var capturedNames: [String] {
      var names: [String] = []
      var graphs = attribute.flatMap { ($0.hasG ? [$0.g] : []) + $0.graphs }
      while let graph = graphs.popLast() {
        for node in graph.node {
          names += node.input
          graphs += node.attribute.flatMap { ($0.hasG ? [$0.g] : []) + $0.graphs }
        }
        names += graph.output.map(\.name)
      }
      return names
    }
  }
#endif
