import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Waves

@Suite struct StaticPassTests {
  /// The gradient, against the loss alone: E(W + h·E_ij) is a polynomial in h for polynomial σ, so its derivative at 0
  /// follows exactly from its values at whole h. No backward pass is involved.
  @Test func gradientIsTheDerivativeOfTheLoss() throws {
    let networks = Generator<Network>.network(
      .anyGraph(size: 3, delays: 1...1, backwardDelays: 1...1), width: 1...2,
      activations: .element(of: [.identity, .quadratic, .square]), weights: .rational(height: 4),
      biases: .rational(height: 4))
    let cases = Generator<(Network, FrameStream)> { (source) throws(DiscardedCase) in
      let network = try source.draw(networks)
      return (network, try source.draw(.stream(for: network, .constant, ticks: 1, values: .rational(height: 4))))
    }
    var nonzero = 0
    try requireProperty("gradient is derivative", cases, cases: 60, shrinkAttempts: 200) { network, stream in
      let context = ExactContext()
      let frames = Frames<Rational>(stream, in: context)
      let pass = StaticPass(network, inputs: frames.input(at: 0), targets: frames.target(at: 0), in: context)
      for edge in network.architecture.edges {
        let gradient = pass.gradient(of: edge)
        for row in 0..<gradient.rows {
          for column in 0..<gradient.columns {
            let derivative = try Self.derivative(network, frames, edge, row, column)
            try demandEqual(gradient[row, column], derivative)
            if !derivative.isZero { nonzero += 1 }
          }
        }
      }
    }
    #expect(nonzero > 200)
  }

  /// An output that other nodes read has an error of its own beside the one that it passes on, at the machine too.
  @Test func outputsThatAreReadHaveBothErrors() throws {
    func map(_ value: Rational) -> LinearMap { LinearMap(Matrix(rows: 1, columns: 1, elements: [value])) }
    let network = try Network(
      Architecture(
        name: "tap", inputs: [(name: "u", width: 1)],
        nodes: ["h", "y"].map { Node(name: $0, width: 1, activation: .quadratic) },
        connections: [
          Connection(from: "u", to: "h", weight: map(Rational(1, over: 2))),
          Connection(from: "h", to: "y", weight: map(-1)),
        ], outputs: ["h", "y"]))
    let context = ExactContext()
    let frames = Frames<Rational>(
      inputs: [.init(repeating: Vector([3]), count: 8)],
      targets: [.init(repeating: Vector([-1]), count: 8), .init(repeating: Vector([2]), count: 8)])
    let pass = StaticPass(network, inputs: frames.input(at: 0), targets: frames.target(at: 0), in: context)
    for reading in Reading.all {
      let machine = TickMachine(
        network, try .diffusion(network.architecture, reading), frames: frames, in: context)
      let formulas = try network.architecture.edges.indices.map {
        try UpdateFormula(network.architecture, machine.schedule, edge: $0)
      }
      for (index, edge) in network.architecture.edges.enumerated() {
        let derivative = try Self.derivative(network, frames, edge, 0, 0)
        #expect(pass.gradient(of: edge)[0, 0] == derivative && !derivative.isZero)
        // Frames that stand still: every update is the gradient.
        #expect(try machine.update(index, at: 7)[0, 0] == derivative, "\(reading)")
        #expect(formulas[index].evaluate(network, at: frames, in: context)[0, 0] == derivative, "\(reading)")
      }
    }
  }

  /// The derivative at 0 of the polynomial through E(0), E(1), …: Σ (−1)^{k+1} Δ^k E(0) / k. Three layers of degree 2
  /// under a square give degree 16 at most.
  private static func derivative(
    _ network: Network, _ frames: Frames<Rational>, _ edge: Edge, _ row: Int, _ column: Int
  ) throws -> Rational {
    var differences = try (0...17).map { step in
      try loss(network, frames, edge, row, column, Rational(Integer(step), over: 1))
    }
    var derivative: Rational = 0
    for order in 1...17 {
      differences = zip(differences.dropFirst(), differences).map { $0 - $1 }
      let term = differences[0] / Rational(Integer(order), over: 1)
      derivative = order % 2 == 1 ? derivative + term : derivative - term
    }
    #expect(differences == [0], "the loss has a higher degree than expected")
    return derivative
  }

  private static func loss(
    _ network: Network, _ frames: Frames<Rational>, _ edge: Edge, _ row: Int, _ column: Int, _ step: Rational
  ) throws -> Rational {
    let architecture = network.architecture
    let connections = architecture.edges.map { other in
      var weight = other.weight ?? .zero(rows: 1, columns: 1)
      if other.name == edge.name {
        weight =
          weight
          + LinearMap(rows: weight.rows, columns: weight.columns, entries: [(row: row, column: column, value: step)])
      }
      return Connection(
        from: architecture.nodes[other.source].name, to: architecture.nodes[other.target].name, weight: weight)
    }
    let moved = try Network(
      Architecture(
        name: "moved",
        inputs: architecture.nodes[..<architecture.inputCount].map { (name: $0.name, width: $0.width) },
        nodes: Array(architecture.nodes[architecture.inputCount...]), connections: connections,
        outputs: architecture.outputs.map { architecture.nodes[$0].name }))
    let (_, activities) = StaticPass<Rational>.forward(moved, inputs: frames.input(at: 0), in: ExactContext())
    return architecture.outputs.enumerated().reduce(0) { sum, output in
      let residual = activities[output.element] - frames.target(output.offset, at: 0)
      return sum + residual.dot(residual) / 2
    }
  }
}
