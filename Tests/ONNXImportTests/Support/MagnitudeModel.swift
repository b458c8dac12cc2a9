#if ONNX
  import ExactArithmetic
  import Foundation
  import Networks
  internal import SwiftProtobuf

  @testable import ONNXImport

  /// The model with every weight replaced by its magnitude and every difference by a sum.
  ///
  /// Read as a network, its folded edges are products of magnitudes |W₂||W₁|, which bound what roundings inside a folded
  /// run can do; the model's own folded edges are W₂W₁, which do not. All its floats are doubles, so that no constant is
  /// rounded to a shorter type.
  struct MagnitudeModel {
    let network: Network
    /// A bound of the roundings that one output entry passes: for each weight tensor the longest sum of products that it
    /// can take part in, for each operator eight further operations, and the lengths of the model's inputs.
    let roundingCount: Int

    init(_ data: Data, bindings: [String: ONNXTensor]) throws {
      var model = try Onnx_ModelProto(serializedBytes: data)
      var rules: [String: (Double) -> Double] = [:]
      for node in model.graph.node {
        if node.opType == "BatchNormalization" {
          // (x − mean)·factor + bias: the magnitude of the mean is added, and the variance is no summand.
          rules[node.input[3]] = { -abs($0) }
          rules[node.input[4]] = { $0 }
        }
        // What chooses a unit's function or place, and is no summand or factor.
        if ["Clip", "Max", "Min", "PRelu", "Pow"].contains(node.opType) {
          for name in node.input.dropFirst() { rules[name] = { $0 } }
        }
      }
      for index in model.graph.input.indices {
        let type = ElementType(rawValue: Int(model.graph.input[index].type.tensorType.elemType))
        if type.isFloat { model.graph.input[index].type.tensorType.elemType = 11 }
      }
      var count = model.graph.node.count * 8
      func apply(_ tensor: Onnx_TensorProto) throws -> Onnx_TensorProto {
        let constant = try TensorDecoder(tensor, files: ExternalData(folder: nil)).constant(for: .values)
        count += Self.longestSum(constant)
        return Self.tensor(constant, name: tensor.name, rule: rules[tensor.name] ?? { abs($0) }) ?? tensor
      }
      model.graph.initializer = try model.graph.initializer.map(apply)
      var integers = Set(
        model.graph.initializer.filter { ElementType(rawValue: Int($0.dataType)).isInteger }.map(\.name))
      for index in model.graph.node.indices {
        let node = model.graph.node[index]
        // Shape arithmetic stays what it is.
        let isInteger =
          node.opType == "Shape" || node.attribute.contains { $0.hasT && $0.t.dataType == 7 }
          || (!node.input.isEmpty && node.input.allSatisfy(integers.contains))
        if isInteger { integers.formUnion(node.output) }
        if node.opType == "Sub", !isInteger { model.graph.node[index].opType = "Add" }
        if node.opType == "Neg", !isInteger { model.graph.node[index].opType = "Identity" }
        for place in model.graph.node[index].attribute.indices {
          if node.opType == "Constant", node.attribute[place].name == "value_float" {
            model.graph.node[index].attribute[place].name = "value"
            model.graph.node[index].attribute[place].type = .tensor
            model.graph.node[index].attribute[place].t = Self.number(Double(node.attribute[place].f.magnitude))
          } else if model.graph.node[index].attribute[place].hasT {
            model.graph.node[index].attribute[place].t = try apply(model.graph.node[index].attribute[place].t)
          }
          if ["alpha", "beta"].contains(model.graph.node[index].attribute[place].name) {
            model.graph.node[index].attribute[place].f.magnitude()
          }
          let target = ElementType(rawValue: Int(model.graph.node[index].attribute[place].i))
          if node.opType == "Cast", model.graph.node[index].attribute[place].name == "to", target.isFloat {
            model.graph.node[index].attribute[place].i = 11
          }
        }
      }
      var bound: [String: ONNXTensor] = [:]
      for (name, tensor) in bindings {
        count += Self.longestSum(tensor.constant)
        let replaced = Self.tensor(tensor.constant, name: name, rule: rules[name] ?? { abs($0) })
        bound[name] = try replaced.map { try ONNXTensor(contentsOf: $0.serializedData()) } ?? tensor
      }
      network = try Network(
        ONNXModel.annotatedNetwork(
          contentsOf: model.serializedData(), name: "magnitudes",
          options: ONNXOptions(bindingInputs: bound)
        ).architecture)
      roundingCount = count + network.architecture.nodes.filter(\.isInput).reduce(0) { $0 + $1.width }
    }

    private static func number(_ value: Double) -> Onnx_TensorProto {
      var tensor = Onnx_TensorProto()
      (tensor.dataType, tensor.doubleData) = (11, [value])
      return tensor
    }

    /// A matrix can stand on either side; a larger tensor sums over all of its dimensions but the first.
    private static func longestSum(_ constant: Constant) -> Int {
      let dimensions = constant.shape?.dimensions ?? []
      return dimensions.count <= 2 ? dimensions.max() ?? 1 : dimensions.dropFirst().reduce(1, *)
    }

    /// `nil` for integers, which are shapes and axes.
    private static func tensor(
      _ constant: Constant, name: String, rule: (Double) -> Double
    ) -> Onnx_TensorProto? {
      guard !constant.isInteger, case .doubles(let values)? = constant.values else { return nil }
      var tensor = Onnx_TensorProto()
      tensor.name = name
      tensor.dataType = 11
      tensor.dims = (constant.shape?.dimensions ?? []).map(Int64.init)
      tensor.doubleData = values.map(rule)
      return tensor
    }
  }

  extension Float {
    fileprivate mutating func magnitude() { self = Swift.abs(self) }
  }
#endif
