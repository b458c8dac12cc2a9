/// What a tensor of the graph is, while the graph is read.
enum Value: Sendable {
  case constant(Constant)
  case affine(AffineTensor)

  var isConstant: Bool {
    if case .constant = self { true } else { false }
  }

  var shape: Shape? {
    switch self {
    case .constant(let constant): constant.shape
    case .affine(let tensor): tensor.shape
    }
  }

  func knownShape() throws(OperatorProblem) -> Shape {
    switch self {
    case .constant(let constant): try constant.knownShape()
    case .affine(let tensor): try tensor.knownShape()
    }
  }

  /// As an affine tensor: a constant is one without sources, whose values are its bias.
  func affine(for purpose: Purpose) throws(OperatorProblem) -> AffineTensor {
    switch self {
    case .affine(let tensor): tensor
    case .constant(let constant):
      AffineTensor(
        shape: constant.shape, terms: [], bias: purpose == .values ? try constant.rationals() : nil, isShifted: true)
    }
  }

  /// The other way: a tensor without sources is a constant.
  init(_ tensor: AffineTensor, name: String) {
    if tensor.terms.isEmpty {
      let values = tensor.bias.map { TensorValues.rationals($0) }
      self = .constant(Constant(name: name, shape: tensor.shape, type: .float, values: values))
    } else {
      self = .affine(tensor)
    }
  }
}
