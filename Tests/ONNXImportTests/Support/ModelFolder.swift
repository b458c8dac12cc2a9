import Foundation

/// Models made by others, beside the package: never part of it. `WAVEPROOF_MODELS` names another place.
enum ModelFolder {
  static let url: URL = {
    if let path = ProcessInfo.processInfo.environment["WAVEPROOF_MODELS"] { return URL(fileURLWithPath: path) }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared/models")
  }()

  static var isPresent: Bool { FileManager.default.fileExists(atPath: url.appendingPathComponent("README.md").path) }

  /// The names of the models, without extension.
  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return files.filter { $0.hasSuffix(".onnx") }.map { String($0.dropLast(5)) }.sorted()
  }

  static func model(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent("\(name).onnx")) }

  static func samples(_ name: String) throws -> [ModelSample] {
    let file = url.appendingPathComponent("samples/\(name).json")
    struct File: Decodable { let samples: [ModelSample] }
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).samples
  }
}

/// One evaluation that another program made: in 32-bit floats, and in 64-bit floats on the same weights.
struct ModelSample: Decodable {
  struct Input: Decodable {
    let name: String
    let data: [Double]
  }
  struct Output: Decodable {
    let name: String
    let data: [Double]
    let doubles: [Double]

    enum CodingKeys: String, CodingKey {
      case name, data
      case doubles = "data_f64"
    }
  }
  let inputs: [Input]
  let outputs: [Output]
}
