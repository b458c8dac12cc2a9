#if ONNX
  internal import Foundation
  internal import SwiftProtobuf

  /// Decoding, with errors that a person can act on.
  enum ProtobufFile {
    static func decode<M: SwiftProtobuf.Message>(
      _ type: M.Type, from data: Data, expecting what: String
    ) throws(ONNXError) -> M {
      guard !data.isEmpty else { throw ONNXError("the file is empty; \(what) expected") }
      do {
        return try M(serializedBytes: data)
      } catch {
        throw ONNXError("the file is damaged, cut short or not \(what) (\(error)); copy or export it again")
      }
    }
  }
#endif
