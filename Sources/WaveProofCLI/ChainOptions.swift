import ArgumentParser
import Foundation
import WaveProof

/// Chains that the tool makes: every depth with every activation.
struct ChainOptions: ParsableArguments {
  @Option(
    name: [.customLong("depths"), .customLong("depth")], help: "Depths of random chains, as 3,5,7,9; needs no MODEL.")
  var depths: [String] = []

  @Option(
    name: [.customLong("activations"), .customLong("activation")],
    help: "Their activations, as tanh,logistic,relu (default: tanh).")
  var activations: [String] = []

  @Option(help: "σ of their last layer.")
  var outputActivation = "identity"

  @Option(help: "Units of their hidden layers.")
  var width = 4

  @Option(help: "Coordinates of their input.")
  var inputs = 2

  @Option(help: "Units of their last layer.")
  var outputs = 2

  @Option(help: "Write them to this folder as model files.")
  var saveModels: String?

  mutating func validate() throws {
    for (name, value) in [("--width", width), ("--inputs", inputs), ("--outputs", outputs)] {
      guard (1...10_000).contains(value) else { throw ValidationError("\(name) is from 1 to 10000") }
    }
    _ = try chains(seed: 0)
    guard !depths.isEmpty || (activations.isEmpty && saveModels == nil) else {
      throw ValidationError("--activations and --save-models are about random chains; give their --depths, too")
    }
  }

  /// Depth by depth, and by activation within a depth.
  func chains(seed: UInt64) throws -> [RandomChain] {
    let depths = try OptionNumber.list(depths).map { text in
      guard let depth = Int(text), (1...1_000).contains(depth) else {
        throw ValidationError("--depths \(text): give whole numbers from 1 to 1000, as 3,5,7,9")
      }
      return depth
    }
    let names = activations.isEmpty ? ["tanh"] : OptionNumber.list(activations)
    let kinds = try names.map { try OptionWord.activation($0, "--activations") }
    let last = try OptionWord.activation(outputActivation, "--output-activation")
    return depths.flatMap { depth in
      kinds.map { activation in
        RandomChain(
          depth: depth, inputs: inputs, width: width, outputs: outputs, activation: activation, outputActivation: last,
          seed: seed)
      }
    }
  }

  func save(_ networks: [Network]) throws {
    guard let saveModels else { return }
    do { try FileManager.default.createDirectory(atPath: saveModels, withIntermediateDirectories: true) } catch {
      throw Unwritten(saveModels)
    }
    for network in networks {
      let path = URL(fileURLWithPath: saveModels).appendingPathComponent("\(network.architecture.name).json").path
      try ResultWriter(path: path).write(JSONValue.model(network.architecture).text + "\n")
    }
  }
}
