import ExactArithmetic
import Networks
import PropertyTesting
import Testing

@Suite struct NetworkGeneratorTests {
  @Test(arguments: [false, true])
  func noWeightHasAZeroRowOrColumn(sparse: Bool) {
    for network in samples(.network(.anyGraph(), sparse: sparse), count: 600) {
      for weight in network.weights.map(\.matrix) {
        #expect(weight.rowVectors.allSatisfy { !$0.isZero })
        #expect(weight.transpose.rowVectors.allSatisfy { !$0.isZero })
      }
      for bias in network.architecture.nodes.compactMap(\.bias) { #expect(!bias.elements.contains { $0.isZero }) }
    }
  }

  @Test func classesOfActivationsAreRespected() {
    let networks = Generator<Network>.network(
      .chain(depth: 1...4), activations: .activation(ActivationClass.nonlinear), outputActivations: .just(.identity),
      biases: nil)
    for network in samples(networks, count: 1_000) {
      for (index, node) in network.architecture.nodes.enumerated() where !node.isInput {
        #expect(node.activation.isAffine == network.architecture.isOutput(index))
        #expect(node.bias == nil)
      }
    }
  }

  @Test func residualNetworksCarryIdentities() {
    for network in samples(.network(.residual(blocks: 1...2), width: 1...3), count: 500) {
      let identities = network.weights.filter { $0.rows == $0.columns && $0 == .identity($0.rows) }
      #expect(!identities.isEmpty)
    }
  }

  @Test func outputsThatAreReadAndSharedWeights() throws {
    var (tapped, classes) = (0, 0)
    for network in samples(
      .sharing(.network(.tapped(.directedAcyclic(nodes: 2...6)), width: 1...1)), count: 400)
    {
      let architecture = network.architecture
      if architecture.outputs.contains(where: { !architecture.outgoing[$0].isEmpty }) { tapped += 1 }
      #expect(!architecture.sharedClasses.isEmpty)
      for shared in architecture.sharedClasses {
        classes += 1
        #expect(shared.edges.count > 1 && Set(shared.edges.map { network.weights[$0] }).count == 1)
        #expect(network.sourceCode.rendered().contains("shared: \"\(shared.name)\""))
      }
    }
    #expect(tapped > 200 && classes > 300, "\(tapped), \(classes)")
  }

  @Test func architecturesHaveNoWeights() {
    for architecture in samples(.architecture(.anyGraph()), count: 500) {
      #expect(architecture.edges.allSatisfy { $0.weight == nil })
    }
  }

  @Test func theSmallestNetworkWithASkip() {
    let networks = Generator<Network>.network(.directedAcyclic(nodes: 1...6, inputs: 1...2, delays: 1...3))
    let expected = """
      Network(
        Architecture(
          name: "generated",
          inputs: [(name: "u", width: 1)],
          nodes: [Node(name: "h1", width: 1, activation: .identity), Node(name: "y", width: 1, activation: .identity)],
          connections: [
            Connection(from: "u", to: "h1", weight: LinearMap(Matrix(rows: 1, columns: 1, elements: [1]))),
            Connection(from: "u", to: "y", weight: LinearMap(Matrix(rows: 1, columns: 1, elements: [1]))),
            Connection(from: "h1", to: "y", weight: LinearMap(Matrix(rows: 1, columns: 1, elements: [1])))
          ],
          outputs: ["y"]
        )
      )
      """
    let found = smallest(networks, cases: 200, seeds: 0..<5) { network in
      network.architecture.edges.contains { edge in
        !network.architecture.nodes[edge.source].isInput
          && network.architecture.incoming[edge.target].contains { index in
            network.architecture.nodes[network.architecture.edges[index].source].isInput
          }
      }
    }
    #expect(found == [expected])
  }

  @Test func theSmallestNetworkWithALargeWeightAndARelu() {
    let networks = Generator<Network>.network(.chain(depth: 1...5))
    let found = smallest(networks, cases: 500, seeds: 0..<5) { network in
      network.architecture.nodes.contains { $0.activation == .relu && $0.width == 2 }
        && network.weights.contains { $0.matrix.elements.contains { $0 >= 4 } }
    }
    // The 4 stands in the relu's own weight, or in the next one: none of the two follows from the other by deletions.
    #expect(found.count <= 2)
    #expect(found.allSatisfy { $0.contains("elements: [1, 4]") && !$0.contains("h2") })
  }

  @Test func aFailureOnANetworkReplays() throws {
    let networks = Generator<Network>.network(.anyGraph(), sparse: true)
    let body = { (network: Network) throws in
      try demand(network.architecture.edges.count < 3 || network.weights.allSatisfy { $0.rows < 2 })
    }
    for seed in UInt64(0)..<3 {
      let found = try #require(checkProperty("small", networks, seed: seed, cases: 200, body).counterexample)
      let again = checkProperty("small", networks, replay: found.replay.description, body).counterexample
      #expect(again?.description == found.description)
      #expect(again?.value == found.value)
      #expect(found.value.architecture.nodes.count <= 4)
    }
  }
}
