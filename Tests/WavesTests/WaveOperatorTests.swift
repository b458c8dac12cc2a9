import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Waves

@Suite struct WaveOperatorTests {
  struct Case {
    let network: Network
    let backward: WaveOperator
    let error: Vector<Rational>
    let activity: Vector<Rational>
    let drives: [Vector<Rational>]
  }

  static let cases = Generator<Case> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .chain(depth: 1...4), width: 1...3, activations: .activation([.polynomial, .piecewiseLinear]),
        weights: .rational(height: 6), biases: .rational(height: 6)))
    let architecture = network.architecture
    guard
      let backward = try? WaveOperator.backward(
        along: Array(architecture.edges.indices), of: architecture, slopeLag: { step, _ in step })
    else { throw DiscardedCase() }
    func vector(_ width: Int) throws(DiscardedCase) -> Vector<Rational> {
      try source.draw(.vector(count: width...width, of: .rational(height: 9)))
    }
    var drives: [Vector<Rational>] = []
    for node in architecture.nodes { drives.append(try vector(node.width)) }
    return Case(
      network: network, backward: backward, error: try vector(backward.inputWidth),
      activity: try vector(backward.outputWidth), drives: drives)
  }

  /// ⟨A x, y⟩ = ⟨x, Aᵀ y⟩ for every wave operator and every choice of drives that slopes are read at.
  @Test func adjointLaw() throws {
    var nonzero = 0
    try requireProperty("adjoint", Self.cases, cases: 300) { entry in
      let context = ExactContext()
      func drives(_ node: Int, _ lag: Int) -> Vector<Rational> { entry.drives[node] }
      let forward = try entry.backward.adjoint()
      let left = try entry.backward.apply(to: entry.error, of: entry.network, in: context, drives: drives)
        .dot(entry.activity)
      let right = try forward.apply(to: entry.activity, of: entry.network, in: context, drives: drives)
        .dot(entry.error)
      try demandEqual(left, right)
      if !left.isZero { nonzero += 1 }
      try demandEqual(try forward.adjoint(), entry.backward)
    }
    #expect(nonzero > 100)
  }

  /// Applying a composition is applying one operator after the other, and the forward wave is the static network.
  @Test func compositionAndForwardWave() throws {
    try requireProperty("composition", Self.cases, cases: 200) { entry in
      let context = ExactContext()
      let architecture = entry.network.architecture
      let path = Array(architecture.edges.indices)
      let whole = try WaveOperator.forward(along: path, of: architecture)
      func none(_ node: Int, _ lag: Int) -> Vector<Rational> { Vector([]) }
      for cut in path.indices where cut > 0 {
        let first = try WaveOperator.forward(along: Array(path[..<cut]), of: architecture)
        let second = try WaveOperator.forward(along: Array(path[cut...]), of: architecture)
        try demandEqual(try second.composed(after: first), whole)
        let halfway = try first.apply(to: entry.activity, of: entry.network, in: context, drives: none)
        try demandEqual(
          try second.apply(to: halfway, of: entry.network, in: context, drives: none),
          try whole.apply(to: entry.activity, of: entry.network, in: context, drives: none))
      }
      let (_, activities) = StaticPass<Rational>.forward(entry.network, inputs: [entry.activity], in: context)
      try demandEqual(
        try whole.apply(to: entry.activity, of: entry.network, in: context, drives: none),
        activities[architecture.outputs[0]])
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let architecture = try Architecture(
      name: "a", inputs: [(name: "u", width: 2)],
      nodes: [Node(name: "h", width: 3, activation: .relu), Node(name: "y", width: 1)],
      connections: [Connection(from: "u", to: "h"), Connection(from: "h", to: "y")], outputs: ["y"])
    #expect(throws: NetworkError.self) { try WaveOperator([.weight(1)], on: architecture, width: 2) }
    #expect(throws: NetworkError.self) { try WaveOperator.forward(along: [0, 1], of: architecture).adjoint() }
    let tangent = try WaveOperator.forward(along: [0, 1], of: architecture).tangent { $0 }
    #expect(tangent.printed == "σ′(y)@t−2 · W(h->y) · σ′(h)@t−1 · W(u->h)")
    let backward = try WaveOperator.backward(along: [0, 1], of: architecture) { step, node in 10 * step + node }
    #expect(backward.slopeLags.map(\.node) == [0, 1] && backward.slopeLags.map(\.lag) == [0, 11])
    #expect(try tangent.adjoint().printed == "W(u->h)ᵀ · σ′(h)@t−1 · W(h->y)ᵀ · σ′(y)@t−2")
  }
}
