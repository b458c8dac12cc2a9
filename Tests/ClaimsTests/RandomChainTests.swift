import ErrorBounds
import ExactArithmetic
import Networks
import Synchronization
import Testing

@testable import Claims

@Suite struct RandomChainTests {
  private func chain(_ depth: Int, _ activation: Activation, seed: UInt64 = 7) throws -> Network {
    try RandomChain(depth: depth, inputs: 3, width: 5, outputs: 2, activation: activation, seed: seed).network()
  }

  /// The recipe of the documentation, number by number.
  @Test func weightsFollowTheRecipe() throws {
    let network = try chain(3, .tanh)
    var generator = SplitMix(state: 7)
    func draw() -> Rational {
      let number = Int(generator.next() % 512)
      return Rational(number < 256 ? number - 256 : number - 255)
    }
    #expect(network.architecture.name == "tanh-L3-n3-w5-o2-s7")
    let nodes = network.architecture.nodes
    #expect(nodes.map(\.width) == [3, 5, 5, 2])
    #expect(nodes.map(\.activation) == [.identity, .tanh, .tanh, .identity])
    for (edge, weight) in zip(network.architecture.edges, network.weights) {
      // A fan-in of 3 is below 4, one of 5 is not.
      let scale = Rational(weight.columns < 4 ? 256 : 512)
      for row in 0..<weight.rows {
        for column in 0..<weight.columns {
          #expect(weight[row, column] == draw() / scale)
          #expect(!weight[row, column].isZero)
        }
      }
      #expect(nodes[edge.target].bias?.elements == (0..<weight.rows).map { _ in draw() / 1_024 })
    }
  }

  @Test func activationsShareWeightsAndSeedsDoNot() throws {
    #expect(try chain(4, .tanh).weights == chain(4, .relu).weights)
    #expect(try chain(4, .tanh).weights != chain(4, .tanh, seed: 8).weights)
  }
}

@Suite struct ParallelMapTests {
  /// Whatever finishes first, results are handed over in order.
  @Test(arguments: [1, 2, 5, 64])
  func deliversInOrder(threads: Int) throws {
    let seen = Mutex<[Int]>([])
    try ParallelMap(threads: threads).forEach(Array(0..<200)) { item in
      (0..<((item * 7919) % 13) * 1_000).reduce(item) { value, step in value &+ step &- step }
    } deliver: { value in
      seen.withLock { $0.append(value) }
    }
    #expect(seen.withLock { $0 } == Array(0..<200))
  }

  private struct Failure: Error, Equatable { let item: Int }

  /// All before the first failure is handed over, nothing after it.
  @Test(arguments: [1, 2, 5])
  func theFirstErrorInOrderIsThrown(threads: Int) {
    let seen = Mutex<[Int]>([])
    #expect(throws: Failure(item: 10)) {
      try ParallelMap(threads: threads).forEach(Array(0..<100)) { item in
        if item == 10 || item == 11 { throw Failure(item: item) }
        return item
      } deliver: { value in
        seen.withLock { $0.append(value) }
      }
    }
    #expect(seen.withLock { $0 } == Array(0..<10))
  }
}
