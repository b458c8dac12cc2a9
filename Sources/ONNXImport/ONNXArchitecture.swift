import Networks

/// What an ONNX file was read as, and what the reader has to say about it.
public struct ONNXArchitecture: Sendable, Hashable {
  /// Inputs and nodes under the names of their ONNX tensors. Edges whose weight is one and the same initializer, read
  /// alike, are `shared` under its name.
  public let architecture: Architecture
  /// One sentence each, in the order of the graph: operators that only timing understands, numbers that were rounded,
  /// outputs that are other names of a node, what was left out.
  public let notes: [String]
  /// Initializers that several operators read, but that are not the weights of their edges themselves: whether their
  /// update, which is made of those edges' updates, is exact is not decided.
  public let foldedParameters: [FoldedParameter]
}

/// One parameter that is folded into the weights of edges: transposed, scaled, or read in different ways.
public struct FoldedParameter: Sendable, Hashable {
  /// The initializer's name.
  public let name: String
  /// Edge indices, ascending.
  public let edges: [Int]
  /// Why it is not a weight that the edges share.
  public let reason: String
}
