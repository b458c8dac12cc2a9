/// Why an operator was not lowered; who called it adds the node, the operator and the opset.
enum OperatorProblem: Error {
  /// The operator, or this use of it, is neither affine nor a known activation: for timing, a node of its own.
  case unsupported(String)
  /// The file contradicts itself, or is too large.
  case malformed(String)
  /// The operator is affine in all its variable inputs, but a shape before it is unknown: for timing that is enough.
  case unknownShape(String)

  var message: String {
    switch self {
    case .unsupported(let message), .malformed(let message), .unknownShape(let message): message
    }
  }
}
