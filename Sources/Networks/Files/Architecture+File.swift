import ExactArithmetic
import Foundation

extension Architecture {
  /// Reads a model file, format `waveproof-network` version 1, graph or `layers` shorthand.
  ///
  /// - Parameter fallbackName: the model's name where the file states none.
  /// - Throws: `NetworkError` naming the place in the file (line, column, or node and edge) and the fix.
  public init(json data: Data, fallbackName: String) throws(NetworkError) {
    let parts = try JSONText.read(data, named: fallbackName) { root throws(FileFault) in
      try ModelParts(root, fallbackName: fallbackName)
    }
    do throws(NetworkError) {
      try self.init(
        name: parts.name, inputs: parts.inputs, nodes: parts.nodes, connections: parts.connections,
        outputs: parts.outputs)
    } catch {
      throw NetworkError("\(fallbackName): \(error.message)")
    }
  }
}

/// What a model file states, each key known and each value of its kind.
private struct ModelParts {
  var name = ""
  var inputs: [(name: String, width: Int)] = []
  var nodes: [Node] = []
  var connections: [Connection] = []
  var outputs: [String] = []

  private static let header = ["format", "version", "name", "loss"]
  private static let graph = ["inputs", "nodes", "edges", "outputs"]
  private static let chain = ["layers", "weights", "biases", "activation", "activations"]

  init(_ root: JSONElement, fallbackName: String) throws(FileFault) {
    let isChain = try root.members("a model").contains { $0.key == "layers" }
    let model = try JSONObject(
      root, "the model", known: Self.header + (isChain ? Self.chain : Self.graph), planned: ["feedback"],
      elsewhere: isChain ? Self.graph : Self.chain)
    if let format = try model.string("format"), format != "waveproof-network" {
      throw root.fault("the format is \(format.debugDescription), not \"waveproof-network\"")
    }
    if let version = try model.integer("version"), version != 1 {
      throw root.fault("version \(version) is unknown; this reader knows version 1")
    }
    if let loss = try model.string("loss"), Loss(rawValue: loss) == nil {
      throw root.fault("unknown loss \(loss.debugDescription); known is quadratic, ½‖x_L − y‖²")
    }
    name = try model.string("name") ?? fallbackName
    if isChain { try readChain(model) } else { try readGraph(model, root) }
  }

  private mutating func readGraph(_ model: JSONObject, _ root: JSONElement) throws(FileFault) {
    guard let inputs = try model["inputs"]?.array("\"inputs\""), !inputs.isEmpty else {
      throw root.fault("the model has no \"inputs\"; list at least one, or give \"layers\"")
    }
    guard let nodes = try model["nodes"]?.array("\"nodes\""), let edges = try model["edges"]?.array("\"edges\""),
      let outputs = try model["outputs"]?.array("\"outputs\"")
    else { throw root.fault("a model needs \"nodes\", \"edges\" and \"outputs\", or \"layers\" for a chain") }
    for element in inputs {
      let input = try JSONObject(element, "an input", known: ["name", "width"])
      self.inputs.append(
        (
          try input.required("name").string("\"name\""),
          try input.required("width").integer("\"width\"")
        ))
    }
    for element in nodes { try readNode(element) }
    for element in edges { try readEdge(element) }
    for element in outputs { self.outputs.append(try element.string("an output")) }
  }

  private mutating func readNode(_ element: JSONElement) throws(FileFault) {
    let node = try JSONObject(element, "a node", known: ["name", "width", "activation", "bias"])
    let name = try node.required("name").string("\"name\"")
    guard let activation = node["activation"] else {
      throw element.fault("node \(name.debugDescription) states no activation; say \"identity\" where none is meant")
    }
    nodes.append(
      Node(
        name: name, width: try node.required("width").integer("\"width\""),
        activation: try Activation(activation), bias: try node["bias"].map(Self.bias)))
  }

  private mutating func readEdge(_ element: JSONElement) throws(FileFault) {
    let edge = try JSONObject(
      element, "an edge", known: ["from", "to", "weight", "delay", "backwardDelay", "shared"], planned: ["feedback"])
    connections.append(
      Connection(
        from: try edge.required("from").string("\"from\""), to: try edge.required("to").string("\"to\""),
        weight: try edge["weight"].map(Self.map), delay: try edge.integer("delay", in: 1...1_000_000) ?? 1,
        backwardDelay: try edge.integer("backwardDelay", in: 1...1_000_000) ?? 1, shared: try edge.string("shared")))
  }

