#if ONNX
  internal import Foundation

  /// One node of the graph, with its inputs read already.
  struct Operation {
    let node: Onnx_NodeProto
    /// `nil` where an optional input is left out.
    let inputs: [Value?]
    let opset: Int
    private let attributes: [String: Onnx_AttributeProto]

    init(_ node: Onnx_NodeProto, inputs: [Value?], opset: Int) {
      self.node = node
      self.inputs = inputs
      self.opset = opset
      attributes = Dictionary(node.attribute.map { ($0.name, $0) }) { first, _ in first }
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

    func attribute(_ name: String) -> Onnx_AttributeProto? { attributes[name] }

    func integer(_ name: String) -> Int? { attributes[name].map { Int($0.i) } }

    func integers(_ name: String) -> [Int]? { attributes[name].map { $0.ints.map { Int($0) } } }

    func text(_ name: String) -> String? { attributes[name].flatMap { String(bytes: $0.s, encoding: .utf8) } }

    /// A flag: 0 or 1.
    func isSet(_ name: String) -> Bool { integer(name) ?? 0 != 0 }

    /// A finite float as the dyadic number it is, or the operator's default, which is a 32-bit float too.
    func number(_ name: String, default standard: Float) throws(OperatorProblem) -> Double {
      let value = attributes[name].map(\.f) ?? standard
      guard value.isFinite else { throw .malformed("the attribute \(name) is \(value); a finite number expected") }
      return Double(value)
    }

    /// Axes, shapes or bounds: an input since some opset, an attribute before.
    func integers(input index: Int, orAttribute name: String) throws(OperatorProblem) -> [Int]? {
      if let constant = try optionalConstant(index, name) { return try constant.integers() }
      return integers(name)
    }
  }
#endif
