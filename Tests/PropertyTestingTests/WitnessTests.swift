import ExactArithmetic
import Foundation
import Networks
import PropertyTesting
import Testing
import Waves

/// The engine on what it is made for: a false claim about waves, and the smallest network and stream against it.
@Suite struct WitnessTests {
  struct Case: Sendable {
    let network: Network
    let stream: FrameStream
  }

  private let last = 5

  private let networks = Generator<Network>.network(
    .directedAcyclic(nodes: 1...4), width: 1...2, activations: .activation([.affine, .polynomial]))

  private func cases(_ motion: Generator<Motion>) -> Generator<Case> {
    Generator { [networks, last] (source) throws(DiscardedCase) in
      let network = try source.draw(networks)
      let motion = try source.draw(motion)
      return Case(network: network, stream: try source.draw(.stream(for: network, motion, ticks: last + 1)))
    }
  }

  /// The update of every edge is the gradient of the present frame.
  private func updatesAreGradientsOfNow(_ entry: Case) throws {
    let machine = TickMachine(
      entry.network, try .diffusion(entry.network.architecture), frames: Frames<Rational>(entry.stream, in: .init()),
      in: ExactContext())
    for (index, edge) in entry.network.architecture.edges.enumerated() {
      let update = try machine.update(index, at: last)
      try demandEqual(update, try machine.staticPass(at: last).gradient(of: edge), edge.name)
    }
  }

  @Test func aFalseClaimYieldsItsSmallestWitness() throws {
    let found = (UInt64(0)..<4).map { seed in
      checkProperty("now", cases(.motion(ticks: last + 1)), seed: seed, cases: 100, updatesAreGradientsOfNow)
        .counterexample?.description.components(separatedBy: " (PropertyTestingTests").first
    }
    #expect(
      Set(found) == [
        """
        Case(
          network: Network(
            Architecture(
              name: "generated",
              inputs: [(name: "u", width: 1)],
              nodes: [Node(name: "h1", width: 1, activation: .identity), Node(name: "y", width: 1, activation: .identity)],
              connections: [
                Connection(from: "u", to: "h1", weight: LinearMap(Matrix(rows: 1, columns: 1, elements: [1]))),
                Connection(from: "h1", to: "y", weight: LinearMap(Matrix(rows: 1, columns: 1, elements: [1])))
              ],
              outputs: ["y"]
            )
          ),
          stream: FrameStream(
            inputs: [[Vector([1]), Vector([1]), Vector([1]), Vector([1]), Vector([1]), Vector([3])]],
            targets: [[Vector([2]), Vector([2]), Vector([2]), Vector([2]), Vector([2]), Vector([4])]],
            for: architecture
          )
        )
        fails: h1->y: Matrix(rows: 1, columns: 1, elements: [-1]) and Matrix(rows: 1, columns: 1, elements: [-3])
        """
      ])
  }

  @Test func aTrueClaimIsNotRefuted() throws {
    let counts = try requireProperty(
      "constant inputs", cases(.just(.constant)), cases: 60, updatesAreGradientsOfNow)
    #expect(counts.distinctCases == 60)
    #expect(counts.discardedCases == 0)
  }
}
