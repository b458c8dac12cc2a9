/// Why an ONNX file cannot be used as asked.
///
/// The description names the place (node, operator, opset, tensor, as far as they are known) and what would mend it.
public struct ONNXError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what mends it, without the place.
  public let message: String
  /// The node's name, or the name of its first output where it has none.
  public let node: String?
  /// The operator as the file spells it, with its domain where that is not the standard one.
  public let operatorName: String?
  /// The version of the operator set that the model imports for this operator.
  public let opset: Int?
  /// The tensor concerned: an initializer, an input or an output.
  public let tensor: String?

  public init(
    _ message: String, node: String? = nil, operatorName: String? = nil, opset: Int? = nil, tensor: String? = nil
  ) {
    self.message = message
    self.node = node
    self.operatorName = operatorName
    self.opset = opset
    self.tensor = tensor
  }

  public var description: String {
    var place: [String] = []
    if let node { place.append("node \"\(node)\"") }
    if let operatorName { place.append("operator \(operatorName)") }
    if let opset { place.append("opset \(opset)") }
    if let tensor { place.append("tensor \"\(tensor)\"") }
    return place.isEmpty ? message : "\(place.joined(separator: ", ")): \(message)"
  }
}
