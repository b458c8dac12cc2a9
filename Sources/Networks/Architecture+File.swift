import ExactArithmetic
import Foundation

extension Architecture {
  /// Reads a model file, format `waveproof-network` version 1, graph or `layers` shorthand.
  ///
  /// - Parameter fallbackName: the model's name where the file states none.
  /// - Throws: `NetworkError` naming the place in the file and the fix.
  public init(json data: Data, fallbackName: String) throws(NetworkError) {
    let file = try JSONFile.decode(ModelFile.self, from: data, named: fallbackName)
    if let format = file.format, format != "waveproof-network" {
      throw NetworkError("\(fallbackName): the format is \"\(format)\", not \"waveproof-network\"")
    }
    if let version = file.version, version != 1 {
      throw NetworkError("\(fallbackName): version \(version) is unknown; this reader knows version 1")
    }
    if let loss = file.loss, loss != "quadratic" {
      throw NetworkError("\(fallbackName): unknown loss \"\(loss)\"; known is quadratic, ½‖x_L − y‖²")
    }
    do throws(NetworkError) {
      if file.layers != nil {
        self = try Self.chain(file, name: file.name ?? fallbackName)
      } else {
        self = try Self.graph(file, name: file.name ?? fallbackName)
      }
    } catch {
      throw NetworkError("\(fallbackName): \(error.message)")
    }
  }

  private static func graph(_ file: ModelFile, name: String) throws(NetworkError) -> Architecture {
    guard let inputs = file.inputs, !inputs.isEmpty else {
      throw NetworkError("the model has no \"inputs\"; list at least one, or give \"layers\"")
    }
    guard let nodes = file.nodes, let edges = file.edges, let outputs = file.outputs else {
      throw NetworkError("a model needs \"nodes\", \"edges\" and \"outputs\", or \"layers\" for a chain")
    }
    var connections: [Connection] = []
    for edge in edges {
      var weight: LinearMap?
      if let rows = edge.weight { weight = try map(rows, of: "edge \(edge.from)->\(edge.to)") }
      connections.append(
        Connection(
          from: edge.from, to: edge.to, weight: weight,
          delay: edge.delay ?? 1, backwardDelay: edge.backwardDelay ?? 1, shared: edge.shared))
    }
    var made: [Node] = []
    for node in nodes {
      guard let activation = node.activation?.activation else {
        throw NetworkError("node \"\(node.name)\" states no activation; say \"identity\" where none is meant")
      }
      made.append(
        Node(
          name: node.name, width: node.width, activation: activation, bias: node.bias.map { Vector($0.map(\.value)) }))
    }
    return try Architecture(
      name: name, inputs: inputs.map { (name: $0.name, width: $0.width) }, nodes: made, connections: connections,
      outputs: outputs)
  }

  private static func chain(_ file: ModelFile, name: String) throws(NetworkError) -> Architecture {
    guard let layers = file.layers, layers.count >= 2 else {
      throw NetworkError("\"layers\" needs at least an input width and an output width")
    }
    guard file.inputs == nil, file.nodes == nil, file.edges == nil, file.outputs == nil else {
      throw NetworkError("give \"layers\" or the graph (\"inputs\", \"nodes\", \"edges\", \"outputs\"), not both")
    }
    let depth = layers.count - 1
    for (key, count) in [
      ("weights", file.weights?.count), ("biases", file.biases?.count), ("activations", file.activations?.count),
    ] where count != nil && count != depth {
      throw NetworkError("\"\(key)\" has \(count ?? 0) entries; \"layers\" makes a chain of \(depth) layers of weights")
    }
    var nodes: [Node] = []
    var connections: [Connection] = []
    for layer in 1...depth {
      let activation = file.activations?[layer - 1].activation ?? file.activation?.activation ?? .identity
      nodes.append(
        Node(
          name: "layer\(layer)", width: layers[layer], activation: activation,
          bias: file.biases.map { Vector($0[layer - 1].map(\.value)) }))
      var weight: LinearMap?
      if let weights = file.weights { weight = try map(weights[layer - 1], of: "weights[\(layer - 1)]") }
      connections.append(Connection(from: "layer\(layer - 1)", to: "layer\(layer)", weight: weight))
    }
    return try Architecture(
      name: name, inputs: [(name: "layer0", width: layers[0])], nodes: nodes, connections: connections,
      outputs: ["layer\(depth)"])
  }

  private static func map(_ rows: [[ExactNumber]], of place: String) throws(NetworkError) -> LinearMap {
    guard let columns = rows.first?.count, columns > 0 else { throw NetworkError("\(place): the weight is empty") }
    for (index, row) in rows.enumerated() where row.count != columns {
      throw NetworkError("\(place): row \(index) of the weight has \(row.count) numbers, row 0 has \(columns)")
    }
    return LinearMap(Matrix(rows: rows.count, columns: columns, elements: rows.flatMap { $0.map(\.value) }))
  }
}
