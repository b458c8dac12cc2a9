import ExactArithmetic
import Foundation
import Networks
import PropertyTesting
import Testing

@Suite struct NetworkBuilderTests {
  /// Builder → JSON → architecture, with everything that a file can say.
  @Test func jsonHoldsTheSameModel() throws {
    var net = NetworkBuilder("everything")
    let u = net.input("u", width: 2)
    let z = net.input("z")
    let h = net.layer(
      "h", width: 3, .polynomial([0, 1, Rational(-7, over: 3)]), bias: [0, Rational(1, over: 2), -1],
      reading: u.weighted([[1, 2], [3, 4], [5, 6]]), u.weighted([[1, 0], [0, 1], [0, 0]]).delayed(3, backward: 2))
    let c = net.concatenation("c", .clip(lower: nil, upper: 2), of: h, z)
    let s = net.sum("s", .leakyRelu(Rational(1, over: 7)), of: c, c.delayed(2))
    let free = net.layer("free", width: 2, .hardSigmoid(alpha: 1, beta: 0), reading: s)
    net.connect(s.weighted([[0, 0, 0, 1]]), to: net.layer("y", .tanh))
    let made = try net.architecture(outputs: free)
    let read = try Architecture(json: made.json(), fallbackName: "other")
    #expect(read == made)
    #expect(read.edges.map(\.name) == ["u->h", "u->h#2", "h->c", "z->c", "c->s", "c->s#2", "s->free", "s->y"])
    #expect(read.edges[2].weight?[2, 2] == 1)
    #expect(read.edges[3].weight?[3, 0] == 1)
    #expect(try net.architecture().outputs.map { read.nodes[$0].name } == ["free", "y"])
  }

  @Test func everyGeneratedNetworkRoundTrips() throws {
    let networks = Generator<Network>.network(
      .anyGraph(size: 5), activations: .activation(ActivationClass.allCases), sparse: true, biases: .rational(height: 9)
    )
    try requireProperty("models are written and read", networks, cases: 150) { network in
      try demandEqual(
        Architecture(json: network.architecture.json(), fallbackName: "other") == network.architecture, true)
    }
  }

  @Test func cyclesAreBuiltAndNamed() throws {
    var net = NetworkBuilder("loop")
    let u = net.input("u")
    let h = net.layer("h", .tanh, reading: u)
    net.connect(h.delayed(2), to: h)
    let loop = try net.architecture(outputs: h)
    #expect(try Architecture(json: loop.json(), fallbackName: "x") == loop)
    let error = #expect(throws: NetworkError.self) { try loop.topologicalOrder() }
    #expect(error?.message.contains("h -> h") == true)
  }
}
