import ExactArithmetic
import Networks
import PropertyTesting
import Timing
import Waves

@testable import ErrorBounds

/// A network, a schedule, a nominal frame, a variation and points of its family: what a bound must survive.
struct BoundCase: Sendable, CustomStringConvertible {
  let network: Network
  let schedule: Schedule
  let nominal: NominalFrame
  let variation: Variation
  let reference: ReferenceFrame
  /// Seeds the points of the box.
  let seed: Int
  let freshSymbols: Int

  /// Radii from 10⁻¹² to 10.
  static let radii: [Rational] = (0...13).map { Rational(10, over: Integer(10).power($0)) }

  static func generator(
    graphs: Generator<GraphPlan> = .anyGraph(), width: ClosedRange<Int> = 1...3,
    activations: Generator<Activation> = .activation(), biases: Generator<Rational>? = .rational(height: 6),
    sharesWeights: Bool = false
  ) -> Generator<BoundCase> {
    Generator { (source) throws(DiscardedCase) in
      let networks = Generator<Network>.network(graphs, width: width, activations: activations, biases: biases)
      let network = try source.draw(sharesWeights ? .sharing(networks) : networks)
      let architecture = network.architecture
      let schedule = try source.draw(Generator<Schedule>.named(for: architecture))
      func vectors(_ widths: [Int]) throws(DiscardedCase) -> [Vector<Rational>] {
        var vectors: [Vector<Rational>] = []
        for width in widths {
          vectors.append(
            Vector(
              try source.draw(
                Generator<[Rational]>.array(of: .rational(height: 6), count: width...width))))
        }
        return vectors
      }
      let radius = try source.draw(Generator<Rational>.element(of: radii))
      let target = try source.draw(Generator<Rational>.element(of: [0, 0, radius]))
      let domain = try source.draw(Generator<Rational>.element(of: [0, 0, 0, Rational(1, over: 4)]))
      let kind = try source.draw(Generator<Variation.Kind>.element(of: [.window, .rate]))
      guard let variation = try? Variation(kind, input: radius, target: target) else { throw DiscardedCase() }
      return BoundCase(
        network: network, schedule: schedule,
        nominal: NominalFrame(
          inputs: try vectors(architecture.nodes[..<architecture.inputCount].map(\.width)),
          targets: try vectors(architecture.outputs.map { architecture.nodes[$0].width }), radius: domain),
        variation: variation,
        reference: try source.draw(Generator<ReferenceFrame>.element(of: ReferenceFrame.allCases)),
        seed: try source.draw(Generator<Int>.integer(in: 0...1_000_000)),
        freshSymbols: try source.draw(Generator<Int>.element(of: [0, 400])))
    }
  }

  var description: String {
    "\(network.architecture.edges.map(\.name)), \(network.architecture.nodes.map(\.activation)), \(schedule.name) "
      + "\(schedule.reading.map(\.description) ?? ""), \(variation), \(reference), fresh \(freshSymbols)"
  }

  /// Points of [−1, 1]ⁿ: corners and points inside.
  func points(_ count: Int, parameters: Int) -> [[Rational]] {
    var draw = SystemDraw(seed: UInt64(seed))
    return (0..<count).map { index in
      (0..<parameters).map { _ in
        index % 2 == 0
          ? (draw.below(2) == 0 ? -1 : 1) : Rational(Integer(draw.below(2_001) - 1_000), over: 1_000)
      }
    }
  }

  func analysis(norm: ErrorNorm = .max) throws -> ErrorAnalysis {
    ErrorAnalysis(
      network, try TimingAnalysis(network.architecture, schedule), variation, round: nominal, reference: reference,
      norm: norm, freshSymbols: freshSymbols)
  }
}
