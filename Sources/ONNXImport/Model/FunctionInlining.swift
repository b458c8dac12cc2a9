#if ONNX
  import Networks

  /// Puts the bodies of a model's functions in the place of the nodes that call them.
  ///
  /// A tensor inside is named by the call's first output, a slash and its name in the function; what the function gives
  /// back has the names that the call gives. Attributes that refer to the call's take its values, or the stated defaults.
  struct FunctionInlining {
    private struct Key: Hashable {
      let domain: Name
      let name: Name
      let overload: Name
    }

    private let functions: [Key: Onnx_FunctionProto]
    private let opsets: [String: Int]

    /// The most nodes that the bodies of functions may come to when they are written out: calls of calls multiply.
    static let largestCount = 1 << 17
    /// How deep calls may lie in one another; a function that calls itself has no end.
    static let largestDepth = 64

    init(_ functions: [Onnx_FunctionProto], opsets: [String: Int]) throws(ONNXError) {
      var table: [Key: Onnx_FunctionProto] = [:]
      for function in functions {
        let key = Key(
          domain: Name(ModelFile.canonical(function.domain)), name: Name(function.name),
          overload: Name(function.overload))
        guard table.updateValue(function, forKey: key) == nil else {
          throw ONNXError(
            "two functions are named \"\(function.name)\"; names must differ", operatorName: function.name)
        }
      }
      self.functions = table
      self.opsets = opsets
    }

    /// - Complexity: linear in the nodes that result. Calls wait on a stack of their own, so that none of the program's
    ///   is used up.
    func inlined(_ nodes: [Onnx_NodeProto]) throws(ONNXError) -> [Onnx_NodeProto] {
      guard !functions.isEmpty else { return nodes }
      var result: [Onnx_NodeProto] = []
      var open = nodes.reversed().map { (node: $0, depth: 0) }
      var count = 0
      while let (node, depth) = open.popLast() {
        let key = Key(
          domain: Name(ModelFile.canonical(node.domain)), name: Name(node.opType), overload: Name(node.overload))
        guard let function = functions[key] else {
          result.append(node)
          continue
        }
        count += function.node.count
        guard depth < Self.largestDepth, count <= Self.largestCount else {
          throw error("its functions call one another too deeply or too often; inline them before the export", node)
        }
        for inner in try body(of: function, called: node).reversed() { open.append((inner, depth + 1)) }
      }
      return result
    }

    private func error(_ message: String, _ node: Onnx_NodeProto) -> ONNXError {
      ONNXError(message, node: node.label, operatorName: node.qualifiedOperator)
    }

    private func body(
      of function: Onnx_FunctionProto, called call: Onnx_NodeProto
    ) throws(ONNXError) -> [Onnx_NodeProto] {
      guard call.input.count <= function.input.count, call.output.count <= function.output.count else {
        throw error("the call has more inputs or outputs than the model's function", call)
      }
      for entry in function.opsetImport {
        let version = opsets[ModelFile.canonical(entry.domain)]
        guard version == nil || version == Int(entry.version) else {
          throw error(
            "the model's function uses opset \(entry.version) of the domain \"\(entry.domain)\", the model another one; inline "
              + "functions before the export", call)
        }
      }
      var names: [Name: String] = [:]
      for (index, name) in function.input.enumerated() {
        names[Name(name)] = index < call.input.count ? call.input[index] : ""
      }
      for (name, outer) in zip(function.output, call.output) where !outer.isEmpty { names[Name(name)] = outer }
      let prefix = call.output.first { !$0.isEmpty } ?? call.label
      func outer(_ name: String) -> String { name.isEmpty ? "" : names[Name(name)] ?? "\(prefix)/\(name)" }
      var attributes: [Name: Onnx_AttributeProto] = [:]
      for attribute in function.attributeProto { attributes[Name(attribute.name)] = attribute }
      for attribute in call.attribute { attributes[Name(attribute.name)] = attribute }
      var result: [Onnx_NodeProto] = []
      for inner in function.node {
        guard !inner.attribute.contains(where: { $0.hasG || !$0.graphs.isEmpty }) else {
          throw error("the model's function holds branches or loops; inline functions before the export", call)
        }
        var node = inner
        node.input = inner.input.map(outer)
        node.output = inner.output.map(outer)
        node.name = inner.name.isEmpty ? "" : "\(call.label)/\(inner.name)"
        node.attribute = inner.attribute.compactMap { attribute in
          guard !attribute.refAttrName.isEmpty else { return attribute }
          var value = attributes[Name(attribute.refAttrName)]
          value?.name = attribute.name
          return value
        }
        result.append(node)
      }
      // An output of the function that is one of its inputs.
      for (name, given) in zip(function.output, call.output) where !given.isEmpty {
        guard let place = function.input.firstIndex(where: { $0.isSpelled(name) }) else { continue }
        var identity = Onnx_NodeProto()
        identity.opType = "Identity"
        identity.input = [place < call.input.count ? call.input[place] : ""]
        identity.output = [given]
        result.append(identity)
      }
      return result
    }
  }
#endif
