#if ONNX
  internal import Foundation

  /// One node of the graph, with its inputs read already.
  struct Operation {
    let node: Onnx_NodeProto
    /// `nil` where an optional input is left out.
    let inputs: [Value?]
    let opset: Int
    private let attributes: [String: Onnx_AttributeProto]

    /// - Throws: for an attribute that stands twice, or that refers to a function's outside of one.
    init(_ node: Onnx_NodeProto, inputs: [Value?], opset: Int) throws(OperatorProblem) {
      self.node = node
      self.inputs = inputs
      self.opset = opset
      var attributes: [String: Onnx_AttributeProto] = [:]
      for attribute in node.attribute {
        guard attribute.refAttrName.isEmpty else {
          throw .malformed("the attribute \(attribute.name) refers to one of a function, but this node is in none")
        }
        guard attributes.updateValue(attribute, forKey: attribute.name) == nil else {
          throw .malformed("the attribute \(attribute.name) stands twice")
        }
      }
      self.attributes = attributes
    }

    /// The first output's name: that of what the operator makes.
    var outputName: String { node.output.first ?? "" }

    var variableInputs: [AffineTensor] {
      inputs.compactMap { if case .affine(let tensor) = $0 { tensor } else { nil } }
    }

    func input(_ index: Int) throws(OperatorProblem) -> Value {
      guard let value = optionalInput(index) else { throw .malformed("input \(index) is missing") }
      return value
    }

    func optionalInput(_ index: Int) -> Value? { index < inputs.count ? inputs[index] : nil }

    /// An input that must not depend on the network's inputs.
    func constant(_ index: Int, _ role: String) throws(OperatorProblem) -> Constant {
      guard let constant = try optionalConstant(index, role) else {
        throw .malformed("input \(index), the \(role), is missing")
      }
      return constant
    }

    func optionalConstant(_ index: Int, _ role: String) throws(OperatorProblem) -> Constant? {
      switch optionalInput(index) {
      case nil: return nil
      case .constant(let constant): return constant
      case .affine:
        throw .unsupported("the \(role) depends on the model's inputs; it must be an initializer or a Constant")
      }
    }

    func has(_ name: String) -> Bool { attributes[name] != nil }

    /// The one reader of attributes: an attribute of another type than the operator defines is refused, for its field
    /// would be read as zero.
    private func attribute(
      _ name: String, _ type: Onnx_AttributeProto.AttributeType
    ) throws(OperatorProblem) -> Onnx_AttributeProto? {
      guard let attribute = attributes[name] else { return nil }
      guard attribute.type == type else {
        throw .malformed(
          "the attribute \(name) is of type \(Self.name(attribute.type)), but \(Self.name(type)) is defined; the ONNX "
            + "checker rejects it too, so write it with the right type")
      }
      return attribute
    }

    private static func name(_ type: Onnx_AttributeProto.AttributeType) -> String {
      switch type {
      case .undefined: "UNDEFINED"
      case .float: "FLOAT"
      case .int: "INT"
      case .string: "STRING"
      case .tensor: "TENSOR"
      case .graph: "GRAPH"
      case .floats: "FLOATS"
      case .ints: "INTS"
      case .strings: "STRINGS"
      case .tensors: "TENSORS"
      case .graphs: "GRAPHS"
      case .sparseTensor: "SPARSE_TENSOR"
      case .sparseTensors: "SPARSE_TENSORS"
      case .typeProto: "TYPE_PROTO"
      case .typeProtos: "TYPE_PROTOS"
      }
    }

    func tensor(_ name: String) throws(OperatorProblem) -> Onnx_TensorProto? { try attribute(name, .tensor)?.t }

    func integer(_ name: String) throws(OperatorProblem) -> Int? { try attribute(name, .int).map { Int($0.i) } }

    func integers(_ name: String) throws(OperatorProblem) -> [Int]? {
      try attribute(name, .ints).map { $0.ints.map { Int($0) } }
    }

    func text(_ name: String) throws(OperatorProblem) -> String? {
      guard let bytes = try attribute(name, .string)?.s else { return nil }
      guard let text = String(bytes: bytes, encoding: .utf8) else {
        throw .malformed("the attribute \(name) is not UTF-8 text")
      }
      return text
    }

    /// A flag: 0 or 1.
    func isSet(_ name: String) throws(OperatorProblem) -> Bool { try integer(name) ?? 0 != 0 }

    /// A float as it is stored, be it finite or not.
    func float(_ name: String) throws(OperatorProblem) -> Float? { try attribute(name, .float)?.f }

    func floats(_ name: String) throws(OperatorProblem) -> [Float]? { try attribute(name, .floats)?.floats }

    /// A finite float as the dyadic number it is, or the operator's default, which is a 32-bit float too.
    func number(_ name: String, default standard: Float) throws(OperatorProblem) -> Double {
      let value = try float(name) ?? standard
      guard value.isFinite else { throw .malformed("the attribute \(name) is \(value); a finite number expected") }
      return Double(value)
    }

    /// Axes, shapes or bounds: an input since some opset, an attribute before.
    func integers(input index: Int, orAttribute name: String) throws(OperatorProblem) -> [Int]? {
      if let constant = try optionalConstant(index, name) { return try constant.integers() }
      return try integers(name)
    }
  }
#endif
