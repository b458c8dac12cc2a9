import ArgumentParser
import Foundation
import WaveProof

/// A model given by a path or `-`, JSON or ONNX.
struct ModelArgument: ParsableArguments {
  @Argument(help: "A model file, *.json or *.onnx; - reads stdin.")
  var model: String

  /// What was read: the architecture and what the reader has to say about it.
  struct Loaded {
    let architecture: Architecture
    let notes: [String]
  }

  /// - Parameter needsWeights: timing alone does without, so that operators without values do not matter.
  func load(needsWeights: Bool) throws -> Loaded { try Self.load(model, needsWeights: needsWeights) }

  /// With weights where they can be had, without otherwise.
  func loadPreferringWeights() throws -> Loaded {
    let data = try InputFile.read(model)
    return try (try? Self.parse(data, model, needsWeights: true)) ?? Self.parse(data, model, needsWeights: false)
  }

  static func load(_ model: String, needsWeights: Bool) throws -> Loaded {
    try parse(InputFile.read(model), model, needsWeights: needsWeights)
  }

  private static func parse(_ data: Data, _ model: String, needsWeights: Bool) throws -> Loaded {
    let name = model == "-" ? "stdin" : URL(fileURLWithPath: model).deletingPathExtension().lastPathComponent
    guard isONNX(data, model) else {
      return Loaded(architecture: try Architecture(json: data, fallbackName: name), notes: [])
    }
    let read =
      needsWeights
      ? try ONNXModel.annotatedNetwork(contentsOf: data, name: name)
      : try ONNXModel.architecture(contentsOf: data, name: name)
    return Loaded(architecture: read.architecture, notes: read.notes)
  }

  private static func isONNX(_ data: Data, _ model: String) -> Bool {
    if model.hasSuffix(".onnx") { return true }
    if model.hasSuffix(".json") { return false }
    return data.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } != UInt8(ascii: "{")
  }
}
