import ExactArithmetic
import Foundation

extension Architecture {
  /// The model file of this architecture: `init(json:fallbackName:)` reads an equal one back. Keys are sorted.
  ///
  /// - Throws: what the encoder throws; an activation that only timing understands is written by its name, and not read back.
  public func json() throws -> Data {
    var file = ModelFile()
    file.format = "waveproof-network"
    file.version = 1
    file.name = name
    file.inputs = nodes[..<inputCount].map { ModelFile.Input(name: $0.name, width: $0.width) }
    file.nodes = nodes[inputCount...].map { node in
      ModelFile.NodeEntry(
        name: node.name, width: node.width, activation: ActivationEntry(node.activation),
        bias: node.bias.map { $0.elements.map(ExactNumber.init) })
    }
    file.edges = edges.map { edge in
      ModelFile.EdgeEntry(
        from: nodes[edge.source].name, to: nodes[edge.target].name,
        weight: edge.weight.map { $0.matrix.rowVectors.map { $0.elements.map(ExactNumber.init) } }, delay: edge.delay,
        backwardDelay: edge.backwardDelay)
    }
    file.outputs = outputs.map { nodes[$0].name }
    file.loss = loss.rawValue
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(file)
  }
}
