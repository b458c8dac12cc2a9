import Networks

/// What an ONNX file was read as, and what the reader has to say about it.
public struct ONNXArchitecture: Sendable, Hashable {
  /// Inputs and nodes under the names of their ONNX tensors.
  public let architecture: Architecture
  /// One sentence each, in the order of the graph: operators that only timing understands, numbers that were rounded,
  /// outputs that are other names of a node.
  public let notes: [String]
}
