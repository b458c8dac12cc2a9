#if ONNX
  import Foundation
  import Networks
  import Testing

  @testable import ONNXImport

  /// Damaged files: whatever is done to a model's bytes or fields, reading ends, with a model or an error that names a
  /// place.
  ///
  /// The seed is fixed, so that the suite is; `WAVEPROOF_SEED` explores anew and `WAVEPROOF_FUZZ_SECONDS` for longer, and
  /// files named by `WAVEPROOF_FUZZ_LAST` keep the models that were read last.
  @Suite("Damaged models")
  struct DamageTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["WAVEPROOF_SEED"].flatMap { UInt64($0) } ?? 10

    /// Hand-made models of every operator, a chain, and the smallest trained network of the examples.
    private static func models() throws -> [Data] {
      let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Examples")
      let files = try FileManager.default.contentsOfDirectory(atPath: examples.path).filter { $0.hasSuffix(".onnx") }
        .sorted().map { try Data(contentsOf: examples.appendingPathComponent($0)) }.filter { $0.count < 10_000 }
      return try (HandMade.affine + HandMade.units).map { try $0.maker.data } + [ModelMaker.smallChain().data] + files
    }

    @Test("Bytes flipped, cut, inserted, moved and repeated")
    func bytes() throws {
      try explore("bytes") { data, draw in
        var bytes = [UInt8](data)
        for _ in 0...draw.below(3) { draw.damage(&bytes) }
        return Data(bytes)
      }
    }

    @Test("Fields with extreme numbers, swapped operators, tensors and types")
    func fields() throws {
      try explore("fields") { data, draw in
        guard var model = try? Onnx_ModelProto(serializedBytes: data) else { return data }
        for _ in 0...draw.below(3) { draw.damage(&model) }
        return try model.serializedData()
      }
    }

    /// Reads damaged models for both purposes; counts what became of them.
    private func explore(_ kind: String, _ damage: (Data, inout DamageDraw) throws -> Data) throws {
      let models = try Self.models()
      var draw = DamageDraw(seed: Self.seed)
      let seconds = Self.environment["WAVEPROOF_FUZZ_SECONDS"].flatMap { Double($0) }
      let end = seconds.map { Date().addingTimeInterval($0) }
      let last = Self.environment["WAVEPROOF_FUZZ_LAST"].map { URL(fileURLWithPath: "\($0)-\(kind).onnx") }
      var (read, refused, count) = (0, 0, 0)
      while end.map({ Date() < $0 }) ?? (count < 600) {
        count += 1
        let data = try damage(models[draw.below(models.count)], &draw)
        // A crash takes the process with it: the file that it happened on stays.
        if let last { try data.write(to: last) }
        for isExact in [true, false] {
          do {
            let model =
              isExact
              ? try ONNXModel.annotatedNetwork(contentsOf: data, name: "damaged")
              : try ONNXModel.architecture(contentsOf: data, name: "damaged")
            read += 1
            #expect(model.architecture.nodes.allSatisfy { $0.width >= 1 })
          } catch {
            refused += 1
            #expect(!error.message.isEmpty)
          }
        }
      }
      #expect(read > count / 50 && refused > count / 10, "\(read) read and \(refused) refused of \(count)")
    }
  }
#endif
