import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import Claims

/// Products are compared in few entries: exactly where all entries agree, they do.
@Suite struct SumOfProductsTests {
  private static let cases = Generator<(SumOfProducts<Rational>, SumOfProducts<Rational>)> {
    (source) throws(DiscardedCase) in
    let (rows, columns) = (try source.draw(.integer(in: 1...3)), try source.draw(.integer(in: 1...3)))
    func vector(_ count: Int) throws(DiscardedCase) -> Vector<Rational> {
      try source.draw(.vector(count: count...count, of: Generator<Int>.integer(in: -1...1).map { Rational($0) }))
    }
    func sum() throws(DiscardedCase) -> SumOfProducts<Rational> {
      var terms: [SumOfProducts<Rational>.Term] = []
      for _ in 0..<(try source.draw(.integer(in: 1...2))) {
        terms.append(.init(column: try vector(rows), row: try vector(columns)))
      }
      return SumOfProducts(terms: terms)
    }
    return (try sum(), try sum())
  }

  private static func entries(_ sum: SumOfProducts<Rational>) -> [[Rational]] {
    sum.terms[0].column.indices.map { row in
      sum.terms[0].row.indices.map { column in
        sum.terms.reduce(Rational.zero) { $0 + $1.column[row] * $1.row[column] }
      }
    }
  }

  @Test func differencesAreThoseOfAllEntries() throws {
    var (equal, different) = (0, 0)
    try requireProperty("products", Self.cases, cases: 3_000) { left, right in
      let (one, other) = (Self.entries(left), Self.entries(right))
      if let entry = left.difference(from: right) {
        different += 1
        try demand(one[entry.row][entry.column] != other[entry.row][entry.column])
        try demandEqual(left[entry], one[entry.row][entry.column])
      } else {
        equal += 1
        try demandEqual(one, other)
      }
    }
    #expect(equal > 200 && different > 200, "\(equal) equal, \(different) different")
  }
}

@Suite struct StreamMakerTests {
  /// Rows over all units are cut into the nodes, in order; an absent row is zero.
  @Test func rowsAreCutIntoNodes() throws {
    let architecture = try Architecture(
      name: "widths", inputs: [(name: "u", width: 2), (name: "v", width: 1)],
      nodes: [Node(name: "y", width: 1), Node(name: "z", width: 3)],
      connections: [
        Connection(from: "u", to: "y"), Connection(from: "v", to: "z"), Connection(from: "u", to: "z"),
      ], outputs: ["y", "z"])
    let maker = StreamMaker(architecture)
    #expect(maker.inputWidth == 3 && maker.targetWidth == 4)
    let stream = maker.stream(inputs: [[1, 2, 3], nil], targets: [nil, [4, 5, 6, 7]])
    let zero = Rational.zero
    #expect(stream.inputs == [[Vector([1, 2]), Vector([zero, zero])], [Vector([3]), Vector([zero])]])
    #expect(stream.targets == [[Vector([zero]), Vector([4])], [Vector([zero, zero, zero]), Vector([5, 6, 7])]])
    var next = 0
    let drawn = maker.stream(ticks: 2) {
      next += 1
      return Rational(next)
    }
    #expect(drawn.inputs == [[Vector([1, 2]), Vector([4, 5])], [Vector([3]), Vector([6])]])
    #expect(drawn.targets == [[Vector([7]), Vector([11])], [Vector([8, 9, 10]), Vector([12, 13, 14])]])
  }
}

@Suite struct LearningReadTests {
  /// The weights that a gradient is compared at in all versions are those that it changes with: all factors are positive
  /// and rise with every weight that they read.
  @Test func gradientsChangeWithTheWeightsTheyRead() throws {
    let positive = Generator<Rational>.rational(height: 4).map { $0.magnitude + 1 }
    let networks = Generator<Network>.network(
      .anyGraph(size: 3, delays: 1...1, backwardDelays: 1...1), width: 1...1, activations: .just(.quadratic),
      weights: positive, biases: positive)
    var (read, unread) = (0, 0)
    try requireProperty("weights read", networks, cases: 60, shrinkAttempts: 40) { network in
      let architecture = network.architecture
      func gradients(_ network: Network) -> [Matrix<Rational>] {
        let pass = StaticPass<Rational>(
          network, inputs: (0..<architecture.inputCount).map { Vector([Rational($0 + 1)]) },
          targets: architecture.outputs.map { _ in Vector([-1]) }, in: ExactContext())
        return architecture.edges.map { pass.gradient(of: $0) }
      }
      let base = gradients(network)
      let raised = try architecture.edges.indices.map { edge in
        var weights = network.weights
        weights[edge] = weights[edge] + LinearMap.identity(1)
        return gradients(try network.replacing(weights: weights))
      }
      let timing = try TimingAnalysis(architecture, .diffusion(architecture))
      for edge in timing.edges where !edge.reachesNoOutput {
        let changed = architecture.edges.indices.filter { raised[$0][edge.edge] != base[edge.edge] }
        read += changed.count
        unread += architecture.edges.count - changed.count
        try demandEqual(architecture.edgesRead(byGradientOf: [edge.edge]), changed, edge.name)
      }
    }
    #expect(read > 100 && unread > 20, "\(read) read, \(unread) not")
  }
}
