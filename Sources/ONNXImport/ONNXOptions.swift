public import Foundation

/// What a reader of an ONNX file is told beside the file.
public struct ONNXOptions: Sendable {
  /// Graph inputs that are to be constants, by name.
  public var bindingInputs: [String: ONNXTensor] = [:]
  /// The tensors that are the network's outputs; empty for those that the graph states.
  public var outputs: [String] = []
  /// Sizes of symbolic dimensions by their name, or by input and axis as `x.2` where the file gives no name.
  public var dimensions: [String: Int] = [:]
  /// The folder that the model lies in, beside which its weights may lie; `nil` where there is none.
  public var folder: URL?

  public init(folder: URL? = nil) { self.folder = folder }
}
