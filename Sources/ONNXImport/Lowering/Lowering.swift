import ExactArithmetic
import Networks

/// What the operators of a graph are lowered into: the nodes made so far, inputs first.
///
/// Its methods are the few things that operators are made of: moving elements, adding, scaling, a linear map with
/// constant weights, an activation. Each works for exact weights and for timing, where it only records dependence, and
/// for constants, which are affine tensors without sources.
struct Lowering {
  let purpose: Purpose
  private(set) var nodes: [DraftNode] = []
  private(set) var notes: [String] = []

  /// Tensors that one operator reads and the graph does not state as outputs.
  let readOnce: Set<Name>
  /// Activities that a Max or Min made.
  var extremes: Set<Name> = []
  let files: ExternalData

  init(purpose: Purpose, readOnce: Set<Name>, files: ExternalData) {
    (self.purpose, self.readOnce, self.files) = (purpose, readOnce, files)
  }

  var isExact: Bool { purpose == .values }

  mutating func note(_ text: String) {
    if notes.last != text { notes.append(text) }
  }

  /// A new node, and its activity.
  mutating func append(_ node: DraftNode, shape: Shape?) -> AffineTensor {
    nodes.append(node)
    return AffineTensor(node: nodes.count - 1, shape: shape)
  }

  /// The same node, with another σ of its drive, under another name.
  mutating func replace(_ node: Int, by activation: Activation, name: String) {
    let before = nodes[node]
    nodes[node] = DraftNode(name: name, width: before.width, activation: activation, drive: before.drive)
  }

  /// Marks a node as an output of the graph under the name of that output.
  mutating func markOutput(_ node: Int, name: String) {
    nodes[node].name = name
    nodes[node].isOutput = true
  }

  /// The elements of one vector in another shape with as many.
  func reshape(_ value: Value, to shape: Shape) throws(OperatorProblem) -> Value {
    let own = try value.knownShape()
    guard own.count == shape.count else {
      throw .malformed("\(own.count) elements of shape \(own) do not make the shape \(shape)")
    }
    switch value {
    case .constant(let constant): return .constant(constant.reshaped(shape))
    case .affine(let tensor): return .affine(tensor.reshaped(shape))
    }
  }

  /// Elements chosen from `value`: element i of the result is element `indices[i]`, or zero where that is −1.
  ///
  /// - Parameter keepsOrder: whether the result has the same elements in the same order, known without the indices.
  func move(
    _ value: Value, to shape: Shape, keepsOrder: Bool, indices: () throws(OperatorProblem) -> [Int]
  ) throws(OperatorProblem) -> Value {
    if keepsOrder { return try reshape(value, to: shape) }
    switch value {
    case .constant(var constant):
      if let values = constant.values {
        let isNeeded = TensorDecoder.readsValues(isInteger: constant.isInteger, count: shape.count, for: purpose)
        if isNeeded { try Shape.checkSize(shape.count, "the tensor") }
        constant.values = isNeeded ? values.gathered(try indices()) : nil
      }
      constant.origin = constant.origin?.folded("its elements are chosen or repeated before they are read")
      return .constant(constant.reshaped(shape))
    case .affine(let tensor):
      return .affine(try move(tensor, to: shape, indices: indices))
    }
  }

  /// As above, for what is known not to keep the order.
  func move(
    _ tensor: AffineTensor, to shape: Shape, indices: () throws(OperatorProblem) -> [Int]
  ) throws(OperatorProblem) -> AffineTensor {
    let reason = "elements are moved behind it"
    guard isExact else {
      var moved = tensor.unweighed(shape)
      moved.terms = moved.terms.map { $0.with(.unweighed, folding: reason) }
      return moved
    }
    try Shape.checkSize(shape.count, "the tensor")
    let indices = try indices()
    var result = tensor
    result.shape = shape
    result.bias = tensor.bias.map { bias in indices.map { $0 < 0 ? .zero : bias[$0] } }
    result.terms = []
    for term in tensor.terms { result.terms.append(term.with(try term.map.gathered(indices), folding: reason)) }
    return result
  }

  /// The tensor repeated to a larger shape.
  func broadcast(_ tensor: AffineTensor, to shape: Shape) throws(OperatorProblem) -> AffineTensor {
    let own = try tensor.knownShape()
    _ = try own.strides(broadcastTo: shape)
    if own.count == shape.count { return tensor.reshaped(shape) }
    return try move(tensor, to: shape) { () throws(OperatorProblem) in try own.indices(broadcastTo: shape) }
  }

  /// σ of a tensor: a new node.
  mutating func activate(
    _ value: Value, by activation: Activation, name: String
  ) throws(OperatorProblem) -> Value {
    guard !activation.isAffineIdentity else { return value }
    switch value {
    case .affine(let tensor):
      return .affine(append(try draft(tensor, activation: activation, name: name), shape: tensor.shape))
    case .constant(var constant):
      constant.name = name
      if isExact {
        guard activation.isExactlyRational else {
          throw .unsupported("the activation of a constant is not a rational number; fold constants before the export")
        }
        let numbers = try constant.rationals()
        constant.values = .rationals(numbers.enumerated().map { activation.unit($0.offset).value(at: $0.element) })
      } else {
        constant.values = nil
      }
      return .constant(constant)
    }
  }

  /// A node that is not appended yet; its width is 1, with a note, where timing does not know it.
  mutating func draft(
    _ tensor: AffineTensor, activation: Activation, name: String
  ) throws(OperatorProblem) -> DraftNode {
    if isExact, let shape = tensor.shape { try Shape.checkSize(shape.count, "the node \"\(name)\"") }
    if tensor.shape == nil {
      note("the width of \"\(name)\" is unknown and given as 1; timing does not depend on it")
    }
    guard tensor.shape?.count != 0 else { throw .malformed("the tensor \"\(name)\" has no elements") }
    return DraftNode(name: name, width: tensor.shape?.count ?? 1, activation: activation, drive: tensor)
  }
}

extension Activation {
  /// σ(a) = a: no node arises.
  fileprivate var isAffineIdentity: Bool {
    switch self {
    case .identity, .clip(lower: nil, upper: nil): true
    default: false
    }
  }
}
