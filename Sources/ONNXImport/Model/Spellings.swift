#if ONNX
  import Networks

  /// Activations that a graph spells out as a product: x·Sigmoid(x), x·Tanh(Softplus(x)), x·HardSigmoid(x).
  ///
  /// A product of two variables is not affine; but where one factor is a sigmoid of the other that nothing else reads, it
  /// is a function of one drive.
  struct Spellings {
    private let producers: [Name: Onnx_NodeProto]
    private let readOnce: Set<Name>

    init(_ nodes: [Onnx_NodeProto], outputs: Set<Name>) {
      var producers: [Name: Onnx_NodeProto] = [:]
      var counts: [Name: Int] = [:]
      for node in nodes {
        if node.output.count == 1, ModelFile.canonical(node.domain).isEmpty { producers[Name(node.output[0])] = node }
        for name in node.input + node.capturedNames { counts[Name(name), default: 0] += 1 }
      }
      self.producers = producers
      readOnce = Set(counts.filter { $0.value == 1 && !outputs.contains($0.key) }.map(\.key))
    }

    func rewritten(_ nodes: [Onnx_NodeProto]) -> [Onnx_NodeProto] {
      nodes.map { node in
        guard node.opType == "Mul", ModelFile.canonical(node.domain).isEmpty, node.input.count == 2,
          node.attribute.isEmpty
        else { return node }
        for (argument, factor) in [(node.input[0], node.input[1]), (node.input[1], node.input[0])] {
          guard let name = product(of: argument, with: factor) else { continue }
          var result = node
          result.opType = name
          result.input = [argument]
          if name == "HardSwish" { result.attribute = [hardSigmoidAlpha(factor)] }
          return result
        }
        return node
      }
    }

    private func product(of argument: String, with factor: String) -> String? {
      guard let sigmoid = producer(factor), sigmoid.input.count == 1 else { return nil }
      let isDirect = sigmoid.input[0].isSpelled(argument)
      switch sigmoid.opType {
      case "Sigmoid" where isDirect: return "Swish"
      case "HardSigmoid" where isDirect && isCentred(sigmoid): return "HardSwish"
      case "Tanh":
        guard let plus = producer(sigmoid.input[0]), plus.opType == "Softplus", plus.input.count == 1,
          plus.input[0].isSpelled(argument)
        else { return nil }
        return "Mish"
      default: return nil
      }
    }

    private func producer(_ name: String) -> Onnx_NodeProto? {
      readOnce.contains(Name(name)) ? producers[Name(name)] : nil
    }

    /// beta is 1/2, as in HardSwish.
    private func isCentred(_ node: Onnx_NodeProto) -> Bool {
      node.attribute.first { $0.name == "beta" }.map { $0.type == .float && $0.f == 0.5 } ?? true
    }

    /// The alpha of a HardSigmoid, stated even where the file leaves it out.
    private func hardSigmoidAlpha(_ name: String) -> Onnx_AttributeProto {
      if let stated = producer(name)?.attribute.first(where: { $0.name == "alpha" }) { return stated }
      var standard = Onnx_AttributeProto()
      (standard.name, standard.type, standard.f) = ("alpha", .float, 0.2)
      return standard
    }
  }
#endif
