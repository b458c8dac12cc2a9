import ArgumentParser
import Foundation
import WaveProof

/// A model given by a path or `-`, JSON or ONNX.
struct ModelArgument: ParsableArguments {
  @Argument(help: "A model file, *.json or *.onnx; - reads stdin.")
  var model: String

  @Option(
    name: .customLong("output"),
    help: "Of an ONNX model: take this tensor as an output, in place of those that the file states; repeatable.")
  var outputs: [String] = []

  @Option(
    name: .customLong("dim"),
    help: "Of an ONNX model: the size of a symbolic dimension, as H=28; repeatable. The batch is 1 without it.")
  var dimensions: [String] = []

  mutating func validate() throws {
    for dimension in dimensions where Self.size(dimension) == nil {
      throw ValidationError("--dim \(dimension): a name, = and a size of at least 1 are expected, such as H=28")
    }
    guard Set(dimensions.compactMap { Self.size($0).map { Name($0.name) } }).count == dimensions.count else {
      throw ValidationError("--dim gives one dimension two sizes")
    }
  }

  /// The name may hold = itself.
  private static func size(_ text: String) -> (name: String, size: Int)? {
    guard let place = text.lastIndex(of: "="), place > text.startIndex,
      let size = Int(text[text.index(after: place)...]), size >= 1
    else { return nil }
    return (String(text[..<place]), size)
  }

  /// What was read: the architecture and what the reader has to say about it.
  struct Loaded {
    let architecture: Architecture
    let notes: [String]
    /// Parameters that several edges are made of, without being their weight.
    var folded: [FoldedParameter] = []
  }

  /// - Parameter needsWeights: timing alone does without, so that operators without values do not matter.
  func load(needsWeights: Bool) throws -> Loaded {
    try Self.parse(InputFile.read(model), model, needsWeights: needsWeights, options: options)
  }

  private var options: ONNXOptions {
    var options = ONNXOptions()
    options.outputs = outputs
    for dimension in dimensions.compactMap(Self.size) { options.dimensions[dimension.name] = dimension.size }
    return options
  }

  /// With weights where they can be had, without otherwise.
  func loadPreferringWeights() throws -> Loaded {
    let data = try InputFile.read(model)
    return try (try? Self.parse(data, model, needsWeights: true, options: options))
      ?? Self.parse(data, model, needsWeights: false, options: options)
  }

  static func load(_ model: String, needsWeights: Bool) throws -> Loaded {
    try parse(InputFile.read(model), model, needsWeights: needsWeights, options: ONNXOptions())
  }

  private static func parse(_ data: Data, _ model: String, needsWeights: Bool, options: ONNXOptions) throws -> Loaded {
    let name = model == "-" ? "stdin" : URL(fileURLWithPath: model).deletingPathExtension().lastPathComponent
    guard isONNX(data, model) else {
      guard options.outputs.isEmpty, options.dimensions.isEmpty else {
        throw ValidationError("--output and --dim are for ONNX models; a JSON model states its outputs and widths")
      }
      return Loaded(architecture: try Architecture(json: data, fallbackName: name), notes: [])
    }
    var options = options
    if model != "-" { options.folder = URL(fileURLWithPath: model).deletingLastPathComponent() }
    let read: ONNXArchitecture
    do {
      read =
        needsWeights
        ? try ONNXModel.annotatedNetwork(contentsOf: data, name: name, options: options)
        : try ONNXModel.architecture(contentsOf: data, name: name, options: options)
    } catch {
      throw NetworkError("\(name): \(error)")
    }
    return Loaded(architecture: read.architecture, notes: read.notes, folded: read.foldedParameters)
  }

  private static func isONNX(_ data: Data, _ model: String) -> Bool {
    if model.hasSuffix(".onnx") { return true }
    if model.hasSuffix(".json") { return false }
    return data.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } != UInt8(ascii: "{")
  }
}