  private mutating func readChain(_ model: JSONObject) throws(FileFault) {
    let layers = try model.required("layers")
    var widths: [Int] = []
    for width in try layers.array("\"layers\"") { widths.append(try width.integer("a width")) }
    guard widths.count >= 2 else { throw layers.fault("\"layers\" needs at least an input width and an output width") }
    let depth = widths.count - 1
    func perLayer(_ key: String) throws(FileFault) -> [JSONElement]? {
      guard let list = model[key] else { return nil }
      let values = try list.array("\"\(key)\"")
      guard values.count == depth else {
        throw list.fault(
          "\"\(key)\" has \(values.count) entries; \"layers\" makes a chain of \(depth) layers of weights")
      }
      return values
    }
    let (weights, biases) = (try perLayer("weights"), try perLayer("biases"))
    let activations = try perLayer("activations")
    if activations != nil, let one = model["activation"] {
      throw one.fault("give \"activation\" for all layers or \"activations\" for each, not both")
    }
    let common = try model["activation"].map(Self.activation) ?? .identity
    for layer in 1...depth {
      nodes.append(
        Node(
          name: "layer\(layer)", width: widths[layer],
          activation: try activations.map { $0[layer - 1] }.map(Self.activation) ?? common,
          bias: try biases.map { $0[layer - 1] }.map(Self.bias)))
      connections.append(
        Connection(
          from: "layer\(layer - 1)", to: "layer\(layer)", weight: try weights.map { $0[layer - 1] }.map(Self.map)))
    }
    inputs = [("layer0", widths[0])]
    outputs = ["layer\(depth)"]
  }

  private static func activation(_ element: JSONElement) throws(FileFault) -> Activation { try Activation(element) }

  private static func bias(_ element: JSONElement) throws(FileFault) -> Vector<Rational> {
    Vector(try element.rationals("a bias"))
  }

  /// A weight, n_to × n_from.
  private static func map(_ element: JSONElement) throws(FileFault) -> LinearMap {
    let rows = try element.rows("a weight")
    guard let columns = rows.first?.count, columns > 0 else { throw element.fault("the weight is empty") }
    for (index, row) in rows.enumerated() where row.count != columns {
      throw element.fault("row \(index) of the weight has \(row.count) numbers, row 0 has \(columns)")
    }
    return LinearMap(Matrix(rows: rows.count, columns: columns, elements: rows.flatMap { $0 }))
  }
}

extension Architecture {
  /// The model file of this architecture: `init(json:fallbackName:)` reads an equal one back.
  ///
  /// An activation that only timing understands is written by its name, and not read back.
  public func json() -> Data { Data((JSONValue.model(self).text + "\n").utf8) }
}

extension JSONValue {
  public static func vector(_ vector: Vector<Rational>) -> JSONValue {
    .array(vector.elements.map { .string($0.description) })
  }

  /// The model file of an architecture, with the weights that it has.
  public static func model(_ architecture: Architecture) -> JSONValue {
    .object([
      "format": .string("waveproof-network"), "version": .integer(1), "name": .string(architecture.name),
      "inputs": .array(
        architecture.nodes[..<architecture.inputCount].map {
          .object(["name": .string($0.name), "width": .integer($0.width)])
        }),
      "nodes": .array(architecture.nodes[architecture.inputCount...].map(node)),
      "edges": .array(architecture.edges.map { edge($0, of: architecture) }),
      "outputs": .array(architecture.outputs.map { .string(architecture.nodes[$0].name) }),
      "loss": .string(architecture.loss.rawValue),
    ])
  }

  private static func node(_ node: Node) -> JSONValue {
    var members = [
      JSONMember(key: "name", value: .string(node.name)), JSONMember(key: "width", value: .integer(node.width)),
      JSONMember(key: "activation", value: node.activation.json),
    ]
    if let bias = node.bias { members.append(JSONMember(key: "bias", value: vector(bias))) }
    return .object(members)
  }

  private static func edge(_ edge: Edge, of architecture: Architecture) -> JSONValue {
    var members = [
      JSONMember(key: "from", value: .string(architecture.nodes[edge.source].name)),
      JSONMember(key: "to", value: .string(architecture.nodes[edge.target].name)),
    ]
    if let weight = edge.weight {
      let rows = weight.matrix.rowVectors.map(vector)
      members.append(JSONMember(key: "weight", value: .array(rows)))
    }
    members.append(JSONMember(key: "delay", value: .integer(edge.delay)))
    members.append(JSONMember(key: "backwardDelay", value: .integer(edge.backwardDelay)))
    if let shared = edge.shared { members.append(JSONMember(key: "shared", value: .string(shared))) }
    return .object(members)
  }
}
