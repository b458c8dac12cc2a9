import ExactArithmetic
public import Foundation

/// A constant tensor: what a file of the form `TensorProto` (`*.pb`) holds.
public struct ONNXTensor: Sendable {
  /// Empty if the file names none.
  public let name: String
  let constant: Constant

  /// - Throws: `ONNXError` if the file is not a tensor of finite numbers.
  public init(contentsOf data: Data) throws(ONNXError) {
    #if ONNX
      let tensor = try ProtobufFile.decode(Onnx_TensorProto.self, from: data, expecting: "an ONNX tensor")
      name = tensor.name
      constant = try TensorDecoder(tensor, files: ExternalData(folder: nil)).constant(readingValues: true)
    #else
      throw .builtWithoutSupport
    #endif
  }

  /// Empty for a scalar.
  public var shape: [Int] { constant.shape?.dimensions ?? [] }

  /// Row-major, exact.
  ///
  /// - Throws: `ONNXError` for a NaN or an infinity.
  public func values() throws(ONNXError) -> [Rational] {
    do throws(OperatorProblem) {
      return try constant.rationals()
    } catch {
      throw ONNXError(error.message, tensor: name)
    }
  }
}
