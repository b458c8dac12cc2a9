#if ONNX
  import ExactArithmetic
  import Networks

  /// Lowers a planned graph, node by node, into an architecture.
  struct GraphReader {
    private let plan: GraphPlan
    private var lowering: Lowering
    private var values: [String: Value] = [:]

    init(_ plan: GraphPlan, purpose: Purpose) {
      self.plan = plan
      lowering = Lowering(purpose: purpose)
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
      for node in plan.nodes where OperatorTable.handler(for: node) == nil {
        throw error(
          "it is neither affine nor a known activation, so the network has no exact weights; `timing` treats it as a "
            + "node of its own", at: node)
      }
    }

    private mutating func readInput(_ input: Onnx_ValueInfoProto) throws(ONNXError) {
      var shape: Shape?
      do throws(OperatorProblem) {
        shape = try Shape(declaredBy: input.type, allowsUnknown: !lowering.isExact)
        let type = ElementType(rawValue: Int(input.type.tensorType.elemType))
        if lowering.isExact, !type.isFloat {
          throw .malformed("its elements are of type \(type); a network's input is a tensor of floats")
        }
        let none = AffineTensor(shape: shape, terms: [])
        let draft = try lowering.draft(none, activation: .identity, name: input.name)
        let node = DraftNode(name: input.name, width: draft.width, activation: .identity, isInput: true, drive: none)
        values[input.name] = .affine(lowering.append(node, shape: shape))
      } catch {
        throw ONNXError("the graph input cannot be read: \(error.message)", tensor: input.name)
      }
    }

    private mutating func read(_ node: Onnx_NodeProto) throws(ONNXError) {
      var inputs: [Value?] = []
      for name in node.input { inputs.append(name.isEmpty ? nil : try value(name)) }
      let operation = Operation(node, inputs: inputs, opset: plan.model.opset(for: node.domain))
      do throws(OperatorProblem) {
        let result = try lower(operation)
        if let first = node.output.first { values[first] = result }
      } catch {
        throw self.error(error.message, at: node)
      }
    }

    private mutating func lower(_ operation: Operation) throws(OperatorProblem) -> Value {
      let node = operation.node
      do throws(OperatorProblem) {
        guard let handler = OperatorTable.handler(for: node) else { throw .unsupported("") }
        let result = try handler(operation, &lowering)
        for output in node.output.dropFirst() where plan.isRead(output) {
          throw .unsupported("its further output \"\(output)\" is used; only the first is known")
        }
        return result
      } catch {
        guard !lowering.isExact else { throw error }
        if case .malformed = error { throw error }
        let shape = Shape(declared: plan.declared[operation.outputName]) ?? OpaqueShapes.shape(of: operation)
        return try pass(operation, shape: shape, reason: error)
      }
    }

    /// What timing makes of an operator that has no exact meaning here.
    private mutating func pass(
      _ operation: Operation, shape: Shape?, reason: OperatorProblem
    ) throws(OperatorProblem) -> Value {
      let node = operation.node
      var sources = operation.variableInputs
      for name in node.capturedNames {
        if case .affine(let tensor)? = values[name] { sources.append(tensor) }
      }
      let drive = try lowering.merge(sources.map { $0.unweighed(nil) }, shape: shape)
      guard !drive.terms.isEmpty else {
        return .constant(Constant(name: operation.outputName, shape: shape, isInteger: false, values: nil))
      }
      if case .unknownShape = reason { return .affine(drive) }
      let label = node.qualifiedOperator
      let draft = try lowering.draft(drive, activation: .opaque(label), name: operation.outputName)
      lowering.note(
        "node \"\(operation.outputName)\": the operator \(label) is neither affine nor a known activation"
          + (reason.message.isEmpty ? "" : " (\(reason.message))") + "; timing treats it as a node of its own")
      let activity = lowering.append(draft, shape: shape)
      for output in node.output.dropFirst() where !output.isEmpty {
        values[output] = .affine(activity.unweighed(Shape(declared: plan.declared[output])))
      }
      return .affine(activity)
    }

    private mutating func value(_ name: String) throws(ONNXError) -> Value {
      if let value = values[name] { return value }
      var constant: Constant
      if let bound = plan.bindings[name] {
        constant = bound.constant
      } else if let tensor = plan.initializers[name] {
        constant = try TensorDecoder(tensor).constant(for: lowering.purpose)
      } else {
        throw ONNXError("no node, input or initializer provides this tensor", tensor: name)
      }
      constant.name = name
      values[name] = .constant(constant)
      return .constant(constant)
    }

    private func error(_ message: String, at node: Onnx_NodeProto) -> ONNXError {
      ONNXError(
        message, node: node.label, operatorName: node.qualifiedOperator, opset: plan.model.opset(for: node.domain))
    }

    private mutating func readOutputs() throws(ONNXError) {
      for name in plan.outputs {
        guard !plan.inputs.contains(where: { $0.name == name }) else {
          throw ONNXError("the graph's output is its own input; there is no layer between them", tensor: name)
        }
        guard case .affine(let tensor) = try value(name) else {
          throw ONNXError("the graph's output does not depend on any input; remove it from the outputs", tensor: name)
        }
        do throws(OperatorProblem) {
          try lowering.addOutput(tensor, name: name, among: plan.outputs)
        } catch {
          throw ONNXError(error.message, tensor: name)
        }
      }
    }
  }
#endif
