import ExactArithmetic
import Foundation
import Networks

public struct ONNXError: Error, Sendable, CustomStringConvertible { public let description: String }
public struct ONNXArchitecture: Sendable { public let architecture: Architecture; public let notes: [String] }
public enum ONNXModel {
  public static func architecture(contentsOf data: Data, name: String) throws(ONNXError) -> ONNXArchitecture {
    throw ONNXError(description: "no ONNX yet")
  }
  public static func network(contentsOf data: Data, name: String) throws(ONNXError) -> Architecture {
    throw ONNXError(description: "no ONNX yet")
  }
}
