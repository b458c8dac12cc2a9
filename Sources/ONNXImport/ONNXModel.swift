public import Foundation
import Networks

/// Reads ONNX files: chains and DAGs of affine operators and elementwise activations.
///
/// A node of the result arises at each nonlinear activation and at each graph output, and nowhere else; a run of affine
/// operators between two of them is folded, exactly, into one edge weight and the bias of its target. Parallel affine
/// paths add up. Inputs and nodes carry the names of their ONNX tensors; an output that only renames or reshapes an
/// activation gives that node its name.
///
/// A tensor is one vector, row-major. A symbolic first dimension is the batch, and 1; another needs a size. Floats are the
/// dyadic numbers they denote. Elementwise operators on constants alone are folded type by type, as ONNX defines them:
/// integers wrap, a short float (float16, bfloat16) is the exact result rounded once, float and double are exact, as all
/// else is. What is irrational is rounded once: the root of a constant to its type, the factor scale/√(variance + ε) of a
/// batch normalization to the nearest double; a note says so.
///
/// Without the package trait `ONNX` every function here throws.
public enum ONNXModel {
  /// The graph for timing alone: no weights are built, whatever the size of the images.
  ///
  /// An operator without a place in the list of supported ones becomes a node of its own with the activation
  /// `opaque(operator)`, and a note says so.
  ///
  /// - Throws: `ONNXError` for a file that is damaged or contradicts itself.
  /// - Complexity: linear in the file and in the edges of the result.
  public static func architecture(
    contentsOf data: Data, name: String, options: ONNXOptions = ONNXOptions()
  ) throws(ONNXError) -> ONNXArchitecture {
    try read(data, name: name, purpose: .timing, options)
  }

  /// The network with exact weights.
  ///
  /// - Throws: `ONNXError`, also for an operator that is neither affine nor a known activation: the error names the node,
  ///   its operator and the model's opset.
  public static func network(contentsOf data: Data, name: String) throws(ONNXError) -> Architecture {
    try annotatedNetwork(contentsOf: data, name: name).architecture
  }

  /// The network with exact weights, and the notes of its reading.
  ///
  /// - Throws: `ONNXError`, as `network(contentsOf:name:)`.
  public static func annotatedNetwork(
    contentsOf data: Data, name: String, options: ONNXOptions = ONNXOptions()
  ) throws(ONNXError) -> ONNXArchitecture {
    try read(data, name: name, purpose: .values, options)
  }

  #if ONNX
    private static func read(
      _ data: Data, name: String, purpose: Purpose, _ options: ONNXOptions
    ) throws(ONNXError) -> ONNXArchitecture {
      let model = try ModelFile(contentsOf: data)
      let plan = try GraphPlan(model, options: options)
      return try GraphReader(plan, purpose: purpose).read(name: name)
    }
  #else
    private static func read(
      _ data: Data, name: String, purpose: Purpose, _ options: ONNXOptions
    ) throws(ONNXError) -> ONNXArchitecture {
      throw .builtWithoutSupport
    }
  #endif
}

extension ONNXError {
  static let builtWithoutSupport = ONNXError(
    "this program was built without ONNX support; build with the package trait ONNX, or convert the model to "
      + "the JSON format")
}
