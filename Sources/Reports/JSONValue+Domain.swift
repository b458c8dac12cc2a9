import Claims
import ExactArithmetic
import Networks
import Waves

extension JSONValue {
  public static func lags(_ lags: Lags) -> JSONValue { .array(lags.values.map(JSONValue.integer)) }

  public static func optional(_ value: Int?) -> JSONValue { value.map(JSONValue.integer) ?? .null }

  public static func strings(_ values: some Sequence<String>) -> JSONValue { .array(values.map(JSONValue.string)) }

  /// `"p/q"`, or `["lo","hi"]` for an enclosure.
  public static func number(_ number: WitnessNumber) -> JSONValue {
    switch number {
    case .exact(let value): .string(value.description)
    case .enclosed(let lower, let upper): .array([.string(lower.description), .string(upper.description)])
    }
  }

  public static func matrix(_ rows: [[WitnessNumber]]) -> JSONValue {
    .array(rows.map { .array($0.map(JSONValue.number)) })
  }

  public static func vector(_ vector: Vector<Rational>) -> JSONValue {
    .array(vector.elements.map { .string($0.description) })
  }

  /// The stream file of a stream, readable by `trace --stream`.
  public static func stream(_ stream: FrameStream, of architecture: Architecture) -> JSONValue {
    func entries(_ nodes: [Node], _ rows: [[Vector<Rational>]]) -> JSONValue {
      .object(zip(nodes, rows).map { JSONMember(key: $0.name, value: .array($1.map(JSONValue.vector))) })
    }
    return .object([
      "inputs": entries(Array(architecture.nodes[..<architecture.inputCount]), stream.inputs),
      "targets": entries(architecture.outputs.map { architecture.nodes[$0] }, stream.targets),
    ])
  }

  /// The model file of an architecture with weights.
  public static func model(_ architecture: Architecture) -> JSONValue {
    .object([
      "format": .string("waveproof-network"), "version": .integer(1), "name": .string(architecture.name),
      "inputs": .array(
        architecture.nodes[..<architecture.inputCount].map {
          .object(["name": .string($0.name), "width": .integer($0.width)])
        }),
      "nodes": .array(architecture.nodes[architecture.inputCount...].map(node)),
      "edges": .array(architecture.edges.map { edge($0, of: architecture) }),
      "outputs": .strings(architecture.outputs.map { architecture.nodes[$0].name }),
      "loss": .string(architecture.loss.rawValue),
    ])
  }

  private static func node(_ node: Node) -> JSONValue {
    var members = [
      JSONMember(key: "name", value: .string(node.name)), JSONMember(key: "width", value: .integer(node.width)),
      JSONMember(key: "activation", value: activation(node.activation)),
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
      let rows = (0..<weight.rows).map { row in
        JSONValue.array((0..<weight.columns).map { .string(weight[row, $0].description) })
      }
      members.append(JSONMember(key: "weight", value: .array(rows)))
    }
    members.append(JSONMember(key: "delay", value: .integer(edge.delay)))
    members.append(JSONMember(key: "backwardDelay", value: .integer(edge.backwardDelay)))
    if let shared = edge.shared { members.append(JSONMember(key: "shared", value: .string(shared))) }
    return .object(members)
  }

  private static func activation(_ activation: Activation) -> JSONValue {
    func parameters(_ key: String, _ values: [Rational?]) -> JSONValue {
      .object([JSONMember(key: key, value: .array(values.map { $0.map { .string($0.description) } ?? .null }))])
    }
    return switch activation {
    case .polynomial(let coefficients): parameters("polynomial", coefficients)
    case .clip(let lower, let upper): parameters("clip", [lower, upper])
    case .hardSigmoid(let alpha, let beta): parameters("hard-sigmoid", [alpha, beta])
    case .leakyRelu(let slope): .object([JSONMember(key: "leaky-relu", value: .string(slope.description))])
    default: .string(activation.description)
    }
  }
}
