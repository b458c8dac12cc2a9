#if !ONNX
  import Foundation
  import ONNXImport
  import Testing

  @Suite("Without the package trait ONNX")
  struct WithoutSupportTests {
    @Test("Every reading says what is missing")
    func errors() {
      for read in [ONNXModel.network, { try ONNXModel.architecture(contentsOf: $0, name: $1).architecture }] {
        #expect {
          try read(Data(), "model")
        } throws: {
          "\($0)".contains("built without ONNX support")
        }
      }
      #expect(throws: ONNXError.self) { try ONNXTensor(contentsOf: Data()) }
    }
  }
#endif
