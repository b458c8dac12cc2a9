import ExactArithmetic
import Foundation

extension FrameStream {
  /// Reads a JSON stream: one row per tick for every input and every target.
  ///
  /// - Throws: `NetworkError` naming the place, or the input, output or tick that is missing or of the wrong shape.
  public init(json data: Data, for architecture: Architecture, named name: String) throws(NetworkError) {
    let (inputs, targets) = try JSONText.read(data, named: name) { root throws(FileFault) in
      let stream = try JSONObject(root, "the stream", known: ["inputs", "targets"])
      func rows(_ element: JSONElement?, _ key: String, _ nodes: [Node]) throws(FileFault) -> [Name: [[Rational]]] {
        var rows: [Name: [[Rational]]] = [:]
        let known = Set(nodes.map { Name($0.name) })
        for field in try element?.members("\"\(key)\"") ?? [] {
          guard known.contains(Name(field.key)) else {
            throw FileFault(
              at: field.offset,
              "\(field.key.debugDescription) is not one of the model's \(key); they are "
                + nodes.map(\.name).joined(separator: ", "))
          }
          rows[Name(field.key)] = try field.value.rows("the rows of a stream")
        }
        return rows
      }
      return (
        try rows(stream.required("inputs"), "inputs", architecture.inputNodes),
        try rows(stream["targets"], "targets", architecture.outputNodes)
      )
    }
    try self.init(named: inputs, targets: targets, for: architecture, file: name)
  }

  /// Takes rows by the names of inputs and outputs.
  ///
  /// - Throws: `NetworkError` naming one that has no rows, or rows of the wrong shape.
  init(
    named inputs: [Name: [[Rational]]], targets: [Name: [[Rational]]], for architecture: Architecture,
    file name: String
  ) throws(NetworkError) {
    func rows(
      _ all: [Name: [[Rational]]], _ kind: String, _ nodes: [Node]
    ) throws(NetworkError) -> [[Vector<Rational>]] {
      var rows: [[Vector<Rational>]] = []
      for node in nodes {
        guard let found = all[Name(node.name)] else {
          throw NetworkError("no \(kind) for \"\(node.name)\"; give one row per tick")
        }
        rows.append(found.map { Vector($0) })
      }
      return rows
    }
    do throws(NetworkError) {
      try self.init(
        inputs: rows(inputs, "input", architecture.inputNodes),
        targets: rows(targets, "target", architecture.outputNodes), for: architecture)
    } catch {
      throw NetworkError("\(name): \(error.message)")
    }
  }

  /// The JSON form, exact numbers as strings: `init(json:for:named:)` reads an equal stream back.
  public func json(for architecture: Architecture) -> Data {
    Data((JSONValue.stream(self, of: architecture).text + "\n").utf8)
  }
}

extension JSONValue {
  /// The stream file of a stream, readable by `trace --stream`.
  public static func stream(_ stream: FrameStream, of architecture: Architecture) -> JSONValue {
    func entries(_ nodes: [Node], _ rows: [[Vector<Rational>]]) -> JSONValue {
      .object(zip(nodes, rows).map { JSONMember(key: $0.name, value: .array($1.map(JSONValue.vector))) })
    }
    return .object([
      "inputs": entries(architecture.inputNodes, stream.inputs),
      "targets": entries(architecture.outputNodes, stream.targets),
    ])
  }
}

extension Architecture {
  var inputNodes: [Node] { Array(nodes[..<inputCount]) }
  var outputNodes: [Node] { outputs.map { nodes[$0] } }
}
