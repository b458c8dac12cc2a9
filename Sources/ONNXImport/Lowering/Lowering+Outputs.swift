import ExactArithmetic
import Networks

extension Lowering {
  /// Makes a tensor an output of the graph.
  ///
  /// A node whose activity the tensor is becomes the output, under the output's name; otherwise the output is a node of
  /// its own with the activation `identity`.
  ///
  /// - Parameter outputs: the names of all outputs: a node that is one of them already keeps its name.
  mutating func addOutput(_ tensor: AffineTensor, name: String, among outputs: [String]) throws(OperatorProblem) {
    if let node = tensor.aliasedNode, !nodes[node].isInput, !nodes[node].isOutput {
      if nodes[node].name.isSpelled(name) { return markOutput(node, name: name) }
      if !outputs.contains(where: { $0.isSpelled(nodes[node].name) }) {
        note("the output \"\(name)\" is the node \"\(nodes[node].name)\" and gives it its name")
        return markOutput(node, name: name)
      }
    }
    let drawn = try draft(tensor, activation: .identity, name: name)
    markOutput(append(drawn, shape: tensor.shape).terms[0].source, name: name)
  }

  private func weight(_ map: SourceMap, of node: DraftNode, from source: DraftNode) throws(ONNXError) -> LinearMap {
    do throws(OperatorProblem) {
      return try map.linearMap(rows: node.width, columns: source.width)
    } catch {
      throw ONNXError(error.message, tensor: node.name)
    }
  }

  /// The finished architecture, with a weight on every edge unless it was read for timing.
  consuming func architecture(name: String) throws(ONNXError) -> ONNXArchitecture {
    let sharing = WeightSharing(nodes)
    var made: [Node] = []
    var connections: [Connection] = []
    for node in nodes where !node.isInput {
      let bias = node.drive.bias.map { Vector($0) }
      made.append(Node(name: node.name, width: node.width, activation: node.activation, bias: bias))
      for term in node.drive.terms {
        let source = nodes[term.source]
        let weight = isExact ? try weight(term.map, of: node, from: source) : nil
        connections.append(
          Connection(from: source.name, to: node.name, weight: weight, shared: sharing.className(of: term.uses)))
      }
    }
    do throws(NetworkError) {
      let architecture = try Architecture(
        name: name, inputs: nodes.filter(\.isInput).map { (name: $0.name, width: $0.width) }, nodes: made,
        connections: connections, outputs: nodes.filter(\.isOutput).map(\.name))
      let folded = sharing.folded(in: architecture)
      let doubts = folded.map { parameter in
        let edges = parameter.edges.map { architecture.edges[$0].name }.joined(separator: ", ")
        return
          "the initializer \"\(parameter.name)\" is one parameter in the weights of \(edges), but not their weight "
          + "itself (\(parameter.reason)): whether its update is exact is not decided"
      }
      return ONNXArchitecture(architecture: architecture, notes: notes + doubts, foldedParameters: folded)
    } catch {
      throw ONNXError(error.message)
    }
  }
}
