import ExactArithmetic
import Foundation

/// The JSON form of a stream: one row per tick for every input and every target.
struct StreamFile: Codable {
  var inputs: [String: [[ExactNumber]]]
  var targets: [String: [[ExactNumber]]]?
}

extension FrameStream {
  /// Reads a JSON stream.
  ///
  /// - Throws: `NetworkError` naming the input, output or tick that is missing or of the wrong shape.
  public init(json data: Data, for architecture: Architecture, named name: String) throws(NetworkError) {
    let file = try JSONFile.decode(StreamFile.self, from: data, named: name)
    try self.init(
      named: file.inputs.mapValues { $0.map { $0.map(\.value) } },
      targets: (file.targets ?? [:]).mapValues { $0.map { $0.map(\.value) } }, for: architecture, file: name)
  }

  /// Takes rows by the names of inputs and outputs.
  public init(
    named inputs: [String: [[Rational]]], targets: [String: [[Rational]]], for architecture: Architecture,
    file name: String
  ) throws(NetworkError) {
    func rows(_ all: [String: [[Rational]]], _ kind: String, _ nodes: [Node]) throws(NetworkError) -> [[Vector<
      Rational
    >]] {
      var rows: [[Vector<Rational>]] = []
      for node in nodes {
        guard let found = all[node.name] else {
          throw NetworkError("\(name): no \(kind) for \"\(node.name)\"; give one row per tick")
        }
        rows.append(found.map { Vector($0) })
      }
      let known = Set(nodes.map(\.name))
      if let unknown = all.keys.sorted().first(where: { !known.contains($0) }) {
        throw NetworkError("\(name): \(kind) \"\(unknown)\" is not \(kind == "input" ? "an input" : "an output") here")
      }
      return rows
    }
    let inputRows = try rows(inputs, "input", Array(architecture.nodes[..<architecture.inputCount]))
    let targetRows = try rows(targets, "target", architecture.outputs.map { architecture.nodes[$0] })
    do throws(NetworkError) {
      try self.init(inputs: inputRows, targets: targetRows, for: architecture)
    } catch {
      throw NetworkError("\(name): \(error.message)")
    }
  }

  /// The JSON form, exact numbers as strings, keys sorted.
  public func json(for architecture: Architecture) throws -> Data {
    func entries(_ nodes: [Node], _ rows: [[Vector<Rational>]]) -> [String: [[ExactNumber]]] {
      Dictionary(
        uniqueKeysWithValues: zip(nodes, rows).map { ($0.name, $1.map { $0.elements.map(ExactNumber.init) }) })
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      StreamFile(
        inputs: entries(Array(architecture.nodes[..<architecture.inputCount]), inputs),
        targets: entries(architecture.outputs.map { architecture.nodes[$0] }, targets)))
  }
}
