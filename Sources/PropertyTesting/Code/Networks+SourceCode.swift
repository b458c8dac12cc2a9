import ExactArithmetic
import Networks

extension Node: SourceCodeConvertible {
  /// The call that makes the node.
  public var sourceCode: SourceCode {
    let bias = bias.map { [(label: Optional("bias"), value: $0.sourceCode)] } ?? []
    let start = [
      (label: Optional("name"), value: PropertyTesting.sourceCode(of: name)), ("width", .text("\(width)")),
    ]
    if isInput { return .call("Node.input", start) }
    return .call("Node", start + [("activation", PropertyTesting.sourceCode(of: activation))] + bias)
  }
}

extension Architecture: SourceCodeConvertible {
  /// The call that makes the architecture: delays of one tick and absent weights are left out.
  public var sourceCode: SourceCode {
    let inputs = nodes[..<inputCount].map { node in
      SourceCode.call("", [("name", PropertyTesting.sourceCode(of: node.name)), ("width", .text("\(node.width)"))])
    }
    return .call(
      "Architecture",
      [
        ("name", PropertyTesting.sourceCode(of: name)),
        ("inputs", .array(inputs)),
        ("nodes", .array(nodes[inputCount...].map(\.sourceCode))),
        ("connections", .array(edges.map(connection))),
        ("outputs", PropertyTesting.sourceCode(of: outputs.map { nodes[$0].name })),
      ])
  }

  private func connection(_ edge: Edge) -> SourceCode {
    var arguments: [(label: String?, value: SourceCode)] = [
      ("from", PropertyTesting.sourceCode(of: nodes[edge.source].name)),
      ("to", PropertyTesting.sourceCode(of: nodes[edge.target].name)),
    ]
    if let weight = edge.weight { arguments.append(("weight", weight.sourceCode)) }
    if edge.delay != 1 { arguments.append(("delay", .text("\(edge.delay)"))) }
    if edge.backwardDelay != 1 { arguments.append(("backwardDelay", .text("\(edge.backwardDelay)"))) }
    if let shared = edge.shared { arguments.append(("shared", PropertyTesting.sourceCode(of: shared))) }
    return .call("Connection", arguments)
  }
}

extension Network: SourceCodeConvertible {
  /// The call that makes the network from its architecture.
  public var sourceCode: SourceCode { .call("Network", [(nil, architecture.sourceCode)]) }
}

extension FrameStream: SourceCodeConvertible {
  /// The call that makes the stream for a constant named `architecture`.
  public var sourceCode: SourceCode {
    .call(
      "FrameStream",
      [
        ("inputs", PropertyTesting.sourceCode(of: inputs)), ("targets", PropertyTesting.sourceCode(of: targets)),
        ("for", .text("architecture")),
      ])
  }
}
