#if ONNX
  import ExactArithmetic
  import Foundation

  @testable import ONNXImport

  /// The operator tests that the Python package `onnx` carries: a model of one operator, its inputs and outputs.
  enum ConformanceData {
    /// Where an installed package keeps them, or `nil` without Python or `onnx`.
    static let folder: URL? = {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        ProcessInfo.processInfo.environment["WAVEPROOF_PYTHON"] ?? "python3", "-c",
        "import onnx, os; print(onnx.__version__, os.path.join(os.path.dirname(onnx.__file__), 'backend/test/data/node'))",
      ]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return nil }
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let words = (String(bytes: data, encoding: .utf8) ?? "").split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[0].hasPrefix("1.22.") else { return nil }
      return URL(fileURLWithPath: words[1].trimmingCharacters(in: .whitespacesAndNewlines))
    }()

    private static func isFloat(_ value: Onnx_ValueInfoProto) -> Bool {
      ElementType(rawValue: Int(value.type.tensorType.elemType)).isFloat
    }

    /// The cases about real numbers in which every operator is one that is lowered: the first input and all outputs are
    /// tensors of floats.
    static func cases() throws -> [ConformanceCase] {
      guard let folder else { return [] }
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().compactMap { name in
        let url = folder.appendingPathComponent(name)
        guard let data = try? Data(contentsOf: url.appendingPathComponent("model.onnx")),
          let model = try? ModelFile(contentsOf: data),
          model.nodes.allSatisfy(OperatorTable.knows),
          model.graph.input.first.map(isFloat) ?? false, model.graph.output.allSatisfy(isFloat)
        else { return nil }
        return ConformanceCase(name: String(name.dropFirst(5)), folder: url, data: data, graph: model.graph)
      }
    }
  }

  struct ConformanceCase {
    let name: String
    let folder: URL
    let data: Data
    let graph: Onnx_GraphProto

    func tensor(_ kind: String, _ index: Int) throws -> ONNXTensor {
      try ONNXTensor(
        contentsOf: Data(contentsOf: folder.appendingPathComponent("test_data_set_0/\(kind)_\(index).pb")))
    }

    /// A tensor's numbers; `nil` for a NaN or an infinity, which casts are tested on.
    func numbers(_ kind: String, _ index: Int) throws -> [Rational?] {
      switch try tensor(kind, index).constant.values {
      case .doubles(let doubles)?: doubles.map { try? Rational(exactly: $0) }
      case let others?: others.rationals
      case nil: []
      }
    }
  }
#endif
