#if ONNX
  import ExactArithmetic
  import Networks

  /// Lowers a planned graph, node by node, into an architecture.
  struct GraphReader {
    private let plan: GraphPlan
    private var lowering: Lowering
    private var values: [Name: Value] = [:]
    /// The element types of what is no constant, as far as they are known.
    private var types: [Name: ElementType] = [:]
    /// The numbers of constants that were made so far.
    private var constantCount = 0

    init(_ plan: GraphPlan, purpose: Purpose) {
      self.plan = plan
      lowering = Lowering(
        purpose: purpose, readOnce: plan.readOnce, files: ExternalData(folder: plan.options.folder))
      for note in plan.notes { lowering.note(note) }
    }

    consuming func read(name: String) throws(ONNXError) -> ONNXArchitecture {
      if lowering.isExact { try refuseUnknownOperators() }
      for input in plan.inputs { try readInput(input) }
      for node in plan.nodes { try read(node) }
      try readOutputs()
      return try lowering.architecture(name: name)
    }

    /// Before anything large is built.
    private func refuseUnknownOperators() throws(ONNXError) {
      for node in plan.nodes where !OperatorTable.knows(node) {
        throw error(
          OperatorReasons.reason(for: node, in: plan.model)
            + "; so the network has no exact weights, and `timing` treats it as a node of its own", at: node)
      }
    }

    private mutating func readInput(_ input: Onnx_ValueInfoProto) throws(ONNXError) {
      var shape: Shape?
      do throws(OperatorProblem) {
        shape = try Shape(
          input: input, sizes: plan.options.dimensions, allowsUnknown: !lowering.isExact)
        let type = ElementType(rawValue: Int(input.type.tensorType.elemType))
        if lowering.isExact, !type.isFloat {
          throw .malformed("its elements are of type \(type); a network's input is a tensor of floats")
        }
        let none = AffineTensor(shape: shape, terms: [])
        let draft = try lowering.draft(none, activation: .identity, name: input.name)
        let node = DraftNode(name: input.name, width: draft.width, activation: .identity, isInput: true, drive: none)
        values[Name(input.name)] = .affine(lowering.append(node, shape: shape))
        types[Name(input.name)] = type
      } catch {
        throw ONNXError("the graph input cannot be read: \(error.message)", tensor: input.name)
      }
    }

    private mutating func read(_ node: Onnx_NodeProto) throws(ONNXError) {
      var inputs: [Value?] = []
      for name in node.input { inputs.append(name.isEmpty ? nil : try value(name)) }
      do throws(OperatorProblem) {
        let operation = try Operation(node, inputs: inputs, opset: plan.model.opset(for: node.domain))
        try checkTypes(operation)
        for (name, value) in zip(node.output, try lower(operation)) where !name.isEmpty {
          try store(value, name, of: operation)
        }
      } catch {
        throw self.error(error.message, at: node)
      }
    }

    private mutating func store(_ value: Value, _ name: String, of operation: Operation) throws(OperatorProblem) {
      switch value {
      case .constant(var constant):
        constant.type = type(of: constant, operation)
        values[Name(name)] = .constant(constant)
        guard let values = constant.values else { return }
        constantCount += values.count
        guard constantCount <= Self.largestConstantCount else {
          throw .malformed("the constants of the graph need more than \(Self.largestConstantCount) numbers")
        }
      case .affine:
        values[Name(name)] = value
        if operation.node.opType == "Cast" {
          types[Name(name)] = ElementType(rawValue: try operation.integer("to") ?? 0)
        } else {
          let first = operation.node.input.first { types[Name($0)] != nil }
          types[Name(name)] = first.flatMap { types[Name($0)] }
        }
      }
    }

    /// What linear operators make of constants, exactly, has no type of its own: it has that of what it is made of.
    private func type(of constant: Constant, _ operation: Operation) -> ElementType {
      guard constant.type == .float, !["Cast", "Constant"].contains(operation.node.opType) else { return constant.type }
      for case .constant(let input)? in operation.inputs where input.type.isFloat { return input.type }
      return constant.type
    }

    /// All constants together: a few operators can repeat a small one without end.
    private static let largestConstantCount = 1 << 26

    /// Arithmetic is defined among elements of one type, and not of truth values; the ONNX checker says the same.
    private func checkTypes(_ operation: Operation) throws(OperatorProblem) {
      let count: Int
      switch operation.node.opType {
      case "Add", "Sub", "Mul", "Div", "Sum", "Mean", "Max", "Min", "Concat", "Gemm", "MatMul", "Einsum": count = .max
      case "Conv", "ConvTranspose": count = 3
      case "PRelu": count = 2
      case "BatchNormalization": count = operation.opset < 14 ? 5 : 1
      default: return
      }
      guard ModelFile.canonical(operation.node.domain).isEmpty else { return }
      var known: (type: ElementType, name: String)?
      for (name, value) in zip(operation.node.input, operation.inputs).prefix(count) {
        let type: ElementType?
        switch value {
        case .constant(let constant)?: type = constant.type
        case .affine?: type = types[Name(name)]
        case nil: type = nil
        }
        guard let type, type.isFloat || type.isInteger else { continue }
        if type == .bool, operation.node.opType != "Concat" {
          throw .malformed("\"\(name)\" holds truth values, which are no numbers; cast them")
        }
        if let known, known.type != type {
          throw .malformed(
            "\"\(known.name)\" is of type \(known.type) and \"\(name)\" of type \(type); the ONNX checker rejects that too, so "
              + "cast one of them")
        }
        known = (type, name)
      }
    }

    private mutating func lower(_ operation: Operation) throws(OperatorProblem) -> [Value] {
      let node = operation.node
      do throws(OperatorProblem) {
        let results = try OperatorTable.lower(operation, &lowering, in: plan.model)
        for output in node.output.dropFirst(results.count) where plan.isRead(output) {
          throw .unsupported("its further output \"\(output)\" is used; only the first is known")
        }
        return results
      } catch {
        guard !lowering.isExact else { throw error }
        if case .malformed = error { throw error }
        let first = node.output.first { plan.isRead($0) } ?? operation.outputName
        let shape =
          Shape(declared: plan.declared[Name(first)])
          ?? (first == operation.outputName ? OpaqueShapes.shape(of: operation) : nil)
        return try pass(operation, name: first, shape: shape, reason: error)
      }
    }

    /// What timing makes of an operator that has no exact meaning here.
    ///
    /// - Parameter name: the first of its outputs that is read, which the node is named by.
    private mutating func pass(
      _ operation: Operation, name: String, shape: Shape?, reason: OperatorProblem
    ) throws(OperatorProblem) -> [Value] {
      let node = operation.node
      var sources = operation.variableInputs
      for name in node.capturedNames {
        if case .affine(let tensor)? = values[Name(name)] { sources.append(tensor) }
      }
      let drive = try lowering.merge(sources.map { $0.unweighed(nil) }, shape: shape)
      guard !drive.terms.isEmpty else {
        return node.output.map {
          .constant(Constant(name: $0, shape: $0 == name ? shape : nil, type: .float, values: nil))
        }
      }
      if case .unknownShape = reason { return node.output.map { _ in .affine(drive) } }
      let label = node.qualifiedOperator
      let draft = try lowering.draft(drive, activation: .opaque(label), name: name)
      lowering.note("node \"\(name)\", operator \(label): \(reason.message); timing treats it as a node of its own")
      let activity = lowering.append(draft, shape: shape)
      return node.output.map {
        .affine($0.isSpelled(name) ? activity : activity.unweighed(Shape(declared: plan.declared[Name($0)])))
      }
    }

    private mutating func value(_ name: String) throws(ONNXError) -> Value {
      if let value = values[Name(name)] { return value }
      var constant: Constant
      if let bound = plan.bindings[Name(name)] {
        constant = bound.constant
      } else if let tensor = plan.initializers[Name(name)] {
        constant = try TensorDecoder(tensor, files: lowering.files).constant(for: lowering.purpose)
        constant.origin = WeightUse(initializer: name)
      } else {
        throw ONNXError("no node, input or initializer provides this tensor", tensor: name)
      }
      constant.name = name
      values[Name(name)] = .constant(constant)
      return .constant(constant)
    }

    private func error(_ message: String, at node: Onnx_NodeProto) -> ONNXError {
      ONNXError(
        message, node: node.label, operatorName: node.qualifiedOperator, opset: plan.model.opset(for: node.domain))
    }

    /// Outputs that were asked for must depend on an input; of those that the graph states, others are left out.
    private mutating func readOutputs() throws(ONNXError) {
      var reasons: [String] = []
      var added = false
      for name in plan.outputs {
        var reason: String?
        var drive: AffineTensor?
        if plan.inputs.contains(where: { $0.name.isSpelled(name) }) {
          reason = "the output \"\(name)\" is an input itself"
        } else if case .affine(let tensor) = try value(name) {
          drive = tensor
        } else {
          reason = "the output \"\(name)\" does not depend on any input"
        }
        guard let drive else {
          guard plan.options.outputs.isEmpty else {
            throw ONNXError("\(reason ?? ""): it is no output of a network", tensor: name)
          }
          reasons.append(reason ?? "")
          lowering.note("\(reason ?? "") and is left out")
          continue
        }
        do throws(OperatorProblem) {
          try lowering.addOutput(drive, name: name, among: plan.outputs)
          added = true
        } catch {
          throw ONNXError(error.message, tensor: name)
        }
      }
      guard added else { throw ONNXError("no output is left: \(reasons.joined(separator: "; "))") }
    }
  }
#endif
